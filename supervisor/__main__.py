"""`python -m supervisor services | env | exec -- COMMAND`."""

import argparse
import os
import shlex
import sys

from supervisor.environment import product_environment
from supervisor.errors import CannotStart
from supervisor.session import Session, say


def services(session: Session) -> int:
    """Keep database and broker running in the foreground until Ctrl-C."""
    session.lock.take_or_refuse()
    session.start_services()
    say(f"database and broker are ready in {session.layout.data}")
    session.watch_until_stopped()
    return 0


def execute(session: Session, command: list[str]) -> int:
    """Run one command with the services: those that run already, else started for it and stopped after."""
    if session.lock.take():
        session.start_services()
    else:
        session.wait_for_others_services()
    return session.run(command)


def print_environment(session: Session) -> int:
    """Lines for `eval "$(python -m supervisor env)"`. Starts nothing."""
    for name, value in product_environment(session.layout, session.given).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="python -m supervisor", description=__doc__)
    actions = main.add_subparsers(dest="action", required=True)
    actions.add_parser("services", help="start database and broker, until Ctrl-C")
    actions.add_parser("env", help="print their addresses and the secrets for a shell")
    execution = actions.add_parser("exec", help="run a command with them")
    execution.add_argument("command", nargs=argparse.REMAINDER)
    return main


def main(arguments: list[str]) -> int:
    chosen = parser().parse_args(arguments)
    try:
        with Session.open(dict(os.environ)) as session:
            if chosen.action == "env":
                return print_environment(session)
            if chosen.action == "services":
                return services(session)
            command = chosen.command[1:] if chosen.command[:1] == ["--"] else chosen.command
            return execute(session, command)
    except CannotStart as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
