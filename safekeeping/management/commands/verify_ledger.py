import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from disputes.models import Dispute
from safekeeping.models import LedgerCheck
from safekeeping.services import seal, verify
from safekeeping.services.findings import Findings
from safekeeping.wording_checks import fault_place, fault_words, remark_words


class Command(BaseCommand):
    help = (
        "Verifies the ledger: chains, columns, texts, numbers, judged rows, access log, seals, witness file."
        " Ends with 1 when something does not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dispute", metavar="NUMBER", help="only this dispute's chain, texts and rows")
        parser.add_argument(
            "--witness",
            metavar="FILE",
            type=Path,
            help="a copy of seals.log that was kept elsewhere, instead of the one of this installation",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._one(options["dispute"]) if options["dispute"] else self._all(options["witness"])
        for remark in found.remarks:
            self.stdout.write(f"- {remark_words(remark.as_json())} [{remark.kind}]")
        for fault in found.faults:
            row = fault.as_json()
            self.stdout.write(self.style.ERROR(f"{fault_place(row)}: {fault_words(row)} [{fault.kind}]"))
        if found.fault_count:
            self.stderr.write(f"{found.fault_count} faults")
            sys.exit(1)
        self.stdout.write("the ledger is intact")

    def _one(self, number: str) -> Findings:
        dispute = Dispute.objects.filter(number=number).first()
        if dispute is None:
            raise CommandError(f"there is no dispute {number}")
        return verify.verify_dispute(dispute.pk)

    def _all(self, witness_file: Path | None) -> Findings:
        """Noted as a run of its own, so that the page shows it too. What is due is sealed first."""
        if witness_file is not None and not witness_file.is_file():
            raise CommandError(f"there is no file {witness_file}")
        now = clock.now()
        seal.seal_complete_days(now=now)
        check = LedgerCheck.objects.create(
            asked_at=now, started_at=now, state=LedgerCheck.State.RUNNING, total=Dispute.objects.count()
        )
        row = LedgerCheck.objects.filter(pk=check.pk)
        found = verify.verify(
            lambda sofar, done: row.update(done=done, entries=sofar.entries),
            now=now,
            witness_file=witness_file,
        )
        row.update(state=LedgerCheck.State.DONE, finished_at=clock.now(), **verify.result_of(found))
        seconds = (clock.now() - now).total_seconds()
        self.stdout.write(
            f"{check.total} disputes, {found.entries} entries, {found.texts} texts ({found.withheld} withheld), "
            f"{found.rows} judged rows, {found.seals} seals up to {found.sealed_until}, "
            f"{found.unsealed} entries not sealed yet, {seconds:.1f} s"
        )
        if found.unsealed:
            self.stdout.write("entries not sealed yet are protected by triggers and rights only")
        return found
