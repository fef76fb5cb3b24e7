from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core import clock, reference
from core.models import Installation
from demo.build import letters, loading, meetings
from demo.stories import COUNT
from jurisdictions.models import Place


class Command(BaseCommand):
    help = "Loads the demo county into an empty database. Safe to run again: the second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=COUNT, help="how many disputes")
        parser.add_argument(
            "--processes", type=int, default=0, help="default: one for each core, at most two"
        )

        parser.add_argument(
            "--no-accounts", action="store_false", dest="accounts", help="do not print who can log in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("Production settings do not take demo accounts.")
        installed = Installation.objects.values_list("kind", flat=True).first()
        if installed is None:
            self._load(options["count"], options["processes"])
        elif installed != Installation.Kind.DEMO:
            raise CommandError("This database is not a demo database; nothing was changed.")
        if options["accounts"]:
            call_command("demo_accounts", stdout=self.stdout)

    def _load(self, count: int, processes: int) -> None:
        if Place.objects.exists() and loading.began_at() is None:
            raise CommandError("This database already holds places; the demo county wants an empty one.")
        now = clock.now()
        reference.load_all(now)
        loading.load(now=now, count=count, processes=processes, say=self.stdout.write)
        meetings.hold(loading.began_at() or now)
        letters.write(loading.began_at() or now)
