from subprocess import CalledProcessError

import pytest
from django.core.management import CommandError, call_command

from benchmarks import peer
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
