"""`python -m supervisor run | services | env | exec -- COMMAND | test | check | bench | catalogues`."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable

from supervisor.bench import run_bench
from supervisor.catalogues import compile_catalogues
from supervisor.checks import run_checks
from supervisor.environment import product_environment
from supervisor.errors import CannotStart, Stopped
from supervisor.layout import PROJECT
from supervisor.run import run_product
from supervisor.session import Session, say
from supervisor.testing import run_tests


def services(session: Session, _rest: list[str]) -> int:
    """keep database and broker running until Ctrl-C"""
    session.take_over_or_refuse()
    session.start_services()
    say(f"database and broker are ready in {session.layout.data}")
    session.watch_until_stopped()
    return 0


def execute(session: Session, rest: list[str]) -> int:
    """run a command with the services: those running already, else started for it and stopped after"""
    if session.take_over():
        session.start_services()
    else:
        session.wait_for_others_services()
    return session.run(rest)


def print_environment(session: Session, _rest: list[str]) -> int:
    """print addresses and secrets for `eval "$(python -m supervisor env)"`; starts nothing"""
    for name, value in product_environment(session.layout, session.given).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def catalogues(_session: Session, _rest: list[str]) -> int:
    """compile the message catalogues that changed"""
    for path in compile_catalogues(PROJECT / "locale"):
        print(path.relative_to(PROJECT))
    return 0


def run(session: Session, _rest: list[str]) -> int:
    """set up and run the whole product until Ctrl-C"""
    return run_product(session)


def test(session: Session, rest: list[str]) -> int:
    """run the tests; arguments go to pytest"""
    return run_tests(session, rest)


def check(session: Session, _rest: list[str]) -> int:
    """run every check of the code"""
    return run_checks(session)


def bench(session: Session, rest: list[str]) -> int:
    """measure the budgets; arguments go to `manage.py bench`"""
    return run_bench(session, rest)


ACTIONS: dict[str, Callable[[Session, list[str]], int]] = {
    "run": run,
    "services": services,
    "env": print_environment,
    "exec": execute,
    "catalogues": catalogues,
    "test": test,
    "check": check,
    "bench": bench,
}


def parser() -> argparse.ArgumentParser:
    """Of the first word only; what follows belongs to the action, options of other programs included."""
    words = "\n".join(f"  {name:<12}{action.__doc__}" for name, action in ACTIONS.items())
    main = argparse.ArgumentParser(
        prog="python -m supervisor",
        usage="%(prog)s ACTION [ARGUMENTS]",
        epilog=words,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    main.add_argument("action", choices=ACTIONS, metavar="ACTION")
    return main


def main(arguments: list[str]) -> int:
    chosen = parser().parse_args(arguments[:1])
    rest = arguments[2:] if arguments[1:2] == ["--"] else arguments[1:]
    try:
        with Session.open(dict(os.environ)) as session:
            return ACTIONS[chosen.action](session, rest)
    except Stopped:
        return 130
    except CannotStart as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
