"""Lets a child process handle what somebody sent: a picture or a sheet that explodes takes no page with it.

Pure Python and no Django: the same file is the caller (`call`) and the child's program (`python -m core.confined`).
"""

from __future__ import annotations

import fcntl
import importlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")  # of the environment: the child needs no secrets
OUT_OF_MEMORY = 77  # exit code of a child that reached its memory limit
PAUSE = 0.05  # seconds between two looks whether it is our turn
MEGABYTE = 1024 * 1024


class Confined(Exception):
    """The work did not come to an answer."""


class TooMuch(Confined):
    """It needed more time or memory than it was given."""


class Busy(Confined):
    """Others were at work all the time one may wait for one's turn."""


class Broken(Confined):
    """It failed or died; the message is the child's last line."""


def call(
    function: str, payload: bytes, *, seconds: float, megabytes: int, alone: Path | None = None
) -> bytes:
    """What `module:function` makes of the bytes, in a child with so much time and address space.

    The child has no Django and none of our secrets. With `alone`, a lock file, only one such child of the whole
    machine works at a time and the others wait up to ten times `seconds`. Raises TooMuch, Broken, Busy.
    """
    turn = _turn(alone, seconds * 10) if alone else nullcontext()
    command = [sys.executable, "-m", "core.confined", function, str(megabytes)]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with turn:
        try:
            ended = subprocess.run(
                command,
                input=payload,
                capture_output=True,
                timeout=seconds,
                cwd=PROJECT,
                env=kept,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooMuch(f"{function}: {seconds} s") from error
    if ended.returncode == OUT_OF_MEMORY:
        raise TooMuch(f"{function}: {megabytes} MB")
    if ended.returncode != 0:
        raise Broken(_last_line(ended.stderr) or f"{function}: exit code {ended.returncode}")
    return ended.stdout


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1][:500] if lines else ""


@contextmanager
def _turn(lock: Path, longest: float) -> Iterator[None]:
    """Holds the lock file; freed by the kernel whatever happens to the holder."""
    until = time.monotonic() + longest
    with lock.open("ab") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy(f"{lock.name}: {longest} s") from None
                time.sleep(PAUSE)
        yield


def main(function: str, megabytes: int) -> int:
    """The child: reads all of its input, answers on its output, and prints nothing else there."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        work = _named(function)
        limit = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        result = work(sys.stdin.buffer.read())
    except MemoryError:
        return OUT_OF_MEMORY
    with answer:
        answer.write(result)
    return 0


def _named(function: str) -> Callable[[bytes], bytes]:
    module, _colon, name = function.partition(":")
    work: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
    return work


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
