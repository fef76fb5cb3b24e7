"""县级交办 in lists: which lines the county has handed down, and how a line tells it to the county and to the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
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


ORDERS = """
    SELECT h.dispute_id, h.handed_at, h.ended_at, h.ended_by_step, p.name
    FROM disputes_handing h
    JOIN jurisdictions_organization o ON o.id = h.to_centre_id JOIN jurisdictions_place p ON p.id = o.place_id
    WHERE h.dispute_id = ANY(%s) AND h.kind = %s ORDER BY h.handed_at, h.id
"""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of the county, as a line needs it."""

    dispute_id: int
    handed_at: datetime
    ended_at: datetime | None
    ended_by_step: str
    place: str


def handed_lines(
    disputes: Sequence[Dispute], shown: Mapping[int, Disclosure], by: Actor
) -> dict[int, tuple[str, bool]]:
    """By dispute: what its line says of the county's order, and whether the county has taken it back. The latest order
    that the reader's sight covers; nothing of an order given back, nor of a stub. One query, written out: most pages
    have no such row, and building it cost more than the answer.
    """
    ids = [row.pk for row in disputes if shown[row.pk].content]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ORDERS, [ids, HandingKind.DOWN])
        orders = [Order(*columns) for columns in cursor.fetchall()]
    latest = {row.dispute_id: row for row in orders if shown[row.dispute_id].covers(row.handed_at)}
    said = {pk: _line(row, shown[pk], by) for pk, row in latest.items()}
    return {pk: line for pk, line in said.items() if line is not None}


def _line(row: Order, shown: Disclosure, by: Actor) -> tuple[str, bool] | None:
    if row.ended_at is not None and shown.covers(row.ended_at):
        if row.ended_by_step == RECALL:
            return _("县级收回 %s") % shanghai_date(row.ended_at), True
        return None
    if by.organization is not None and by.organization.is_county_level:
        return _("已交办%s") % row.place, False
    return _("县级交办"), False
