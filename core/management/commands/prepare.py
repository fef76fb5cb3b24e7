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
        parser.add_argument("--demo", action="store_true", help="load the demo county into a new database")

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("tables", "migrate", interactive=False, verbosity=0)
        self._step("rights", "apply_grants")
        require_right_keys()
        self._step("reference data", "load_reference_data")
        if Installation.objects.exists():
            return
        if options["demo"]:
            self._step("demo county (first start only)", "load_demo_county", accounts=False)
        else:
            Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=clock.now())

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
