from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_date, parse_datetime

from core import clock, jobs
from core.models import Installation


class Command(BaseCommand):
    help = "Runs every periodic job once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", help="as of this ISO time; only on a demo or test database")

    def handle(self, *args: Any, **options: Any) -> None:
        now = self._moment(options["at"]) if options["at"] else clock.now()
        outcomes = jobs.run_all(now)
        for outcome in outcomes:
            said = f"failed: {outcome.error}" if outcome.error else outcome.report
            self.stdout.write(f"{outcome.job}: {said}")
        failed = [outcome.job for outcome in outcomes if outcome.error]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")

    def _moment(self, text: str) -> datetime:
        kind = Installation.objects.values_list("kind", flat=True).first()
        if kind not in {Installation.Kind.DEMO, Installation.Kind.TEST}:
            raise CommandError("--at is only allowed on a demo or test database")
        moment = _parsed(text)
        if moment is None:
            raise CommandError("--at wants an ISO time such as 2026-11-22T14:05+08:00")
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)


def _parsed(text: str) -> datetime | None:
    """A time, or a date as its first moment; None when it is neither."""
    try:
        day = parse_date(text)
        return clock.start_of_day(day) if day else parse_datetime(text.replace(" ", "T"))
    except ValueError:
        return None
