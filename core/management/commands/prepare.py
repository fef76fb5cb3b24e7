import time
from argparse import ArgumentParser
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core import clock
from core.models import Installation


class Command(BaseCommand):
    help = (
        "Brings tables, rights and reference data up to date; everything in one process. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="leave word that a new database gets the demo county"
        )

        parser.add_argument("--static", action="store_true", help="collect static files too")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["static"]:
            self._step("static files", "collectstatic", interactive=False, verbosity=0)
        self._step("tables", "migrate", interactive=False, verbosity=0)
        self._step("rights", "apply_grants")
        require_right_keys()
        self._step("reference data", "load_reference_data")
        if options["demo"]:
            call_command("load_demo_county", later=True, stdout=self.stdout, stderr=self.stderr)
        elif not Installation.objects.exists():
            Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=clock.now())
        elif Installation.objects.filter(is_loading=True).exists():
            self.stdout.write("hejie  | this demo county is not whole: start without DEMO=0 to load the rest")
        call_command("first_start_code", leave_word=True)

    def _step(self, words: str, command: str, **options: Any) -> None:
        started = time.monotonic()
        call_command(command, stdout=self.stdout, stderr=self.stderr, **options)
        self.stdout.write(f"hejie  | {words}: {time.monotonic() - started:.1f} s")
        self.stdout.flush()


def require_right_keys() -> None:
    """The row written at creation must open; reading it decrypts the canary."""
    try:
        Installation.objects.first()
    except InvalidToken as problem:
        raise CommandError(
            "FIELD_KEYS do not open this database. Restore the secrets.env that belongs to it."
        ) from problem
