"""From stated facts to rows: looks every code up once and collects all messages by field."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from core import days
from core.actor import Actor
from core.batch_cache import BatchCache
from core.clock import shanghai_date
from core.remembered import remembered
from disputes import extensions
from disputes.choices import PartyKind, PartyRole, Source, UnitRelation
from disputes.errors import InvalidInput, NotPermitted
from disputes.models import DisputeCategory
from disputes.rules import intake, origin
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.rules.page_order import in_page_order
from disputes.wording_faults import FAULTS
from disputes.wording_origin import ORIGIN_FAULTS
from jurisdictions.choices import OrganizationKind, PlaceKind
from jurisdictions.models import Organization, Place, Sector


@dataclass
class Resolved:
    """The rows the facts name."""

    category: DisputeCategory
    place: Place
    town: Place | None
    centre: Organization
    managing: Organization
    towns: list[Place] = field(default_factory=list)
    sectors: list[Sector] = field(default_factory=list)
    unit: Organization | None = None
    accused_units: list[Organization] = field(default_factory=list)
    accused_people: list[User] = field(default_factory=list)
    party_units: dict[str, Organization] = field(default_factory=dict)  # by code and by name

    def party_unit(self, party: PartyFacts) -> Organization | None:
        return self.unit_among(self.party_units, party)

    @staticmethod
    def unit_among(units: Mapping[str, Organization], party: PartyFacts) -> Organization | None:
        """By the code stated, else by the exact name of what is no person."""
        named = "" if party.kind == PartyKind.NATURAL else party.name
        return units.get(party.organization) or units.get(named)


@dataclass(frozen=True)
class Named:
    """The rows a correction names; None and empty where it speaks of nothing of the kind."""

    category: DisputeCategory | None = None
    place: Place | None = None
    towns: Sequence[Place] = ()
    sectors: Sequence[Sector] = ()
    unit: Organization | None = None

    @property
    def town(self) -> Place | None:
        return town_of(self.place) if self.place else None

    @property
    def place_name(self) -> str:
        return place_name(self.place) if self.place else ""


class Checker:
    """Collects messages by field while it looks things up."""

    def __init__(self, facts: IntakeFacts, by: Actor, now: datetime, memo: BatchCache | None = None) -> None:
        self.facts, self.by, self.now, self.today = facts, by, now, shanghai_date(now)
        self.memo = memo or BatchCache()
        found = intake.faults(facts, self.today)
        self.errors: dict[str, list[object]] = {
            name: [FAULTS[fault] for fault in faults] for name, faults in found.items()
        }
        for name, fault in origin.faults(facts.origin, self.today) if facts.origin else ():
            self.need(False, f"origin.{name}", ORIGIN_FAULTS[fault])
        told_at = facts.danger_told_at
        past = told_at is None or days.is_too_early(told_at) or told_at <= now
        self.need(past, "danger_told_at", FAULTS[intake.Fault.TOLD_IN_FUTURE])

    def resolve(self) -> Resolved:
        """Raises InvalidInput with every message at its field."""
        facts = self.facts
        category = self._category()
        self.need(facts.source in Source.values or not facts.source, "source", _("没有这种来源。"))
        self.need(
            facts.unit_relation in ("", *UnitRelation.values), "unit_relation", _("请选择单位与争议的关系。")
        )
        place = self._place(facts.place, "place")
        towns = self._towns()
        sectors = self._sectors()
        unit = self._unit()
        accused_units = self._accused_units()
        accused_people = self._accused_people()
        for index, party in enumerate(facts.parties):
            self._party(index, party)
        self._settled_on_spot(category)
        if self.errors or category is None or place is None:
            raise InvalidInput(in_page_order(self.errors))
        unit_of_clerk = self.by.organization
        centre = self.memo.once(("receiving", unit_of_clerk.pk), lambda: receiving_centre(self.by))
        town = town_of(place)
        managing = managing_centre(centre, accused_units, accused_people, self.now)
        return Resolved(
            category,
            place,
            town,
            centre,
            managing,
            towns,
            sectors,
            unit,
            accused_units,
            accused_people,
            self._party_units(),
        )

    def named(self, names: Collection[str]) -> Named:
        """Looks up what these facts name, for a correction; what is wrong is added to `errors`."""
        facts = self.facts
        relations = ("", *UnitRelation.values)
        if "unit_relation" in names:
            self.need(facts.unit_relation in relations, "unit_relation", _("请选择单位与争议的关系。"))
        return Named(
            category=self._category() if "category" in names else None,
            place=self._place(facts.place, "place") if "place" in names else None,
            towns=self._towns() if "towns" in names else (),
            sectors=self._sectors() if "sectors" in names else (),
            unit=self._unit() if "unit" in names else None,
        )

    def party_named(self, index: int) -> Organization | None:
        """The unit of this county that a party is, if it is one; what is wrong is added to `errors`."""
        party = self.facts.parties[index]
        self._party(index, party)
        unit = Resolved.unit_among(self._party_units(), party)
        self.need(
            unit or not party.organization,
            f"parties.{index}.organization",
            _("没有找到这个单位，请从列表中选择。"),
        )
        return unit

    def _category(self) -> DisputeCategory | None:
        code = self.facts.category
        category = self.memo.once(("category", code), lambda: _category(code))
        self.need(category or not code, "category", _("没有这个类别，请从列表中选择。"))
        return category

    def need(self, fine: object, name: str, message: object) -> None:
        if not fine:
            self.errors.setdefault(name, []).append(message)

    def _settled_on_spot(self, category: DisputeCategory | None) -> None:
        facts = self.facts
        if facts.settle_on_spot is None:
            return
        for message in extensions.refusals("settle_on_spot", facts, self.now):
            self.need(False, "settle_on_spot", message)
        restricted = restricts(facts, category)
        self.need(not restricted, "settle_on_spot", _("限制知悉的纠纷不能当场化解，请按正常程序登记。"))

    def _place(self, code: str, name: str) -> Place | None:
        place = self.memo.once(("place", code, self.today), lambda: _place(code, self.today))
        self.need(place or not code, name, _("没有找到“%s”，请从列表中选择。") % code[:40])
        return place

    def _towns(self) -> list[Place]:
        codes = self.facts.towns
        if not codes:
            return []
        known = _towns(self.today)
        for code in codes:
            self.need(code in known, "towns", _("没有找到“%s”，请从列表中选择。") % code[:40])
        return list(dict.fromkeys(known[code] for code in codes if code in known))

    def _unit(self) -> Organization | None:
        """By code or exact name; another name is kept as it was written."""
        stated = self.facts.unit
        return Organization.objects.named(stated).valid_on(self.today).first() if stated else None

    def _party_units(self) -> dict[str, Organization]:
        """Units of this county among the parties, so that they never see the level of their own case."""
        codes = {party.organization for party in self.facts.parties if party.organization}
        names = {party.name for party in self.facts.parties if party.kind != PartyKind.NATURAL}
        if not codes | names:
            return {}
        key = ("party units", frozenset(codes), frozenset(names))
        return self.memo.once(key, lambda: _units_named(codes, names))

    def _sectors(self) -> list[Sector]:
        if not self.facts.sectors:
            return []
        known = _sectors()
        for code in self.facts.sectors:
            self.need(code in known, "sectors", _("没有“%s”这个行业。") % code)
        return list(dict.fromkeys(known[code] for code in self.facts.sectors if code in known))

    def _accused_units(self) -> list[Organization]:
        if not self.facts.accused_units:
            return []
        rows = list(Organization.objects.select_related("place").filter(code__in=self.facts.accused_units))
        self.need(
            len(rows) == len(set(self.facts.accused_units)), "accused_units", _("没有找到被反映的单位。")
        )
        return rows

    def _accused_people(self) -> list[User]:
        if not self.facts.accused_people:
            return []
        rows = list(User.objects.filter(username__in=self.facts.accused_people))
        self.need(
            len(rows) == len(set(self.facts.accused_people)), "accused_people", _("没有找到被反映的人员。")
        )
        return rows

    def _party(self, index: int, party: PartyFacts) -> None:
        prefix = f"parties.{index}"
        self.need(party.role in PartyRole.values, f"{prefix}.role", _("请选择当事人身份。"))
        self.need(party.kind in PartyKind.values, f"{prefix}.kind", _("请选择当事人类型。"))


def restricts(facts: IntakeFacts, category: DisputeCategory | None) -> bool:
    """限制知悉 as stated; where nothing was, as the category says."""
    by_default = category is not None and category.restricted_by_default
    return by_default if facts.restricted is None else facts.restricted


def _units_named(codes: set[str], names: set[str]) -> dict[str, Organization]:
    rows = Organization.objects.filter(Q(code__in=codes) | Q(name__in=names) | Q(short_name__in=names))
    return {key: row for row in rows for key in (row.short_name, row.name, row.code) if key}


@remembered(256)
def _category(code: str) -> DisputeCategory | None:
    return DisputeCategory.objects.filter(code=code, is_active=True).first()


def _place(code: str, day: date) -> Place | None:
    """In force on that day; what is remembered is good for every day."""
    return next((place for place in _places(code) if place.is_valid(day)), None)


@remembered(1024)
def _places(code: str) -> tuple[Place, ...]:
    return tuple(Place.objects.by_code(code).select_related("parent__parent"))


@remembered(4)
def _towns(day: date) -> Mapping[str, Place]:
    """The towns of that day by code and alias."""
    rows = Place.objects.towns().valid_on(day)
    return {key: row for row in rows for key in (row.code, row.alias) if key}


@remembered(1)
def _sectors() -> Mapping[str, Sector]:
    return {key: row for row in Sector.objects.all() for key in (row.code, row.alias)}


def town_of(place: Place) -> Place | None:
    """The town a place lies in or is; none of a county. Needs its parent loaded."""
    return place.parent if place.kind == PlaceKind.VILLAGE else place if place.town_code else None


def place_name(place: Place) -> str:
    """青石镇石桥村: as the place is called today."""
    town = town_of(place)
    return f"{town.name}{place.name}" if town and place.pk != town.pk else place.name


def receiving_centre(by: Actor) -> Organization:
    """The centre whose book takes the number: the actor's own, or the one of their town."""
    organization = by.organization
    if organization.kind == OrganizationKind.GOVERNANCE_CENTRE:
        return organization
    code = organization.place.town_code or organization.place.code
    centre = Organization.objects.select_related("place").centres().filter(place__code=code).first()
    if centre is None:
        raise NotPermitted(_("您所在的地方还没有设置综治中心，不能登记。请联系管理员。"))
    return centre


def managing_centre(
    centre: Organization, units: list[Organization], people: list[User], now: datetime
) -> Organization:
    """One level above whom the complaint is about (信访工作条例 art. 30): villages → town, towns and up → county."""
    if centre.is_county_level or not (units or people):
        return centre
    posts = Appointment.objects.current(shanghai_date(now)).filter(user__in=people).with_post()
    concerned = [*units, *(appointment.post.organization for appointment in posts)]
    if all(unit.place.kind == PlaceKind.VILLAGE for unit in concerned):
        return centre
    return Organization.objects.select_related("place").centres().get(place__code=centre.place.county_code)
