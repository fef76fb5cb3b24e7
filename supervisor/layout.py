"""Where things lie: one data folder, and one folder for sockets short enough for the kernel."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from supervisor.errors import CannotStart

PROJECT = Path(__file__).resolve().parents[1]
# A socket address holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock" to the folder.
LONGEST_RUN_PATH = 89


@dataclass(frozen=True)
class Layout:
    """The files of one installation. Nothing is created until `create` is called."""

    data: Path

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets.env"

    @property
    def lock(self) -> Path:
        return self.data / "lock"

    @property
    def children(self) -> Path:
        return self.data / "children.json"

    @property
    def demo_progress(self) -> Path:
        """There while the demo county waits to be loaded or is being loaded; the product writes it."""
        return self.data / "demo-progress.json"

    @property
    def first_start_code(self) -> Path:
        """There while an empty county waits to be set up and its code has not been printed; the product writes it."""
        return self.data / "first-start-code"

    @property
    def run(self) -> Path:
        return run_folder(self.data)

    @property
    def redis_socket(self) -> Path:
        return self.run / "redis.sock"

    def create(self) -> None:
        """Make the folders that must exist before anything starts, closed to everybody else."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        self.run.mkdir(mode=0o700, exist_ok=True)
        _refuse_foreign(self.run)


def run_folder(data: Path) -> Path:
    """`$DATA_DIR/run`, or a folder named after it under the temporary directory when that is too long."""
    inside = data / "run"
    if len(os.fsencode(inside)) <= LONGEST_RUN_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hejie-{digest}"


def layout_from(environ: dict[str, str]) -> Layout:
    return Layout(Path(environ.get("DATA_DIR") or PROJECT / ".data").resolve())


def _refuse_foreign(folder: Path) -> None:
    """In a shared temporary directory somebody else could have made the folder first."""
    state = folder.lstat()
    if folder.is_symlink() or state.st_mode & 0o077 or (os.geteuid() not in (0, state.st_uid)):
        raise CannotStart(f"{folder} is not a private folder of ours; remove it or set another DATA_DIR.")
