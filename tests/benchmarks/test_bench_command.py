from subprocess import CalledProcessError

import pytest
from django.core.management import CommandError, call_command

from benchmarks import machine, peer, report
from benchmarks.management.commands.bench import Command
from benchmarks.measuring import Figure
from benchmarks.mixed import FIND, READ, STEP, Load, Request


def test_a_peer_that_does_not_start_costs_its_own_column_not_our_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(count: int, *, load_seconds: float) -> None:
        raise CalledProcessError(1, ["pg.sh", "start"])

    monkeypatch.setenv("PEER", "1")
    monkeypatch.setattr(peer, "measure", fail)
    monkeypatch.setattr(
        Command, "_measured", lambda *_size, **_options: ([Figure("a page", 10, 20, 60)], Load((), 1.0))
    )
    with pytest.raises(CommandError, match="peer at 10,000: could not be measured"):
        call_command("bench", "--sizes", "10000")
    assert "| a page | 10,000 |" in capsys.readouterr().out


def test_a_slow_machine_is_told_from_slow_work() -> None:
    slow_machine = Figure("a page", 100, 120, 60, slowness=2.5)
    slow_page = Figure("another page", 100, 200, 60, slowness=2.5)
    assert report.misses({10_000: [slow_machine, slow_page, Figure("a third", 10, 20, 60)]}) == [
        "slow machine: a page at 10,000: 120.0 over 60 ms; 48.0 ms on the one of the budgets",
        "over budget: another page at 10,000: 200.0 over 60 ms, machine 2.5 times slower than the one of the budgets",
    ]


def test_a_fast_machine_is_not_asked_for_more_than_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "REFERENCE_MS", 1e9)
    assert machine.slowness() == 1.0


def _load(*milliseconds: float, failed: str = "") -> Load:
    """Two seconds of readings, one look and one step."""
    readings = [Request(READ, one) for one in milliseconds]
    return Load((*readings, Request(FIND, 30.0), Request(STEP, 50.0, failed)), 2.0)


def test_the_mixed_load_stands_beside_the_peers_kind_by_kind() -> None:
    lines = report.load_table({2_000: _load(10.0, 20.0)}, {2_000: _load(40.0, 60.0, failed="500")})
    assert [len(line.split("|")) for line in lines] == [14] * 6
    assert lines[2:] == [
        "| all | 2,000 | 4 | 2.0 | 20.0 ms | 50.0 ms | 0 | 1.0× | 1.5 | 40.0 ms | 60.0 ms | 1 ✗ |",
        "| reading a dispute | 2,000 | 2 | 1.0 | 10.0 ms | 20.0 ms | 0 | 1.0× | 1.0 | 40.0 ms | 60.0 ms | 0 |",
        "| list and search | 2,000 | 1 | 0.5 | 30.0 ms | 30.0 ms | 0 | 1.0× | 0.5 | 30.0 ms | 30.0 ms | 0 |",
        "| steps | 2,000 | 1 | 0.5 | 50.0 ms | 50.0 ms | 0 | 1.0× | 0.0 | 0.0 ms | 0.0 ms | 1 ✗ |",
    ]
    assert report.load_table({2_000: _load(10.0)}, {})[2].endswith("| 0 | 1.0× |  |  |  |  |")


def test_an_error_in_our_mixed_load_fails_the_run_after_the_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = ([Figure("a page", 10, 20, 60)], _load(10.0, failed="409"))
    monkeypatch.setattr(Command, "_measured", lambda *_size, **_options: measured)
    with pytest.raises(CommandError, match="mixed load at 10,000: 1 of 3 requests failed, first steps: 409"):
        call_command("bench", "--sizes", "10000")
    assert "| steps | 10,000 | 1 |" in capsys.readouterr().out


def test_each_bar_of_the_floor_and_of_the_peer_says_whether_it_is_kept() -> None:
    figures = [
        Figure("ledger, first page", 15.0, 20, 60),
        Figure("detail, 50 entries", 31.0, 40, 60),
        Figure("clerk's home", 29.0, 40, 60),
        Figure("register (API)", 20.0, 25, 80, peer="create_post"),
        Figure("register (form)", 20.1, 25, 80, peer="create_post"),
    ]
    lines = report.bars_table(
        {2_000: figures},
        {2_000: {"create_post": {"p50_ms": 20.0}}},
        {2_000: {"/list/": 10.0, "/detail/": 10.0}},
    )
    assert lines[2:] == [
        "| ledger, first page | 2,000 | 15.0 ms | 10.0 ms | 1.5× | 1.5× floor | yes |",
        "| detail, 50 entries | 2,000 | 31.0 ms | 10.0 ms | 3.1× | 3× floor | no ✗ |",
        "| clerk's home | 2,000 | 29.0 ms | 10.0 ms | 2.9× | 3× floor | yes |",
        "| register (API) | 2,000 | 20.0 ms |  |  | peer 20.0 ms | yes |",
        "| register (form) | 2,000 | 20.1 ms |  |  | peer 20.0 ms | no ✗ |",
    ]
    assert len(report.bars_table({2_000: figures}, {}, {})) == 2
