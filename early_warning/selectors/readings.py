"""What was read in disputes, for their pages: spans in the narrative, danger not yet marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from classifier.selectors.policy import published_document
from classifier.wording import label_of
from core.actor import Actor
from core.written_once import OneOf, written_once
from disputes.extensions import Sights
from disputes.models import Dispute
from disputes.rules.passages import Passage
from disputes.services import danger
from early_warning.choices import ReadingOf
from early_warning.models import ClassifierFailure, Reading

UNTOLD = "early_warning/danger_untold.html"
OF_NARRATIVE = (ReadingOf.NARRATIVE, ReadingOf.IMPORT, ReadingOf.CORRECTION)


@dataclass(frozen=True)
class DangerPart:
    """The text speaks of danger and nobody has looked yet; shown with what a person can say to it."""

    number: str
    may_mark: bool
    template: str = "early_warning/danger_part.html"


def narrative_parts(disputes: Sequence[Dispute], _by: Actor, _shown: Sights) -> dict[int, list[Passage]]:
    """For the `narrative` slot; the page asks only where the level is disclosed."""
    readings = _of_narratives(disputes)
    return {pk: _passages(reading) for pk, reading in readings.items() if reading.evidence}


def danger_parts(disputes: Sequence[Dispute], by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `alert` slot, as far as the level is disclosed; also where nobody wrote down who was told of danger."""
    rows = [row for row in disputes if shown[row.pk].level and shown[row.pk].trail_until is None]
    seen = {row.pk: row for row in rows if not row.danger and row.is_open}
    found = [pk for (pk,) in _hinted(list(seen))] if seen else []
    untold = {row.pk: DangerPart(row.number, True, UNTOLD) for row in rows if danger.may_say_whom(by, row)}
    return untold | {pk: DangerPart(seen[pk].number, danger.may_mark(by, seen[pk])) for pk in set(found)}


def _of_narratives(disputes: Sequence[Dispute]) -> dict[int, Reading]:
    """The last reading of each; none while corrected words wait to be read: its spans are of other words."""
    return {row.dispute_id: row for row in _readings([one.pk for one in disputes])}


@written_once
def _readings(disputes: Any) -> QuerySet[Reading]:
    unread = ClassifierFailure.objects.filter(
        dispute=OuterRef("dispute"), of=ReadingOf.CORRECTION, settled_at=None
    )
    rows = Reading.objects.filter(~Exists(unread), OneOf("dispute", disputes), of__in=OF_NARRATIVE)
    return rows.order_by("read_at", "id")


@written_once
def _hinted(disputes: Any) -> QuerySet[Reading, Any]:
    rows = Reading.objects.filter(OneOf("dispute", disputes), danger=True, danger_cleared_at=None)
    return rows.order_by().values_list("dispute_id")


def _passages(reading: Reading) -> list[Passage]:
    document = published_document(reading.policy_id) if reading.policy_id else {}
    return [
        Passage(
            span["start"],
            span["end"],
            label_of(document, span["indicator"]),
            in_title=bool(span.get("title")),
        )
        for span in reading.evidence
    ]
