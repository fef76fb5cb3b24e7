"""`make test`: a throw-away cluster, a browser, and the tests in three groups."""

from dataclasses import dataclass
from pathlib import Path

from supervisor import measured
from supervisor.browser import find_browser
from supervisor.bundles import build_bundles
from supervisor.catalogues import compile_catalogues
from supervisor.layout import PROJECT
from supervisor.session import Session, say

PYTEST = str(PROJECT / ".venv" / "bin" / "pytest")
NO_TESTS_FOUND = 5


@dataclass(frozen=True)
class Group:
    """Tests that run together. Those that start real programs run one after the other."""

    words: str
    options: tuple[str, ...]


SLOWEST = ("--durations", "12", "--durations-min", "10")  # where the time goes, in every run
# a file stays in one process: what its tests share is built once, and its last one may look at what the others did
ORDINARY = Group(
    "ordinary tests", ("-n", "2", "--dist", "loadfile", "-m", "not browser and not fault", *SLOWEST)
)
# each process has a browser and a server of its own; who is done early takes over from the other
BROWSER = Group("browser tests", ("-n", "2", "--dist", "worksteal", "-m", "browser", *SLOWEST))
FAULT = Group("fault tests", ("-m", "fault", *SLOWEST))


def test_session(session: Session) -> Session:
    """The same, with a data folder of its own in which nothing is worth a write to the disk."""
    given = session.given | {"DATA_DIR": str(session.layout.data / "test"), "UNSAFE_FAST": "1"}
    for name in ("DEMO", "ALLOWED_HOSTS", "HOST", "PORT"):
        given.pop(name, None)
    return Session.open(given)


def run_tests(session: Session, arguments: list[str]) -> int:
    """All groups even when one fails. With arguments only the tests they name, in one go."""
    compile_catalogues(PROJECT / "locale")
    build_bundles()
    with test_session(session) as test:
        extra = _browser(test)
        if test.take_over():
            test.start_services()
        else:
            test.wait_for_others_services()
        if arguments:
            return test.run([PYTEST, *arguments], extra)
        return _run_groups(test, extra)


def _run_groups(test: Session, extra: dict[str, str]) -> int:
    failed = []
    report = test.layout.data / "coverage.json" if test.given.get("COVERAGE") == "1" else None
    for group in _groups(test):
        say(group.words)
        code = _run_group(test, group, extra, report if group is ORDINARY else None)
        if test.stopping:
            return 130
        if code != 0:
            why = "no tests found" if code == NO_TESTS_FOUND else f"exit code {code}"
            failed.append(f"{group.words} ({why})")
    say(f"failed: {', '.join(failed)}" if failed else "all tests passed")
    return 1 if failed else 0


def _run_group(test: Session, group: Group, extra: dict[str, str], report: Path | None) -> int:
    if report is None:
        return test.run([PYTEST, *group.options], extra)
    report.unlink(missing_ok=True)
    data = {"COVERAGE_FILE": str(report.with_suffix(".data"))}
    code = test.run([PYTEST, *group.options, *measured.options(report)], extra | data)
    for line in measured.said(report):
        say(line)
    return code


def _groups(test: Session) -> list[Group]:
    if _without_browser(test):
        say("BROWSER=0: the browser tests are left out")
        return [ORDINARY, FAULT]
    return [ORDINARY, BROWSER, FAULT]


def _browser(test: Session) -> dict[str, str]:
    """The environment that tells the tests where the browser is."""
    if _without_browser(test):
        return {"BROWSER": "0"}
    return {"CHROMIUM": find_browser(test.given, test.layout.data / "browser")}


def _without_browser(test: Session) -> bool:
    return test.given.get("BROWSER") == "0"
