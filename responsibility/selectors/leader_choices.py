"""The leaders a person chooses from: in office, around the dispute, and not complained about."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from accounts.models import Appointment
from core.clock import shanghai_date
from core.wording import with_aside
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from disputes.selectors.intake import SHOWN, Option
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Post
from responsibility import rights
from responsibility.selectors.leader_posts import LEADING_KINDS, LEADING_ROLES
from responsibility.selectors.resolving import towns_of

PRINCIPAL_ROLES = (PostRole.HEAD, PostRole.PARTY_SECRETARY)


def leaders(dispute: Dispute, now: datetime) -> list[Appointment]:
    """County and town leaders, heads of county departments and of the unit concerned, without who must keep out.

    Four queries at most.
    """
    county = dispute.place_code[:6]
    towns = towns_of(dispute.place_code, dispute.involved_towns)
    governing = Q(
        post__organization__kind__in=LEADING_KINDS, post__organization__place__code__in=[county, *towns]
    )
    departments = Q(
        post__organization__kind=OrganizationKind.DEPARTMENT, post__organization__place__code=county
    )
    unit = Q(post__organization=dispute.unit_id) if dispute.unit_id else Q(pk=None)
    rows = Appointment.objects.current(shanghai_date(now)).with_post()
    rows = rows.filter(post__role__in=LEADING_ROLES)
    found = rows.filter(governing | departments | unit).order_by(
        "-post__organization__place__code", "post__organization__code", "pk"
    )
    conflicts = Conflicts([dispute], now, {row.user_id for row in found})
    return [row for row in found if not rights.keeps_out(conflicts, dispute, row.post, [row.user_id])]


def of_county(county_code: str, today: date) -> list[Appointment]:
    """Everybody who holds a leader's post anywhere in the county; one query."""
    rows = Appointment.objects.current(today).with_post()
    here = rows.filter(
        post__role__in=LEADING_ROLES,
        post__is_active=True,
        post__organization__place__code__startswith=county_code,
    )
    return list(here.order_by("post__organization__place__code", "post__organization__code", "pk"))


def options(typed: str, county_code: str, today: date) -> list[Option]:
    """What a typed unit, post or name can mean, by post code."""
    typed = typed.strip()
    if not typed:
        return []
    found = {
        row.post.code: Option(row.post.code, str(row.post), row.user.name)
        for row in of_county(county_code, today)
        if typed in f"{row.post}{row.user.name}" or row.post.code.startswith(typed.lower())
    }
    return list(found.values())[:SHOWN]


def post_named(typed: str, county_code: str, today: date) -> Post | None:
    """The one post that code, title or holder's name mean; none when it is not clear which."""
    rows = of_county(county_code, today)
    for known in (lambda row: row.post.code, lambda row: str(row.post), lambda row: row.user.name):
        found = {row.post_id: row.post for row in rows if known(row) == typed}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def post_choices(dispute: Dispute, now: datetime) -> list[tuple[str, str]]:
    """By post code; a post held by two is one choice."""
    found = {row.post.code: with_aside(row.post, row.user.name) for row in leaders(dispute, now)}
    if dispute.responsible_leader is not None:
        found.pop(dispute.responsible_leader.code, None)
    return list(found.items())


def person_choices(dispute: Dispute, now: datetime, *, principals: bool = False) -> list[tuple[str, str]]:
    """By appointment."""
    return [
        (str(row.pk), with_aside(row.post, row.user.name))
        for row in leaders(dispute, now)
        if not principals or row.post.role in PRINCIPAL_ROLES
    ]
