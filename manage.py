#!/usr/bin/env python3
"""Django's command line for hejie. It finds the database of a running `make run` by itself (supervisor/manage.py)."""

import os
import sys

from supervisor.errors import CannotStart
from supervisor.venv import go_into_venv


def main(arguments: list[str]) -> None:
    go_into_venv(arguments)
    from supervisor import manage  # noqa: PLC0415 - what needs packages comes after them

    if arguments[1:2] == ["test"]:
        manage.run_tests(arguments[2:], dict(os.environ))
    os.environ.update(manage.environment_for(arguments, dict(os.environ)))
    if manage.command_of(arguments) == "dbshell" and (words := manage.what_to_do(dict(os.environ))):
        raise CannotStart(words)  # psql would say it in its own
    execute(arguments)


def execute(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415
    from django.db import OperationalError  # noqa: PLC0415

    from supervisor import manage  # noqa: PLC0415

    try:
        execute_from_command_line(arguments)
    except OperationalError as problem:
        if words := manage.what_to_do(dict(os.environ)):
            raise CannotStart(words) from problem
        raise


if __name__ == "__main__":
    try:
        main(sys.argv)
    except CannotStart as problem:
        sys.exit(str(problem))
