"""更正 of who sent a matter here, by the rules of intake: the clock up to their date opens anew, an answer stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calendars.services.opening import open_many
from disputes.choices import DeadlineKind
from disputes.models import Dispute, Origin
from disputes.rules import corrections
from disputes.rules.corrections import Changes
from disputes.rules.origin import OriginFacts
from disputes.services import clocks, origin_rows
from disputes.services.step_runner import StepRun
from disputes.wording_origin import ORIGIN_FAULTS

CLOCKED = ("origin_received_on", "origin_due_at", "origin_answer_wanted")


@dataclass(frozen=True)
class Sender:
    """What stands of who sent it, and what a correction makes of it."""

    row: Origin | None
    before: OriginFacts | None
    after: OriginFacts | None

    @classmethod
    def corrected(cls, dispute: Dispute, fields: Mapping[str, Any]) -> Sender:
        """Asks for the row, under the dispute's lock, only where the correction speaks of it."""
        if "origin" not in fields:
            return cls(None, None, None)
        row = Origin.objects.filter(dispute=dispute).first()
        before = row.facts if row else None
        return cls(row, before, corrections.origin_corrected(before, fields["origin"]))

    @property
    def columns(self) -> dict[str, Any]:
        return corrections.origin_columns(self.before)

    @property
    def corrected_columns(self) -> dict[str, Any]:
        return corrections.origin_columns(self.after)

    def messages(self, today: date) -> dict[str, list[object]]:
        """What speaks against it, by `origin.NAME`."""
        answered_on = self.row.answered_on if self.row else None
        found = corrections.origin_faults(self.before, self.after, answered_on, today)
        return {
            f"origin.{name}": [ORIGIN_FAULTS[fault] for fault in faults] for name, faults in found.items()
        }

    def write(self, run: StepRun, changes: Changes) -> None:
        """The row as it was corrected; of a sender who was none nothing is left. The clock follows."""
        if not changes.touches(*self.columns):
            return
        row = origin_rows.row_of(run.dispute, self.after)
        if row is None and self.row is not None:
            self.row.delete()
        if row is not None:
            (row.answered_as(self.row) if self.row is not None else row).save()
        if changes.touches(*CLOCKED):
            _reckon(run, row)


def _reckon(run: StepRun, row: Origin | None) -> None:
    """The clock up to the sender's date runs from the corrected days, where they still wait: for a result, or for the
    answer they want. What was met stays met, what was missed stays missed."""
    dispute = run.dispute
    clocks.cancel(dispute, DeadlineKind.ORIGIN, by=run.by, now=run.now)
    if row is None or row.answered_on is not None or (dispute.settled_at is not None and not row.owes_answer):
        return
    opening = origin_rows.opening_of(dispute, row, run.now)
    if opening is not None:
        open_many([opening], now=run.now)
