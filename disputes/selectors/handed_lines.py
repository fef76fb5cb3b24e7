"""县级交办 in lists: which lines the county has handed down, and how a line tells it to the county and to the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import shanghai_date
from disputes.choices import HandingKind
from disputes.disclosure import Disclosure, seen_as_it_was
from disputes.models import Dispute, Handing
from disputes.querysets import DisputeQuerySet, opened
from jurisdictions.choices import OrganizationKind

RECALL = "recall"
# whose sight of a town's matters begins and ends with what the county hands down to it
OF_THE_TOWN = (
    OrganizationKind.GOVERNANCE_CENTRE,
    OrganizationKind.GOVERNANCE_COMMITTEE,
    OrganizationKind.GOVERNMENT,
    OrganizationKind.PARTY_COMMITTEE,
)


def handed_down(rows: DisputeQuerySet, by: Actor, *, wanted: bool) -> DisputeQuerySet:
    """What the county has handed down now; to a town also what was handed down to it and taken back or given back.

    Of what somebody sees as it was, its present order is not learned; what their own town was given, it knows.
    """
    past, now = seen_as_it_was(by), Q(handed_down_by__isnull=False)
    if past is not None:
        now &= ~Q(pk__in=past)
    found = opened(by) & (now | Q(pk__in=_given_to(by).values("dispute")))
    return rows.filter(found) if wanted else rows.exclude(found)


def _given_to(by: Actor) -> QuerySet[Handing]:
    unit = by.organization
    if unit is None or unit.is_county_level or unit.kind not in OF_THE_TOWN:
        return Handing.objects.none()
    return Handing.objects.filter(kind=HandingKind.DOWN, to_centre__place=unit.place_id)


def with_orders(rows: DisputeQuerySet) -> DisputeQuerySet:
    """For a page of the ledger: which of its rows the county ever handed down, read with them."""
    orders = Handing.objects.filter(dispute=OuterRef("pk"), kind=HandingKind.DOWN)
    return rows.annotate(ever_handed_down=Exists(orders))


def handed_lines(
    disputes: Sequence[Dispute], shown: Mapping[int, Disclosure], by: Actor
) -> dict[int, tuple[str, bool]]:
    """By dispute: what its line says of the county's order, and whether the county has taken it back. The latest order
    that the reader's sight covers; nothing of an order given back, nor of a stub. One query for a page with such rows.
    """
    ids = [row.pk for row in disputes if shown[row.pk].content and getattr(row, "ever_handed_down", True)]
    if not ids:
        return {}
    rows = Handing.objects.filter(dispute__in=ids, kind=HandingKind.DOWN).select_related("to_centre__place")
    latest: dict[int, Handing] = {}
    for row in rows.order_by("handed_at", "pk"):
        if shown[row.dispute_id].covers(row.handed_at):
            latest[row.dispute_id] = row
    said = {pk: _line(row, shown[pk], by) for pk, row in latest.items()}
    return {pk: line for pk, line in said.items() if line is not None}


def _line(row: Handing, shown: Disclosure, by: Actor) -> tuple[str, bool] | None:
    ended = row.ended_at is not None and shown.covers(row.ended_at)
    if ended and row.ended_by_step == RECALL:
        return _("县级收回 %s") % shanghai_date(row.ended_at), True  # type: ignore[arg-type]  # ended above
    if ended:
        return None
    if by.organization is not None and by.organization.is_county_level:
        return _("已交办%s") % row.to_centre.place.name, False
    return _("县级交办"), False
