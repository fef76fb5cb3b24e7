"""A small county: centre, two departments, an enterprise, towns t01 and t02 with two villages each.

Codes follow the demo county: `county.centre`, `t01.centre`, `t01.v01`, `hrss`, `unit01`; posts `code:role`.
"""

from __future__ import annotations

from dataclasses import dataclass

from jurisdictions.choices import HotField, OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Organization, Place, Post, Sector

COUNTY_CODE = "369901"
K, R = OrganizationKind, PostRole
TOWNS = {"t01": "青石镇", "t02": "柳河乡"}
VILLAGES = {"v01": "上湾村", "v02": "石桥村"}
SECTORS = {"labour": ("劳动和社会保障", "hrss"), "natural_resources": ("自然资源", "nr")}


@dataclass(frozen=True)
class Unit:
    """One organization: code, name, kind, place by alias, its posts as role → username."""

    code: str
    name: str
    kind: OrganizationKind
    place: str
    posts: dict[PostRole, str]
    parent: str = ""
    sector: str = ""


def _county_units() -> list[Unit]:
    return [
        Unit("county.party", "县委", K.PARTY_COMMITTEE, "county", {R.PARTY_SECRETARY: "county.secretary"}),
        Unit(
            "county.gov", "县政府", K.GOVERNMENT, "county", {R.HEAD: "county.head", R.DEPUTY: "county.deputy"}
        ),
        Unit(
            "county.centre",
            "县综治中心",
            K.GOVERNANCE_CENTRE,
            "county",
            {R.OFFICE: "county.office", R.COORDINATOR: "county.coordinator", R.DUTY: "county.duty"},
        ),
        Unit("county.data", "县数据中心", K.DEPARTMENT, "county", {R.ADMINISTRATOR: "admin"}),
        Unit("county.security", "县网安办", K.DEPARTMENT, "county", {R.SECURITY: "security"}),
        Unit("county.audit", "县执法监督室", K.DEPARTMENT, "county", {R.AUDITOR: "auditor"}),
        _department("hrss", "县人社局", "labour"),
        _department("nr", "县自然资源局", "natural_resources"),
    ]


def _department(code: str, name: str, sector: str) -> Unit:
    posts = {R.HANDLER: f"{code}.handler", R.DEPUTY: f"{code}.deputy", R.HEAD: f"{code}.head"}
    return Unit(code, name, K.DEPARTMENT, "county", posts, "county.gov", sector)


def _town_units(t: str, name: str) -> list[Unit]:
    return [
        Unit(f"{t}.party", f"{name}党委", K.PARTY_COMMITTEE, t, {R.PARTY_SECRETARY: f"{t}.secretary"}),
        Unit(
            f"{t}.gov",
            f"{name}政府",
            K.GOVERNMENT,
            t,
            {R.HEAD: f"{t}.mayor", R.DEPUTY: f"{t}.deputy"},
            "county.gov",
        ),
        Unit(
            f"{t}.centre",
            f"{name}综治中心",
            K.GOVERNANCE_CENTRE,
            t,
            {R.CLERK: f"{t}.clerk", R.COORDINATOR: f"{t}.coordinator", R.DUTY: f"{t}.duty"},
            "county.centre",
        ),
        Unit(f"{t}.justice", f"{name}司法所", K.JUSTICE_OFFICE, t, {R.HANDLER: f"{t}.justice"}, f"{t}.gov"),
        Unit(f"{t}.police", f"{name}派出所", K.POLICE_STATION, t, {R.HANDLER: f"{t}.police"}),
        Unit(f"{t}.mediation", f"{name}调委会", K.MEDIATION_COMMITTEE, t, {R.MEDIATOR: f"{t}.mediator"}),
        *(
            Unit(
                f"{t}.{v}",
                f"{village}委会",
                K.VILLAGE_COMMITTEE,
                f"{t}.{v}",
                {R.VILLAGE_SECRETARY: f"{t}.{v}"},
                f"{t}.gov",
            )
            for v, village in VILLAGES.items()
        ),
    ]


def units() -> list[Unit]:
    """Parents stand before their children."""
    rows = _county_units()
    for alias, name in TOWNS.items():
        rows += _town_units(alias, name)
    posts = {R.HANDLER: "unit01.handler", R.HEAD: "unit01.head"}
    return [*rows, Unit("unit01", "青岚陶瓷厂", K.ENTERPRISE, "t01", posts)]


def make_places() -> dict[str, Place]:
    """By alias: county, t01, t02, t01.v01 …"""
    county = Place.objects.create(code=COUNTY_CODE, name="青岚县", kind=PlaceKind.COUNTY)
    towns = Place.objects.bulk_create(
        Place(code=f"{COUNTY_CODE}{number:03d}", name=name, kind=PlaceKind.TOWN, parent=county, alias=alias)
        for number, (alias, name) in enumerate(TOWNS.items(), start=101)
    )
    villages = Place.objects.bulk_create(
        Place(
            code=f"{town.code}{number:03d}",
            name=name,
            kind=PlaceKind.VILLAGE,
            parent=town,
            alias=f"{town.alias}.{alias}",
        )
        for town in towns
        for number, (alias, name) in enumerate(VILLAGES.items(), start=201)
    )
    return {"county": county} | {place.alias: place for place in (*towns, *villages)}


def make_organizations(places: dict[str, Place]) -> dict[str, Organization]:
    """By code. Those on top first: a row is written once, for a change would need its line in the access log."""
    by_code: dict[str, Organization] = {}
    waiting = units()
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in by_code]
        made = Organization.objects.bulk_create(
            Organization(
                code=row.code,
                name=row.name,
                kind=row.kind,
                place=places[row.place],
                parent=by_code.get(row.parent),
            )
            for row in ready
        )
        by_code |= {organization.code: organization for organization in made}
        waiting = [row for row in waiting if row.code not in by_code]
    _give_sectors(by_code)
    return by_code


def _give_sectors(organizations: dict[str, Organization]) -> None:
    sectors = Sector.objects.bulk_create(
        Sector(code=code, name=name, alias=alias) for code, (name, alias) in SECTORS.items()
    )
    for sector in sectors:
        organizations[sector.alias].sectors.add(sector)


def make_posts(organizations: dict[str, Organization]) -> dict[str, Post]:
    """By the username of who will hold it. Deputies hold every field and are political-legal members."""
    holders = [(row.code, role, username) for row in units() for role, username in row.posts.items()]
    made = Post.objects.bulk_create(
        Post(
            organization=organizations[code],
            role=role,
            portfolio=HotField.values if role == R.DEPUTY else [],
            is_political_legal=role == R.DEPUTY and code.endswith(".gov"),
        )
        for code, role, _username in holders
    )
    return {username: post for (_code, _role, username), post in zip(holders, made, strict=True)}
