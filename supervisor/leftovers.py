"""Children of a supervisor that was killed itself: remembered on disk, stopped by the next one."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path

PATIENCE = 20.0


def started_at(pid: int) -> str | None:
    """The kernel's start tick of a process, which tells it from a later one with the same pid."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]


def remember(path: Path, children: list[tuple[str, int, signal.Signals]]) -> None:
    """Write down who runs and with which signal each wants to be stopped, in start order."""
    rows = [
        {"name": name, "pid": pid, "stop": int(stop), "started": started_at(pid)}
        for name, pid, stop in children
    ]
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(rows, indent=1))
    draft.rename(path)


def stop_leftovers(path: Path) -> int:
    """Stop what an earlier supervisor left running, last started first; how many there were."""
    try:
        rows = json.loads(path.read_text())
    except (OSError, ValueError):
        return 0
    alive = [row for row in rows if row["started"] and started_at(row["pid"]) == row["started"]]
    for row in reversed(alive):
        stop_process(row["pid"], signal.Signals(row["stop"]))
    path.unlink(missing_ok=True)
    return len(alive)


def stop_process(pid: int, stop: signal.Signals) -> None:
    """Ask a process that is not our child to end and wait; SIGKILL when it does not."""
    tick = started_at(pid)
    deadline = time.monotonic() + PATIENCE
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, stop)
        while time.monotonic() < deadline:
            if started_at(pid) != tick:
                return
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
