import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core import clock, reference
from core.models import Installation
from demo import progress
from demo.build import loading
from demo.progress import Progress
from demo.stories import COUNT
from jurisdictions.models import Place


class Command(BaseCommand):
    help = "Loads the demo county into an empty database. Safe to run again: the second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        most = int(os.environ.get("DEMO_COUNT") or COUNT)
        parser.add_argument("--count", type=int, default=most, help="how many disputes")
        parser.add_argument(
            "--processes", type=int, default=0, help="default: one more than cores, at most three"
        )
        parser.add_argument("--strict", action="store_true", help="end with an error when a step was refused")
        parser.add_argument(
            "--later",
            action="store_true",
            help="only leave word that it has to be loaded, for who serves meanwhile; accounts if it is whole",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("Production settings do not take demo accounts.")
        installed = Installation.objects.first()
        if installed is not None and installed.kind != Installation.Kind.DEMO:
            if options["later"]:
                return
            raise CommandError("This database is not a demo database; nothing was changed.")
        if installed is None or installed.is_loading:
            self._load_or_leave_word(options)
        else:
            progress.clear()
            call_command("demo_accounts", stdout=self.stdout)

    def _load_or_leave_word(self, options: dict[str, Any]) -> None:
        if Place.objects.exists() and loading.began_at() is None:
            raise CommandError("This database already holds places; the demo county wants an empty one.")
        progress.write(Progress())
        if options["later"]:
            return
        try:
            refused = self._load(options["count"], options["processes"])
        except BaseException:
            progress.fail()
            raise
        progress.clear()
        if refused and options["strict"]:
            raise CommandError(f"{len(refused)} steps were refused; the plans in demo/build are wrong.")

    def _load(self, count: int, processes: int) -> list[str]:
        now = clock.now()
        reference.load_all(now)
        loading.begin(now)
        call_command("demo_accounts", stdout=self.stdout)  # they can sign in from here on
        refused = loading.load(now=now, count=count, processes=processes, say=self._say)
        for words in refused:
            self._say(f"a step was refused, the dispute stays there: {words}")
        return refused

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
