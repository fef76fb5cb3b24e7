"""As whom the services run. PostgreSQL refuses uid 0, so root needs a way down."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from supervisor.errors import CannotStart

UNSHARE = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


@dataclass(frozen=True)
class Identity:
    """How to start a service: a command put before it, or a user to change to; never both."""

    way: str  # "user", "mapped" or "nobody"
    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def owner(self) -> int:
        """The uid that owns the files such a service writes."""
        return os.geteuid() if self.uid is None else self.uid

    def give(self, folder: Path) -> None:
        """Make the folder, closed to others, in the hands of this identity."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.uid is not None and folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, -1)

    def refuse_others_folder(self, folder: Path) -> None:
        """A cluster belongs to the user who made it; PostgreSQL would refuse it with a dark message."""
        if not folder.exists() or folder.stat().st_uid == self.owner:
            return
        made_by, ours = _name(folder.stat().st_uid), _name(self.owner)
        raise CannotStart(
            f"{folder} was made by {made_by}, but the services now start as {ours}.\n"
            f"Start as {made_by} again, or set DATA_DIR to another folder."
        )


def choose_identity() -> Identity:
    """Ordinary users run services as themselves; root maps itself down, else becomes nobody."""
    if os.geteuid() != 0:
        return Identity("user")
    if can_map():
        return Identity("mapped", prefix=UNSHARE)
    nobody = pwd.getpwnam("nobody")
    return Identity("nobody", uid=nobody.pw_uid, gid=nobody.pw_gid)


def can_map() -> bool:
    """Whether this kernel lets us make a user namespace; inside it our own files are nobody's."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True).returncode == 0


def _name(uid: int) -> str:
    try:
        return f"user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"user number {uid}"
