from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core import clock
from imports.services import party_review

WORDS = {
    "parties": "parties with a number or a phone",
    "wrong_citizen_numbers": "identity numbers that cannot be right: ask the party again",
    "wrong_credit_codes": "credit codes that cannot be right",
    "placeholders": "numbers and phones that say nothing (not known, none, 000)",
    "hashes_to_mend": "hashes of another spelling, or of what says nothing",
    "refused_lines": "import lines refused for their identity number",
    "refused_wrongly": "of them right after all: fetch the sheet of refused lines and send it again",
}


class Command(BaseCommand):
    help = (
        "Counts stored identity numbers, credit codes and phones that are wrong or say nothing; shows none of them. "
        "With --mend the hashes parties are found by are computed anew. Safe to run again, also beside the service."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write the right hashes")

    def handle(self, *args: Any, **options: Any) -> None:
        found = party_review.review(mend=options["mend"], now=clock.now())
        for name, count in found.as_lines():
            self.stdout.write(f"{count:8d}  {WORDS[name]}")
        if options["mend"]:
            self.stdout.write(f"{found.hashes_to_mend} hashes written")
