"""To whom a centre may assign: the units and people a dispatcher chooses from."""

from datetime import date

from django.db.models import Q

from accounts.keys import KINDS, PERSON, UNIT, unit_key
from accounts.models import Appointment
from accounts.querysets import AppointmentQuerySet
from core.wording import with_aside
from disputes.models import DispatchCatalogue, Dispute
from disputes.services.dispatch import PERSON_ROLES
from jurisdictions.models import Organization
from jurisdictions.querysets import OrganizationQuerySet

Choices = list[tuple[str, str]]


def unit_choices(dispute: Dispute, today: date) -> Choices:
    """Units within reach of the managing centre that hold somebody who can act, without those barred."""
    centre = dispute.managing_org
    rows = _units_within_reach(centre, today)
    staffed = Appointment.objects.current(today).filter(post__role__in=PERSON_ROLES)
    rows = rows.filter(posts__appointments__in=staffed).distinct().order_by("place__code", "code")
    barred = set(dispute.barred_keys)
    return [(row.code, with_aside(row.name, row.code)) for row in rows if unit_key(row.pk) not in barred]


def people_within_reach(dispute: Dispute, centre: Organization, today: date) -> AppointmentQuerySet:
    """Whom a meeting of that centre may ask to do something for the case: people of the units it may order,
    without those who must keep out."""
    barred = list(dispute.barred_keys)
    units = [key // KINDS for key in barred if key % KINDS == UNIT]
    people = [key // KINDS for key in barred if key % KINDS == PERSON]
    of_units = Appointment.objects.current(today).filter(post__organization__in=units).values("user_id")
    rows = Appointment.objects.current(today).filter(
        post__role__in=PERSON_ROLES, post__organization__in=_units_within_reach(centre, today).values("pk")
    )
    rows = rows.exclude(user_id__in=people).exclude(user_id__in=of_units)
    return rows.with_post().order_by("post__organization__place__code", "post__organization__code", "pk")


def _units_within_reach(centre: Organization, today: date) -> OrganizationQuerySet:
    rows = Organization.objects.valid_on(today).filter(vertically_managed=False)
    if centre.is_county_level:
        return rows
    allowed = DispatchCatalogue.objects.filter(effective_from__lte=today).exclude(effective_to__lt=today)
    sectors = allowed.values("sector_id")
    return rows.filter(Q(place__code__startswith=centre.place.code) | Q(sectors__in=sectors))


def person_choices(dispute: Dispute, today: date) -> Choices:
    """The people of the lead unit; before dispatch the unit's default is taken."""
    if dispute.lead_unit_id is None:
        return []
    people = Appointment.objects.current(today).filter(
        post__organization_id=dispute.lead_unit_id, post__role__in=PERSON_ROLES
    )
    return [
        (person.user.username, str(person)) for person in people.select_related("user", "post__organization")
    ]
