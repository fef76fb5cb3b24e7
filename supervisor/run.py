"""`make run`: everything in the foreground, until Ctrl-C."""

import subprocess
import time
from dataclasses import replace

from supervisor.catalogues import compile_catalogues
from supervisor.fingerprint import Stamp
from supervisor.layout import PROJECT
from supervisor.procfile import product_programs
from supervisor.session import Session, say
from supervisor.web_address import WebAddress, address_from

PYTHON = str(PROJECT / ".venv" / "bin" / "python")
STATIC_INPUTS = [PROJECT / "static", PROJECT / "package-lock.json", PROJECT / "core" / "staticfiles.py"]
WEB_START_SECONDS = 180


def run_product(session: Session) -> int:
    """Set up what is missing, start everything, show the way in, keep it running."""
    started = time.monotonic()
    session.take_over_or_refuse()
    address = address_from(session.given)
    address.require_free()
    say(f"starting database and broker in {session.layout.data}")
    session.start_services()
    prepare(session)
    start_programs(session, address)
    greet(session, address, time.monotonic() - started)
    session.watch_until_stopped()
    say("stopping")
    return 0


def prepare(session: Session) -> None:
    """Catalogues, static files, tables, rights, reference data, and at the first start the demo county."""
    compile_catalogues(PROJECT / "locale")
    collect_static(session)
    options = [] if session.given.get("DEMO", "1") == "0" else ["--demo"]
    manage(session, "prepare", *options)


def collect_static(session: Session) -> None:
    stamp = Stamp(session.layout.data / "static-from", STATIC_INPUTS)
    if stamp.is_current():
        return
    say("collecting static files")
    manage(session, "collectstatic", "--no-input", "--verbosity=0")
    stamp.set()


def manage(session: Session, *arguments: str) -> None:
    """A management command in the owner's name; it may change tables, the product may not."""
    owner = session.environment()["OWNER_DATABASE_URL"]
    session.run_step([PYTHON, "manage.py", *arguments], {"DATABASE_URL": owner})


def start_programs(session: Session, address: WebAddress) -> None:
    """All three at once; wait only for the web server, which is what a person waits for."""
    env = session.environment() | {"HOST": address.host, "PORT": str(address.port)}
    env.setdefault("ALLOWED_HOSTS", ",".join(address.names()))
    programs = product_programs(session.identity, env)
    say("starting web, worker and beat")
    for program in programs.values():
        if program.name == "web":
            program = replace(program, start_seconds=WEB_START_SECONDS, retry_seconds=0)
            program = replace(program, is_ready=lambda pid: address.status() is not None)
        session.keeper.start(program)


def greet(session: Session, address: WebAddress, seconds: float) -> None:
    accounts = subprocess.run(
        [PYTHON, str(PROJECT / "manage.py"), "demo_accounts"],
        env=session.environment(),
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )
    if accounts.returncode == 0 and accounts.stdout.strip():
        print(accounts.stdout.rstrip(), flush=True)
    status = address.status()
    if status is None or status >= 500:
        say(f"the web server's first page fails (status {status}); the reason stands above")
    say(f"ready after {seconds:.0f} s: {address.url}   (Ctrl-C stops everything)")
