from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from safekeeping.services import backup


class Command(BaseCommand):
    help = (
        "Writes database and attachments into one file. Keep secrets.env in another place: it is not in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", required=True, type=Path, help="the file, for example backup-20261122.tar"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"].resolve()
        try:
            made = backup.write(path, now=clock.now())
        except backup.BackupError as problem:
            raise CommandError(str(problem)) from problem
        size = path.stat().st_size / 1_000_000
        self.stdout.write(
            f"{made['disputes']} disputes, {made['entries']} entries, {size:.1f} MB in {path.name}"
        )
