"""To whom a centre may assign: the units and people a dispatcher chooses from. Every door asks here."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from accounts.keys import KINDS, PERSON, UNIT
from accounts.models import Appointment
from accounts.querysets import AppointmentQuerySet
from core.actor import Actor
from disputes.choices import PERSON_ROLES
from disputes.models import DispatchCatalogue, Dispute
from disputes.selectors.intake import SHOWN, Option
from disputes.selectors.unit_ranks import Suggestion, holds, hot_field, rank_of, suggestion
from jurisdictions.choices import HotField, OrganizationKind, PlaceKind
from jurisdictions.models import Organization
from jurisdictions.querysets import OrganizationQuerySet

Choices = list[tuple[str, str]]
HOLDS_THE_FIELD, OF_THE_VILLAGE, OTHERS = range(3)


def units_within_reach(centre: Organization, today: date) -> OrganizationQuerySet:
    """What the centre may order: the county its whole county; a town what lies in it, and those departments of its
    own county whose sector the dated catalogue names. Never another town's station of the same sector."""
    rows: OrganizationQuerySet = Organization.objects.valid_on(today).filter(vertically_managed=False)
    place = centre.place
    if centre.is_county_level:
        return rows.within(place.code)
    allowed = DispatchCatalogue.objects.filter(effective_from__lte=today).exclude(effective_to__lt=today)
    departments = rows.filter(place__code=place.county_code, sectors__in=allowed.values("sector"))
    return rows.filter(Q(place__code__startswith=place.code) | Q(pk__in=departments.values("pk")))


