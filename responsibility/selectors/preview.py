"""Who would be responsible for what is typed so far. Half-typed facts are no faults here: they are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.keys import person_key, unit_key
from accounts.models import User
from core.actor import Actor
from core.clock import shanghai_date
from disputes.models import DisputeCategory
from disputes.rules.consent import is_asked
from disputes.rules.intake import clean_text
from disputes.selectors import intake
from jurisdictions.models import Organization, Place, Sector
from responsibility.selectors.resolving import Resolution, Stated, resolve, towns_of

MOST, YES = 60, "yes"


@dataclass(frozen=True)
class Typed:
    place: str
    towns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    unit: str = ""
    unit_relation: str = ""
    unit_consent: str = ""  # as the intake form writes it
    category: str = ""
    accused: tuple[str, ...] = ()  # as the intake form writes them: unit:CODE, person:USERNAME


def preview(typed: Typed, by: Actor, now: datetime) -> Resolution | None:
    """Nothing before a known place is typed."""
    today = shanghai_date(now)
    code = clean_text(typed.place)[:60]
    place = Place.objects.by_code(intake.place_named(code, by, today)).first() if code else None
    if place is None:
        return None
    unit_name = clean_text(typed.unit)[:100]
    unit = Organization.objects.named(unit_name).valid_on(today).first()
    category = DisputeCategory.objects.filter(code=typed.category[:24]).first() if typed.category else None
    stated = Stated(
        county_code=place.county_code,
        towns=towns_of(place.code, _town_codes(typed.towns)),
        sectors=_sector_codes(typed.sectors),
        unit_id=unit.pk if unit else None,
        unit_name=unit.name if unit else unit_name,
        unit_relation=typed.unit_relation if unit_name else "",
        unit_untold=bool(unit_name) and is_asked(typed.unit_relation) and typed.unit_consent != YES,
        hot_field=category.hot_field if category else "",
        barred=_barred(typed.accused),
    )
    found = resolve(stated, now)
    return replace(found, letter_to="") if stated.unit_untold else found


def _town_codes(codes: tuple[str, ...]) -> list[str]:
    return list(Place.objects.towns().by_codes(codes[:MOST]).values_list("code", flat=True))


def _sector_codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """In the order in which they were named."""
    if not codes:
        return ()
    known = {key: row.code for row in Sector.objects.all() for key in (row.code, row.alias)}
    return tuple(dict.fromkeys(known[code] for code in codes if code in known))


def _barred(accused: tuple[str, ...]) -> frozenset[int]:
    units = [value.removeprefix(intake.UNIT) for value in accused if value.startswith(intake.UNIT)]
    people = [value.removeprefix(intake.PERSON) for value in accused if value.startswith(intake.PERSON)]
    return barred_keys(units, people)


def barred_keys(units: Sequence[str], people: Sequence[str]) -> frozenset[int]:
    """The keys of units (by code) and people (by username) that must keep out."""
    keys: set[int] = set()
    if units:
        keys |= {
            unit_key(pk) for pk in Organization.objects.filter(code__in=units).values_list("pk", flat=True)
        }
    if people:
        keys |= {
            person_key(pk) for pk in User.objects.filter(username__in=people).values_list("pk", flat=True)
        }
    return frozenset(keys)
