"""What dies is started again after a growing wait; what is stopped stays stopped."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisor.backoff import delay_before_restart
from supervisor.errors import CannotStart, Stopped
from supervisor.identity import Identity
from supervisor.keeper import Keeper
from supervisor.leftovers import started_at, stop_leftovers
from supervisor.program import LONGEST_LOG, Program
from tests.supervisor.conftest import wait_until


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def keeper(tmp_path: Path, said: list[str]) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "children.json", said.append, lambda: False)
    yield keeper
    keeper.stop()


def shell(folder: Path, script: str, **settings: object) -> Program:
    name = str(settings.pop("name", "shell"))
    return Program(
        name=name,
        argv=("sh", "-c", script),
        identity=Identity("user"),
        cwd=folder,
        env=dict(os.environ),
        log=folder / f"{name}.log",
        **settings,  # type: ignore[arg-type] # the test's own
    )


def test_a_killed_program_is_started_again(keeper: Keeper, said: list[str], tmp_path: Path) -> None:
    keeper.start(shell(tmp_path, "exec sleep 60"))
    first = keeper.pids()["shell"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: keeper.watch() is None and keeper.pids()["shell"] != first, 60)
    assert said == ["shell ended (signal 9); starting again in 0.25 s"]


def test_the_wait_grows_while_it_keeps_dying(keeper: Keeper, said: list[str], tmp_path: Path) -> None:
    keeper.start(shell(tmp_path, "exit 7"))
    wait_until(lambda: keeper.watch() is None and len(said) == 3, 60)
    assert [line.rpartition(" in ")[2] for line in said] == ["0.25 s", "0.5 s", "1 s"]
    assert "exit code 7" in said[0]


def test_an_early_death_at_the_start_gets_another_try(keeper: Keeper, tmp_path: Path) -> None:
    script = "test -e tried && { touch ready; exec sleep 60; }; touch tried; exit 1"
    keeper.start(shell(tmp_path, script, is_ready=lambda pid: (tmp_path / "ready").exists()))
    assert (tmp_path / "tried").exists()


def test_a_program_that_never_gets_ready_is_reported_with_its_last_words(
    keeper: Keeper, tmp_path: Path
) -> None:
    program = shell(
        tmp_path, "echo no such setting; exit 1", is_ready=lambda pid: False, retry_seconds=0, start_seconds=5
    )
    with pytest.raises(CannotStart, match="no such setting"):
        keeper.start(program)


def test_a_wish_to_stop_ends_the_waiting(tmp_path: Path, said: list[str]) -> None:
    keeper = Keeper(tmp_path / "children.json", said.append, lambda: True)
    with pytest.raises(Stopped):
        keeper.start(shell(tmp_path, "exec sleep 60", is_ready=lambda pid: False))
    keeper.stop()


def test_a_long_log_is_set_aside_at_the_next_start(keeper: Keeper, tmp_path: Path) -> None:
    log = tmp_path / "shell.log"
    with log.open("wb") as file:
        file.truncate(LONGEST_LOG + 1)
    keeper.start(shell(tmp_path, "echo new; exec sleep 60"))
    wait_until(lambda: log.read_text() == "new\n", 60)
    assert log.with_suffix(".old").stat().st_size == LONGEST_LOG + 1


def test_a_later_stage_is_stopped_before_an_earlier_one(keeper: Keeper, tmp_path: Path) -> None:
    for stage, name in enumerate(("first", "second")):
        script = f"trap 'echo {name} >> order; exit 0' TERM; touch {name}; while :; do sleep 0.05; done"
        keeper.start(shell(tmp_path, script, name=name, stage=stage))
        wait_until((tmp_path / name).exists, 60)
    keeper.stop()
    assert (tmp_path / "order").read_text().split() == ["second", "first"]


def test_a_program_that_will_not_stop_is_killed_with_its_children(keeper: Keeper, tmp_path: Path) -> None:
    script = "trap '' TERM; sleep 61 & echo $! > child; wait; while :; do sleep 1; done"
    keeper.start(shell(tmp_path, script, stop_seconds=0.3))
    wait_until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "", 60)
    child = int((tmp_path / "child").read_text())
    keeper.stop()
    wait_until(lambda: started_at(child) is None, 60)


def test_only_the_remembered_process_counts_as_left_over(tmp_path: Path, said: list[str]) -> None:
    keeper = Keeper(tmp_path / "children.json", said.append, lambda: False)
    keeper.start(shell(tmp_path, "exec sleep 60"))
    rows = json.loads((tmp_path / "children.json").read_text())
    keeper.stop()
    ours = [row | {"pid": os.getpid()} for row in rows]
    (tmp_path / "children.json").write_text(json.dumps(ours))
    assert stop_leftovers(tmp_path / "children.json") == 0


def test_orphans_are_gone_before_their_program_comes_again(
    keeper: Keeper, said: list[str], tmp_path: Path
) -> None:
    """The orphan holds what its parent held, for a gunicorn's worker the port: a second holder would die at once."""
    orphan = "(trap 'sleep 0.5; rmdir held; exit 0' TERM; while :; do sleep 0.05; done)"
    script = f"mkdir held || exit 7; {orphan} & sleep 60"
    keeper.start(shell(tmp_path, script, is_ready=lambda pid: (tmp_path / "held").exists()))
    first = keeper.pids()["shell"]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: keeper.watch() is None and keeper.pids()["shell"] != first, 60)
    wait_until((tmp_path / "held").exists, 60)
    assert said == ["shell ended (signal 9); starting again in 0.25 s"]


