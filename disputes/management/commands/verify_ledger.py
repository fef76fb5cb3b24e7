import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import clock
from disputes.models import Dispute, LedgerCheck
from disputes.services import verify
from disputes.services.verify import Findings
from disputes.wording_checks import fault_place, fault_words


class Command(BaseCommand):
    help = "Verifies the ledger: chains, columns, texts, numbers, seals. Ends with 1 when something does not fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dispute", metavar="NUMBER", help="only this dispute's chain and texts")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self._one(options["dispute"]) if options["dispute"] else self._all()
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

    def _all(self) -> Findings:
        """Noted as a run of its own, so that the page shows it too."""
        now = clock.now()
        check = LedgerCheck.objects.create(
            asked_at=now, started_at=now, state=LedgerCheck.State.RUNNING, total=Dispute.objects.count()
        )
        row = LedgerCheck.objects.filter(pk=check.pk)
        found = verify.verify(lambda sofar, done: row.update(done=done, entries=sofar.entries))
        row.update(state=LedgerCheck.State.DONE, finished_at=clock.now(), **verify.result_of(found))
        seconds = (clock.now() - now).total_seconds()
        self.stdout.write(
            f"{check.total} disputes, {found.entries} entries, {found.texts} texts ({found.withheld} withheld), "
            f"{found.seals} seals up to {found.sealed_until}, {found.unsealed} entries not sealed yet, "
            f"{seconds:.1f} s"
        )
        if found.unsealed:
            self.stdout.write("entries not sealed yet are protected by triggers and rights only")
        return found
