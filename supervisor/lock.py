"""One supervisor per data folder."""

import fcntl
import os
from pathlib import Path

from supervisor.errors import CannotStart


class Lock:
    """Held until released or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """True when it is ours now; False when another process holds it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor
        return True

    def take_or_refuse(self) -> None:
        if not self.take():
            holder = self._path.read_text().strip() or "unknown"
            raise CannotStart(
                f"Already running on {self._path.parent} (process {holder}).\n"
                "Stop it with Ctrl-C there, or set DATA_DIR to another folder."
            )

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
