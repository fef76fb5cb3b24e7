"""What was merged into a case, as far as the reader of that case may see it: read there, also by who has no sight
of the other one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from disputes.disclosure import Disclosure
from disputes.models import Attachment, ConflictMark, Dispute, Origin, Party
from disputes.querysets import DisputeQuerySet
from disputes.selectors.origins import origin_of, rows_of


@dataclass(frozen=True)
class MergedPart:
    """A dispute that ended in this one, with its own parties and papers."""

    dispute: Dispute
    parties: list[Party]
    attachments: list[Attachment]
    origin: Origin | None
    origin_rows: list[tuple[Any, Any]]  # terms and values, as its reader may see them


def absorbed(dispute: Dispute, shown: Disclosure) -> DisputeQuerySet:
    """Everything that goes on in this case, over any number of merges; after a return only what came before it."""
    rows: DisputeQuerySet = Dispute.objects.filter(survivor=dispute)
    if shown.trail_until is not None:
        rows = rows.filter(survivor_since__lte=shown.trail_until)
    return rows


def merged_parts(dispute: Dispute, shown: Disclosure) -> list[MergedPart]:
    """Oldest registration first; a fixed number of queries whatever their number, one look when nothing was merged:
    planning the joins costs more than the answer."""
    rows = absorbed(dispute, shown)
    if not rows.exists():
        return []
    joined = rows.select_related("category", "received_by", "book", "merged_into", "origin")
    found = joined.prefetch_related("parties__organization", "attachments").defer("search")
    merged = list(found.order_by("registered_at", "pk"))
    return [
        MergedPart(
            row,
            list(row.parties.all()),
            [a for a in row.attachments.all() if shown.covers(a.uploaded_at)],
            origin_of(row),
            [(term, value) for term, value in rows_of(origin_of(row), shown) if value],
        )
        for row in merged
    ]


def attachments_of(dispute: Dispute, shown: Disclosure) -> QuerySet[Attachment]:
    """The papers of the case and of what was merged into it."""
    rows = Attachment.objects.filter(_of(dispute, shown))
    return rows if shown.trail_until is None else rows.filter(uploaded_at__lte=shown.trail_until)


def parties_of(dispute: Dispute, shown: Disclosure) -> QuerySet[Party]:
    """Everybody in the case and in what was merged into it."""
    return Party.objects.filter(_of(dispute, shown))


def marks_of(dispute: Dispute, shown: Disclosure) -> list[ConflictMark]:
    """Who is complained about, in the case and in what was merged into it; after a return only who was then."""
    if not dispute.barred_keys:
        return []
    marks = dispute.conflict_marks.select_related("organization", "user")
    return [mark for mark in marks if shown.covers(mark.marked_at)]


def absorbed_by(disputes: Sequence[Dispute]) -> dict[int, list[Dispute]]:
    """What was merged into each of a page's disputes; one query. The caller asks `Disclosure.covers`."""
    found: dict[int, list[Dispute]] = {}
    rows = Dispute.objects.filter(survivor__in=[row.pk for row in disputes]).select_related("book")
    for row in rows.defer("search", "access_keys", "barred_keys").order_by("registered_at", "pk"):
        found.setdefault(row.survivor_id or 0, []).append(row)
    return found


def _of(dispute: Dispute, shown: Disclosure) -> Q:
    return Q(dispute=dispute) | Q(dispute__in=absorbed(dispute, shown).values("pk"))
