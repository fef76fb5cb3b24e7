import gzip
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand

from core import clock
from safekeeping.services import seal
from safekeeping.services.ledger_export import write_chain


class Command(BaseCommand):
    help = (
        "Writes the chain, the seals and the public key as JSON lines; deploy/verify_offline.py checks them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", required=True, type=Path, help="the file; compressed when it ends in .gz"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        seal.seal_complete_days(now=clock.now())
        draft = path.with_name(f"{path.name}.part")
        with _opened(draft, compressed=path.suffix == ".gz") as out:
            count = write_chain(out, now=clock.now())
        draft.rename(path)
        self.stdout.write(f"{count} entries written to {path}")


def _opened(path: Path, *, compressed: bool) -> TextIO:
    return gzip.open(path, "wt", encoding="utf-8") if compressed else path.open("w", encoding="utf-8")
