import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchmarks import databases, generating
from core import clock
from disputes.models import Dispute


class Command(BaseCommand):
    help = "Fills a separate database with many disputes and valid chains, for measurements."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--database-name", default="", help="default: hejie_bench_COUNT")

    def handle(self, *args: Any, **options: Any) -> None:
        count, now = options["count"], clock.now()
        name = options["database_name"] or f"hejie_bench_{count}"
        started = time.monotonic()
        databases.create(name, now=now)
        with databases.using(name):
            if Dispute.objects.exists():
                raise CommandError(f"{name} already holds disputes; nothing was changed.")
        generating.generate(name=name, count=count, now=now)
        self.stdout.write(f"{name}: {count} disputes in {time.monotonic() - started:.0f} s")
