"""A level 1 or 2, or danger to a person, opens what is restricted to those who must act: Party secretary, head of
government and police head of each of its places, and the county office. Every look of theirs is recorded
(`services/looks.py`)."""

from datetime import datetime

from django.db.models import Q

from accounts.keys import post_key
from disputes.models import AccessGrant, Dispute
from disputes.rules.lifecycle import is_urgent
from disputes.services import access
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Post

WHO_ACTS = (
    (OrganizationKind.PARTY_COMMITTEE, PostRole.PARTY_SECRETARY),
    (OrganizationKind.GOVERNMENT, PostRole.HEAD),
    (OrganizationKind.POLICE_STATION, PostRole.HEAD),
)


def follow(dispute: Dispute, *, now: datetime) -> bool:
    """Opens it to them, ends what no longer holds; True where something changed: then the caller rebuilds the keys
    and saves them. Needs the dispute's lock. Asked of what is restricted, or was until now."""
    reason = AccessGrant.Reason.ALARM
    wanted = _keys(dispute) if is_opened(dispute) else set()
    rows = AccessGrant.objects.filter(dispute=dispute, reason=reason, ends_at=None)
    present = set(rows.values_list("key", flat=True))
    if present == wanted:
        return False
    access.end(dispute, reason, now=now, keys=present - wanted)
    access.grant(dispute, sorted(wanted - present), reason, now=now)
    return True


def is_opened(dispute: Dispute) -> bool:
    return dispute.is_restricted and is_urgent(dispute.warning_level, danger=dispute.danger)


def _keys(dispute: Dispute) -> set[int]:
    """The posts of its towns, of the county where it has none; and the county centre's."""
    county = dispute.place_code[:6]
    handling = dispute.handed_town.code if dispute.handed_town else ""
    places = {code for code in (dispute.place_code[:9], handling, *dispute.involved_towns) if len(code) == 9}
    leaders = Q(pk__in=[])
    for kind, role in WHO_ACTS:
        leaders |= Q(organization__kind=kind, role=role)
    leaders &= Q(organization__place__code__in=places or {county})
    office = Q(
        organization__kind=OrganizationKind.GOVERNANCE_CENTRE,
        organization__place__code=county,
        role__in=access.CENTRE_ROLES,
    )
    return {post_key(pk) for pk in Post.objects.filter(leaders | office).values_list("pk", flat=True)}
