"""Levels read in imported texts that wait for the coordinator, the highest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.selectors import stubs
from disputes.selectors.filters import without_hidden_levels
from early_warning.models import ImportedLevel
from early_warning.selectors.evidence import labels_of
from early_warning.wording_screens import level_label

PAGE = 50
WORDS = 8  # passages shown of one text
MOST_COUNTED = 999


@dataclass(frozen=True)
class Waiting:
    """One proposal with what spoke for it."""

    row: ImportedLevel
    words: list[str]
    labels: list[str]

    @property
    def level_label(self) -> str:
        return level_label(self.row.level)


@dataclass(frozen=True)
class Page:
    rows: list[Waiting]
    total: int
    next: str = ""


def is_coordinator(by: Actor | None) -> bool:
    """Who decides about such levels at all; about which, the managing centre of each says."""
    centre = by.organization if by is not None else None
    return centre is not None and centre.kind == "governance_centre" and may(by, Permission.DISPATCH)


def open_rows(by: Actor) -> QuerySet[ImportedLevel]:
    """Of one's own centre's open cases; the county's centre has them all."""
    rows = ImportedLevel.objects.filter(decided_at=None)
    rows = rows.exclude(dispute__status__in=sorted(lifecycle.ENDED))
    return rows if by.organization.is_county_level else rows.filter(dispute__managing_org=by.organization)


def counted_rows(by: Actor) -> QuerySet[ImportedLevel, Any]:
    """For the rail, which counts them."""
    return open_rows(by).order_by().values("pk")[:MOST_COUNTED]


def waiting_page(by: Actor, after: tuple[int, int] | None) -> Page:
    """By keyset. What is out of sight, or whose level is hidden from this unit, is not in it; a restricted dispute that
    is not open to the reader stands in it as a stub, without the words that spoke for the level."""
    seen = without_hidden_levels(Dispute.objects.listed_to(by), by)
    rows = open_rows(by).filter(dispute__in=seen)
    total = rows.count()
    if after is not None:
        level, pk = after
        rows = rows.filter(Q(level__gt=level) | Q(level=level, pk__gt=pk))
    found = list(
        rows.select_related("reading", "dispute__category", "dispute__town")
        .defer("dispute__search", "dispute__access_keys", "dispute__barred_keys")
        .order_by("level", "pk")[: PAGE + 1]
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    for row, told in zip(found, stubs.readable([row.dispute for row in found], by), strict=True):
        row.dispute = told  # for reading
    return Page([_waiting(row) for row in found[:PAGE]], total, f"{last.level}-{last.pk}" if last else "")


def _waiting(row: ImportedLevel) -> Waiting:
    if row.dispute.is_stub:
        return Waiting(row, [], [])
    text = row.dispute.narrative if row.reading.dispute_id == row.dispute_id else ""
    words = [text[span["start"] : span["end"]] for span in row.reading.evidence]
    return Waiting(row, [word for word in dict.fromkeys(words) if word][:WORDS], labels_of(row.reading))
