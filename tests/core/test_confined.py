"""Dangerous work in a child: its answer, its limits, its death."""

from __future__ import annotations

import fcntl
import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import confined
from tests import slowness

WORK = "tests.core.confined_work"


def call(name: str, payload: bytes = b"", *, seconds: float = 20, alone: Path | None = None) -> bytes:
    return confined.call(f"{WORK}:{name}", payload, seconds=seconds, megabytes=512, alone=alone)


def test_answers_with_what_the_function_returned_and_nothing_it_printed() -> None:
    payload = bytes(range(256)) * 5000
    assert call("reverse", payload) == payload[::-1]


def test_takes_no_longer_than_it_may() -> None:
    began = time.monotonic()
    with pytest.raises(confined.TooMuch):
        call("sleep", seconds=0.5)
    assert time.monotonic() - began < 10 * slowness.of_machine()


def test_takes_no_more_memory_than_it_may() -> None:
    with pytest.raises(confined.TooMuch):
        call("swell")


def test_says_what_the_function_raised() -> None:
    with pytest.raises(confined.Broken, match="not a picture"):
        call("fail")


def test_survives_the_death_of_the_child() -> None:
    with pytest.raises(confined.Broken):
        call("die")


def test_the_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("FIELD_KEYS", "x")
    assert not {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL"} & set(call("environment").decode().split())


def test_those_who_work_alone_work_one_after_the_other(tmp_path: Path) -> None:
    log, lock = tmp_path / "log", tmp_path / "lock"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: call("mark", str(log).encode(), alone=lock), range(4)))
    times = sorted(tuple(map(float, line.split())) for line in log.read_text().splitlines())
    assert len(times) == 4
    assert all(ended <= began for (_b, ended), (began, _e) in itertools.pairwise(times))


def is_held(lock: Path) -> bool:
    """Whether somebody else has the lock."""
    with lock.open("ab") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_nobody_waits_for_ever_for_their_turn(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(call, "sleep", seconds=3, alone=lock)
        while not is_held(lock):
            time.sleep(0.02)
        with pytest.raises(confined.Busy):
            call("reverse", seconds=0.05, alone=lock)
        assert isinstance(holder.exception(), confined.TooMuch)
