"""What the intake form offers while typing: places, units, people, categories; and the words for what was chosen."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Case, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from core.actor import Actor
from core.remembered import remembered
from disputes.models import DisputeCategory
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Organization, Place, Sector

SHOWN = 30
UNIT, PERSON = "unit:", "person:"
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Option:
    """One line of a type-ahead, as combobox.js reads it."""

    value: str
    label: str
    note: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def places(typed: str, by: Actor, today: date) -> list[Option]:
    """Places of the county by name, code or initials, one's own town first."""
    own = by.organization.place
    rows = _places(own.county_code, today)
    found = [(place, label) for place, label in rows if _means(place, label, typed.strip())]
    found.sort(key=lambda pair: (not pair[0].code.startswith(own.town_code or "-"), pair[0].code))
    return [Option(place.code, label, place.alias or place.code) for place, label in found[:SHOWN]]


def _places(county: str, today: date) -> list[tuple[Place, str]]:
    rows = Place.objects.within(county).valid_on(today).select_related("parent")
    return [(place, place_label(place)) for place in rows.order_by("code")]


def place_label(place: Place) -> str:
    """青石镇石桥村."""
    if place.kind == PlaceKind.VILLAGE and place.parent:
        return f"{place.parent.name}{place.name}"
    return place.name


def _means(place: Place, label: str, typed: str) -> bool:
    """Part of the name, code or alias, or the initials: of the place alone or with its town's before them."""
    small = typed.lower()
    whole = (place.parent.pinyin if place.parent else "") + place.pinyin
    starts = (place.pinyin, whole, place.code)
    return (
        typed in label
        or small in (place.code, place.alias)
        or (bool(small) and any(known.startswith(small) for known in starts))
    )


def place_named(typed: str, by: Actor, today: date) -> str:
    """The code for what was typed without the list: by code, alias or full name; else it stays as it is."""
    return place_in_county(typed, by.organization.place.county_code, today)


def place_in_county(typed: str, county: str, today: date) -> str:
    """The same among the places of that county."""
    known = _code_of(typed)
    if known or not typed:
        return known or ""
    named = [place for place, label in _places(county, today) if typed in (label, place.name)]
    return named[0].code if len(named) == 1 else typed


@remembered(1024)
def _code_of(typed: str) -> str | None:
    code: str | None = Place.objects.by_code(typed).values_list("code", flat=True).first()
    return code


@remembered(1024)
def label_of_place(code: str) -> str:
    place = Place.objects.by_code(code).select_related("parent").first()
    return place_label(place) if place else code


def default_place(by: Actor) -> str:
    """One's own town or village; at the county none."""
    place = by.organization.place
    return "" if place.kind == PlaceKind.COUNTY else place.code


def units(typed: str, today: date, *, near: Place | None = None, free: bool = False) -> list[Option]:
    """Units by name, code or initials, those of the town or village `near` first; `free` adds what was typed, for a
    unit that is not in the register."""
    typed = typed.strip()
    if not typed:
        return []
    town = near.town_code if near else ""
    far = Case(When(place__code__startswith=town or "-", then=Value(0)), default=Value(1))
    found = Organization.objects.valid_on(today).matching(typed).select_related("place")
    rows = found.order_by(far, "place__code", "code")[: SHOWN // 2]
    options = [Option(row.code, row.name, row.place.name) for row in rows]
    if free and typed not in {option.label for option in options}:
        options.append(Option(typed[:100], typed[:100], _("按此名称登记")))
    return options


def label_of_unit(code: str) -> str:
    unit = Organization.objects.filter(code=code).first()
    return unit.name if unit else code


def accused(typed: str, today: date, near: Place | None = None) -> list[Option]:
    """Units and people a complaint can be about."""
    typed = typed.strip()
    if not typed:
        return []
    people = Appointment.objects.current(today).filter(
        Q(user__name__icontains=typed) | Q(user__username__istartswith=typed)
    )
    found = [
        Option(f"{PERSON}{row.user.username}", row.user.name, str(row.post))
        for row in people.with_post()[: SHOWN // 2]
    ]
    return [
        *(
            Option(f"{UNIT}{option.value}", option.label, option.note)
            for option in units(typed, today, near=near)
        ),
        *found,
    ]


def label_of_accused(value: str) -> str:
    if value.startswith(PERSON):
        user = User.objects.filter(username=value.removeprefix(PERSON)).first()
        return user.name if user else value
    return label_of_unit(value.removeprefix(UNIT))


def accused_named(typed: str, today: date) -> str:
    """What was typed without the list: a full name of one unit or person becomes its value."""
    if not typed or typed.startswith((UNIT, PERSON)):
        return typed
    named = {option.value for option in accused(typed, today) if option.label == typed}
    return named.pop() if len(named) == 1 else typed


def categories() -> list[tuple[str, Choices]]:
    """Grouped, in their order."""
    english = (get_language() or "").startswith("en")
    groups: dict[str, Choices] = {}
    for row in _categories():
        groups.setdefault(row.group, []).append((row.code, row.name_en if english else row.name))
    return [(_(group) if group else "", rows) for group, rows in groups.items()]


@remembered(1)
def _categories() -> tuple[DisputeCategory, ...]:
    return tuple(DisputeCategory.objects.filter(is_active=True))


@remembered(256)
def category_name(code: str) -> str:
    """The category in the county's language; empty where there is none of that code."""
    name: str | None = DisputeCategory.objects.filter(code=code).values_list("name", flat=True).first()
    return name or ""


def other_towns(by: Actor, today: date) -> Choices:
    """The towns of the county, without one's own."""
    own = by.organization.place
    return [(code, name) for code, name in _towns(own.county_code, today) if code != own.town_code]


def towns_of_county(county: str, today: date) -> Choices:
    return list(_towns(county, today))


@remembered(16)
def _towns(county: str, today: date) -> tuple[tuple[str, str], ...]:
    rows = Place.objects.within(county).towns().valid_on(today)
    return tuple((row.code, row.name) for row in rows)


def sectors() -> Choices:
    return list(_sectors())


@remembered(1)
def _sectors() -> tuple[tuple[str, str], ...]:
    return tuple((row.code, row.name) for row in Sector.objects.all())