def test_an_orphan_that_will_not_end_is_killed(keeper: Keeper, said: list[str], tmp_path: Path) -> None:
    script = (
        "(trap '' TERM; while :; do sleep 0.05; done) & echo $! > orphan.new; mv orphan.new orphan; sleep 60"
    )
    keeper.start(shell(tmp_path, script, is_ready=lambda pid: (tmp_path / "orphan").exists()))
    first, orphan = keeper.pids()["shell"], int((tmp_path / "orphan").read_text())
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: keeper.watch() is None and keeper.pids()["shell"] != first, 60)
    assert started_at(orphan) is None


def test_no_wait_is_longer_than_five_seconds_and_each_program_has_its_own() -> None:
    waits = [delay_before_restart(deaths) for deaths in range(1, 40)]
    assert waits[:6] == [0.25, 0.5, 1.0, 2.0, 4.0, 5.0]
    assert max(waits) == 5.0


@pytest.mark.parametrize("code", [0, 7])
def test_what_runs_once_tells_how_it_ended_and_is_not_started_again(
    keeper: Keeper, said: list[str], tmp_path: Path, code: int
) -> None:
    ended: list[int] = []
    keeper.start(shell(tmp_path, "exec sleep 60", name="other"))
    keeper.start(shell(tmp_path, f"echo x >> ran; exit {code}", ended=ended.append))
    wait_until(lambda: keeper.watch() is None and ended != [], 60)
    keeper.watch()
    assert ended == [code]
    assert (tmp_path / "ran").read_text() == "x\n"
    assert list(keeper.pids()) == ["other"]
    assert [row["name"] for row in json.loads((tmp_path / "children.json").read_text())] == ["other"]
    assert said == []


def test_what_runs_once_may_start_others_when_it_ended(keeper: Keeper, tmp_path: Path) -> None:
    after = shell(tmp_path, "exec sleep 60", name="after")
    keeper.start(shell(tmp_path, "exit 0", ended=lambda code: keeper.start(after)))
    wait_until(lambda: keeper.watch() is None and list(keeper.pids()) == ["after"], 60)


def test_stopping_ends_what_runs_once_without_a_word_of_its_end(keeper: Keeper, tmp_path: Path) -> None:
    ended: list[int] = []
    keeper.start(shell(tmp_path, "exec sleep 60", ended=ended.append))
    pid = keeper.pids()["shell"]
    keeper.stop()
    assert started_at(pid) is None
    assert ended == []
