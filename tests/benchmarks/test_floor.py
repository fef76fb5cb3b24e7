"""The floor's pages: which are asked for, and that its script's session file does not stay."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import floor
from benchmarks.server import Answer, Browser, Server

SCRIPT = """
import pathlib, sys
assert sys.argv[1] == "session"
pathlib.Path({session!r}).write_text("abc\\n")
"""


@pytest.mark.parametrize(("tickets", "pages"), [(4_999, {"/list/"}), (5_000, {"/list/", "/detail/"})])
def test_its_pages_are_asked_for_with_the_session_of_its_script(
    tickets: int, pages: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, session, seen = tmp_path / "floor.py", tmp_path / "floor.sid", set()
    script.write_text(SCRIPT.format(session=str(session)))

    @contextmanager
    def running(command: list[str], *_rest: Any) -> Iterator[Server]:
        assert command[-1] == "floor:app"
        yield Server(1, 1)

    def get(browser: Browser, path: str) -> Answer:
        seen.add((browser.cookie_name, browser.cookie))
        return Answer(200, b"")

    monkeypatch.setattr(floor, "SESSION", session)
    monkeypatch.setattr(floor, "running", running)
    monkeypatch.setattr(Browser, "get", get)
    monkeypatch.setattr(Server, "cpu_ms", lambda _server: 0.0)
    found = floor.measure(script, python=sys.executable, environment={}, database="any", tickets=tickets)
    assert set(found) == pages
    assert seen == {("sessionid", "abc")}
    assert not session.exists()
