import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import now
from core.errors import Conflict
from first_start.services.opening import issue_code


class Command(BaseCommand):
    help = (
        "A new one-time code for setting up the empty county in a browser; it puts an earlier one out of use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--leave-word", action="store_true", help="for `make run`, which prints it last")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.FIRST_START_CODE)
        path.unlink(missing_ok=True)
        try:
            code = issue_code(now=now())
        except Conflict as error:
            if options["leave_word"]:
                return
            raise CommandError(str(error)) from error
        if options["leave_word"]:
            leave(path, code)
        else:
            self.stdout.write(code)


def leave(path: Path, code: str) -> None:
    """For the eyes of the owner of the data folder, who could read the database as well."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(code)
