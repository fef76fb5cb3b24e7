"""In which order units are offered for a dispute, and which one is suggested with what reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from accounts.roles import GOVERNING_KINDS
from disputes.models import Dispute
from jurisdictions.choices import HotField, OrganizationKind
from jurisdictions.models import Organization, Post, Sector


class InTown(IntEnum):
    """What a town's centre is offered: its own units before the county's, who holds the field before all."""

    HOLDS_HERE = 0
    HOLDS = 1
    VILLAGE = 2
    HERE = 3
    OTHERS = 4


class InCounty(IntEnum):
    """What the county's centre is offered: a department that holds the field; a town is reached by its centre."""

    HOLDS_HERE = 0
    CENTRE_THERE = 1
    VILLAGE = 2
    CENTRE = 3
    HOLDS = 4
    OTHERS = 5


@dataclass(frozen=True)
class Suggestion:
    value: str
    label: str
    reason: str


def rank_of(dispute: Dispute) -> Case:
    """Lower comes first; a case in the database, over organizations."""
    place = dispute.managing_org.place
    is_county = dispute.managing_org.is_county_level
    rows = _in_county(dispute) if is_county else _in_town(dispute, place.code)
    others = InCounty.OTHERS if is_county else InTown.OTHERS
    whens = [When(condition, then=Value(int(rank))) for rank, condition in rows]
    return Case(*whens, default=Value(int(others)), output_field=IntegerField())


def _in_town(dispute: Dispute, town: str) -> list[tuple[InTown, Q]]:
    here = Q(place__code__startswith=town)
    return [
        (InTown.HOLDS_HERE, holds(dispute) & here),
        (InTown.HOLDS, holds(dispute)),
        (InTown.VILLAGE, Q(place=dispute.place_id or 0, place__kind="village")),
        (InTown.HERE, here),
    ]


def _in_county(dispute: Dispute) -> list[tuple[InCounty, Q]]:
    centre = Q(kind=OrganizationKind.GOVERNANCE_CENTRE, place__kind="town")
    town = dispute.place.town_code if dispute.place_id and dispute.place else ""
    return [
        (InCounty.HOLDS_HERE, holds(dispute) & Q(place__kind="county")),
        (InCounty.CENTRE_THERE, centre & Q(place__code=town or "-")),
        (InCounty.VILLAGE, Q(place=dispute.place_id or 0, place__kind="village")),
        (InCounty.CENTRE, centre),
        (InCounty.HOLDS, holds(dispute)),
    ]


def holds(dispute: Dispute) -> Q:
    """A sector stated at intake or named like the hot field, or a post that answers for the field in a unit that does
    not govern: a government's deputies hold every field between them."""
    field = hot_field(dispute)
    codes = [*dispute.involved_sectors, *([field] if field else [])]
    sectors = Sector.objects.filter(code__in=codes, organizations=OuterRef("pk"))
    posts = Post.objects.active().filter(organization=OuterRef("pk"), portfolio__contains=[field])
    of_field = Q(Exists(posts)) & ~Q(kind__in=sorted(GOVERNING_KINDS)) if field else Q(pk=None)
    return Q(Exists(sectors)) | of_field


def hot_field(dispute: Dispute) -> str:
    return str(dispute.category.hot_field) if dispute.category_id else ""


def suggestion(dispute: Dispute, unit: Organization, rank: int) -> Suggestion | None:
    """The first unit offered, when there is a reason for it that somebody can judge."""
    reason = _reason(dispute, rank)
    return Suggestion(unit.code, unit.name, reason) if reason else None


def _reason(dispute: Dispute, rank: int) -> str:
    field = hot_field(dispute)
    if rank in (InTown.HOLDS_HERE, InCounty.HOLDS_HERE):
        return _says_field(field)
    if dispute.managing_org.is_county_level:
        words = {InCounty.CENTRE_THERE: _("发生地的综治中心"), InCounty.VILLAGE: _("发生地")}
        return str(words.get(InCounty(rank), ""))
    return _says_field(field) if rank == InTown.HOLDS else str(_("发生地") if rank == InTown.VILLAGE else "")


def _says_field(field: str) -> str:
    if field in ("", HotField.OTHER):
        return str(_("主管相关行业"))
    return str(_("主管%s") % HotField(field).label)
