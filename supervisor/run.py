"""`make run`: everything in the foreground, until Ctrl-C."""

import time
from dataclasses import replace
from pathlib import Path

from supervisor.bundles import build_bundles
from supervisor.catalogues import compile_catalogues
from supervisor.demo_county import PYTHON, load_beside, waits_to_be_loaded
from supervisor.fingerprint import Stamp
from supervisor.layout import PROJECT
from supervisor.procfile import product_programs
from supervisor.program import Program
from supervisor.session import Session, say
from supervisor.web_address import WebAddress, address_from

STATIC_INPUTS = [PROJECT / "static", PROJECT / "package-lock.json", PROJECT / "core" / "staticfiles.py"]
WEB_START_SECONDS = 180


def run_product(session: Session) -> int:
    """Set up what is missing, serve, then load the demo county if it is missing; keep it all running."""
    started = time.monotonic()
    session.take_over_or_refuse()
    address = address_from(session.given)
    address.require_free()
    say(f"starting database and broker in {session.layout.data}")
    session.start_services()
    prepare(session)
    start_programs(session, address, started)
    session.watch_until_stopped()
    say("stopping")
    return 0


def prepare(session: Session) -> None:
    """Catalogues, static files, tables, rights, reference data: all that has to be there before the first page."""
    compile_catalogues(PROJECT / "locale")
    build_bundles()
    stamp = Stamp(session.layout.data / "static-from", STATIC_INPUTS)
    options = [] if stamp.is_current() else ["--static"]
    if session.given.get("DEMO", "1") == "0":
        session.layout.demo_progress.unlink(missing_ok=True)
    else:
        options.append("--demo")
    manage(session, "prepare", *options)
    stamp.set()


def manage(session: Session, *arguments: str) -> None:
    """A management command in the owner's name; it may change tables, the product may not."""
    owner = session.environment()["OWNER_DATABASE_URL"]
    session.run_step([PYTHON, "manage.py", *arguments], {"DATABASE_URL": owner})


def start_programs(session: Session, address: WebAddress, started: float) -> None:
    """The web server, which is what a person waits for; then worker and beat, while a demo county is loaded only
    after it: a sweep would take its past for neglect."""
    env = session.environment() | {"HOST": address.host, "PORT": str(address.port)}
    env.setdefault("ALLOWED_HOSTS", ",".join(address.names()))
    programs = product_programs(session.identity, env)
    say("starting the web server")
    session.keeper.start(_ready_with_first_page(programs.pop("web"), address))
    greet(address, time.monotonic() - started)
    tell_how_to_begin(session.layout.first_start_code, address)
    others = list(programs.values())
    if waits_to_be_loaded(session):
        load_beside(session, after=lambda whole: start(session, others if whole else without_beat(others)))
    else:
        start(session, others)


def _ready_with_first_page(web: Program, address: WebAddress) -> Program:
    web = replace(web, start_seconds=WEB_START_SECONDS, retry_seconds=0)
    return replace(web, is_ready=lambda _pid: address.status() is not None)


def without_beat(programs: list[Program]) -> list[Program]:
    return [program for program in programs if program.name != "beat"]


def start(session: Session, programs: list[Program]) -> None:
    say(f"starting {' and '.join(program.name for program in programs)}")
    for program in programs:
        session.keeper.start(program)


def tell_how_to_begin(code: Path, address: WebAddress) -> None:
    """An empty county is set up by whoever reads this terminal: the code is printed once and then gone."""
    try:
        words = code.read_text().strip()
    except FileNotFoundError:
        return
    code.unlink()
    say(f"there is no county yet. Open {address.url}first-start/ and type this one-time code: {words}")
    say("a new code: ./manage.py first_start_code   without a browser: ./manage.py set_up_county --help")


def greet(address: WebAddress, seconds: float) -> None:
    status = address.status()
    if status is None or status >= 500:
        say(f"the web server's first page fails (status {status}); the reason stands above")
    say(f"ready after {seconds:.0f} s: {address.url}   (Ctrl-C stops everything)")
