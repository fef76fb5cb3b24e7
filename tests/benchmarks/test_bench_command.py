from subprocess import CalledProcessError

import pytest
from django.core.management import CommandError, call_command

from benchmarks import machine, peer, report
from benchmarks.management.commands.bench import Command
from benchmarks.measuring import Figure


def test_a_peer_that_does_not_start_costs_its_own_column_not_our_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(count: int) -> None:
        raise CalledProcessError(1, ["pg.sh", "start"])

    monkeypatch.setenv("PEER", "1")
    monkeypatch.setattr(peer, "measure", fail)
    monkeypatch.setattr(Command, "_measured", lambda *_size, **_options: [Figure("a page", 10, 20, 60)])
    with pytest.raises(CommandError, match="could not be measured at 10,000"):
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