def towns_to_hand_to(dispute: Dispute, today: date) -> list[Organization]:
    """The receiving centres of the county's other towns, without those barred; the town it happened in first."""
    managing = dispute.managing_org
    barred = [key // KINDS for key in dispute.barred_keys if key % KINDS == UNIT]
    rows = Organization.objects.centres().valid_on(today).within(managing.place.county_code)
    rows = (
        rows.exclude(pk__in=[managing.pk, *barred]).filter(place__kind=PlaceKind.TOWN).select_related("place")
    )
    return sorted(rows, key=lambda row: (row.place_id != dispute.town_id, row.place.code))


def units_offered(dispute: Dispute, typed: str, today: date) -> list[Option]:
    """Who holds the field first, then the place it happened in; never more than a type-ahead shows."""
    rows = _assignable(dispute, today)
    if typed.strip():
        rows = rows.matching(typed.strip())
    return [Option(row.code, row.name, row.place.name) for row in _ranked(dispute, rows)[:SHOWN]]


def suggested(dispute: Dispute, today: date) -> Suggestion | None:
    """The first unit offered with the reason why; None where nothing speaks for one of them.

    A field that is none (其他) speaks for nobody: then the place decides.
    """
    rows = _ranked(dispute, _assignable(dispute, today))
    if hot_field(dispute) in ("", HotField.OTHER) and not dispute.involved_sectors:
        rows = rows.exclude(holds(dispute))
    first = rows.first()
    return suggestion(dispute, first, first.rank) if first is not None else None


def _ranked(dispute: Dispute, rows: OrganizationQuerySet) -> OrganizationQuerySet:
    ranked = rows.annotate(rank=rank_of(dispute)).select_related("place")
    ordered: OrganizationQuerySet = ranked.order_by("rank", "place__code", "code")
    return ordered


def of_no_field(by: Actor) -> Dispute:
    """What several disputes have in common when they are assigned at once: only who manages them."""
    return Dispute(managing_org=by.organization, barred_keys=[])


def unit_named(dispute: Dispute, typed: str, today: date) -> str:
    """The code for what was typed without the list: by code, full or short name, a town for its centre; else it stays
    as it is."""
    typed = typed.strip()
    units = _assignable(dispute, today)
    of_a_town = units.filter(kind=OrganizationKind.GOVERNANCE_CENTRE, place__name=typed)
    fitting = units.named(typed) | of_a_town
    found = list(fitting.values_list("code", flat=True)[:2]) if typed else []
    return str(found[0]) if len(found) == 1 else typed


def _assignable(dispute: Dispute, today: date) -> OrganizationQuerySet:
    """Units within reach of the managing centre that hold somebody who can act, without those barred."""
    barred = [key // KINDS for key in dispute.barred_keys if key % KINDS == UNIT]
    staffed = Appointment.objects.current(today).filter(
        post__organization=OuterRef("pk"), post__role__in=PERSON_ROLES
    )
    return units_within_reach(dispute.managing_org, today).exclude(pk__in=barred).filter(Exists(staffed))


def people_within_reach(dispute: Dispute, centre: Organization, today: date) -> AppointmentQuerySet:
    """Whom a meeting of that centre may ask to do something for the case: people of the units it may order,
    without those who must keep out."""
    barred = list(dispute.barred_keys)
    units = [key // KINDS for key in barred if key % KINDS == UNIT]
    people = [key // KINDS for key in barred if key % KINDS == PERSON]
    of_units = Appointment.objects.current(today).filter(post__organization__in=units).values("user_id")
    rows = Appointment.objects.current(today).filter(
        post__role__in=PERSON_ROLES, post__organization__in=units_within_reach(centre, today).values("pk")
    )
    rows = rows.exclude(user_id__in=people).exclude(user_id__in=of_units)
    return rows.with_post().order_by("post__organization__place__code", "post__organization__code", "pk")


def people_offered(dispute: Dispute, centre: Organization, typed: str, today: date) -> list[Option]:
    """Who handles the case now and who holds its field first; by unit, post or name."""
    rows, typed = people_within_reach(dispute, centre, today), typed.strip()
    if typed:
        unit = Q(post__organization__name__icontains=typed) | Q(
            post__organization__short_name__icontains=typed
        )
        rows = rows.filter(unit | Q(post__title__icontains=typed) | Q(user__name__icontains=typed))
    unit_holds = Organization.objects.filter(holds(dispute)).values("pk")
    rank = Case(
        When(pk=dispute.responsible_person_id or 0, then=Value(HOLDS_THE_FIELD)),
        When(post__organization__in=unit_holds, then=Value(OF_THE_VILLAGE)),
        default=Value(OTHERS),
        output_field=IntegerField(),
    )
    ranked = rows.annotate(rank=rank).order_by("rank", *rows.query.order_by)
    return [Option(str(row.pk), row.user.name, str(row.post)) for row in ranked[:SHOWN]]


def person_named(dispute: Dispute, centre: Organization, typed: str, today: date) -> Appointment | None:
    """The one person within reach that the number of the appointment, the account or the full name mean."""
    rows, typed = people_within_reach(dispute, centre, today), typed.strip()
    if not typed:
        return None
    known = Q(user__username=typed) | Q(user__name=typed)
    if typed.isascii() and typed.isdigit() and len(typed) < 18:
        known |= Q(pk=int(typed))
    found = list(rows.filter(known)[:2])
    return found[0] if len(found) == 1 else None


def staff_offered(dispute: Dispute, unit: str, typed: str, today: date) -> list[Option]:
    """Whom the managing centre may make responsible, by unit code where one is chosen; their account is the value."""
    rows, typed = people_within_reach(dispute, dispute.managing_org, today), typed.strip()
    if unit.strip():
        rows = rows.filter(post__organization__code=unit_named(dispute, unit, today))
    if typed:
        known = Q(user__name__icontains=typed) | Q(post__title__icontains=typed)
        rows = rows.filter(known | Q(user__username__istartswith=typed))
    return [Option(row.user.username, row.user.name, str(row.post)) for row in rows[:SHOWN]]


def staff_named(dispute: Dispute, typed: str, today: date) -> str:
    """The account for what was typed without the list: an account or a full name; else it stays as it is."""
    named = person_named(dispute, dispute.managing_org, typed, today)
    return named.user.username if named else typed.strip()


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
