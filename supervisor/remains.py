"""What a dead program left running: its own children hold its port or its memory, and go before it comes again."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from supervisor.leftovers import started_at

GRACE = 1.0  # seconds an orphan gets to finish what it does
Remain = tuple[int, str]  # pid and the kernel's start tick, which tells it from a later one with the same pid


def of_session(pid: int) -> list[Remain]:
    """Everybody in the session that the dead program led. To be asked at once: later its pid may be another's."""
    return _alive(other for other, session in _sessions() if session == pid)


def of_folder(folder: Path, is_ours: Callable[[bytes], bool]) -> list[Remain]:
    """Everybody who works in that folder with a command line of ours: PostgreSQL's have sessions of their own."""
    return _alive(
        other for other, _session in _sessions() if _works_in(other, folder) and is_ours(_words(other))
    )


def still_there(remains: list[Remain]) -> list[Remain]:
    return [(pid, tick) for pid, tick in remains if started_at(pid) == tick]


def ask_to_end(remains: list[Remain], number: signal.Signals) -> None:
    for pid, tick in remains:
        if started_at(pid) == tick:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)


def _alive(pids: Iterator[int]) -> list[Remain]:
    return [(pid, tick) for pid in pids if (tick := started_at(pid)) is not None]


def _sessions() -> Iterator[tuple[int, int]]:
    """(pid, session) of every process but ourselves."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            yield int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[3])


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
