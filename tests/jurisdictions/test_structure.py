"""Sectors, units and posts."""

from datetime import date, datetime

import pytest

from audit.models import AccessEvent
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from jurisdictions.models import Organization, Place, Sector
from jurisdictions.services import organizations as service
from jurisdictions.services import posts, sectors
from jurisdictions.services.organizations import Facts

BY = Actor.system("tests")
DAY = date(2026, 3, 2)


def a_unit(place: Place, now: datetime, **facts: object) -> Organization:
    return service.add(
        code="t01.school",
        kind="enterprise",
        place=place,
        facts=Facts(**({"name": "青石镇中学"} | facts)),
        valid_from=DAY,
        by=BY,
        now=now,
    )


def test_a_unit_is_kept_with_its_sectors_and_recorded(places: dict[str, Place], monday: datetime) -> None:
    unit = a_unit(places["t01"], monday, sectors=[Sector.objects.get(alias="nr")], vertically_managed=True)
    assert [sector.alias for sector in unit.sectors.all()] == ["nr"]
    recorded = AccessEvent.objects.latest("pk").details["after"]
    assert (recorded["name"], recorded["sectors"]) == ("青石镇中学", "natural_resources")


def test_a_known_code_is_refused(places: dict[str, Place], monday: datetime) -> None:
    a_unit(places["t01"], monday)
    with pytest.raises(InvalidInput, match="已经有了"):
        a_unit(places["t01"], monday)


def test_a_unit_is_never_below_itself(organizations: dict[str, Organization], monday: datetime) -> None:
    county, town = organizations["county.gov"], organizations["t01.gov"]
    with pytest.raises(InvalidInput, match="上级单位"):
        service.edit(organization_id=county.pk, facts=Facts(name="县政府", parent=town), by=BY, now=monday)


def test_a_unit_with_units_below_does_not_end(
    organizations: dict[str, Organization], monday: datetime
) -> None:
    with pytest.raises(Conflict, match="下级单位"):
        service.end(
            organization_id=organizations["t01.gov"].pk, valid_to=DAY, successor_id=None, by=BY, now=monday
        )


def test_an_ended_unit_closes_its_posts(organizations: dict[str, Organization], monday: datetime) -> None:
    unit = organizations["unit01"]
    service.end(
        organization_id=unit.pk,
        valid_to=DAY,
        successor_id=organizations["t01.gov"].pk,
        by=BY,
        now=monday,
    )
    assert not unit.posts.active().exists()
    assert Organization.objects.get(pk=unit.pk).successor == organizations["t01.gov"]


def test_two_posts_of_one_role_differ_by_title(
    organizations: dict[str, Organization], monday: datetime
) -> None:
    def add(title: str) -> None:
        posts.add(
            organization=organizations["t01.gov"],
            role="deputy",
            title=title,
            portfolio=["labour"],
            is_political_legal=False,
            by=BY,
            now=monday,
        )

    add("分管农业的副镇长")
    with pytest.raises(InvalidInput, match="写明职务"):
        add("分管农业的副镇长")


def test_a_word_stands_for_one_sector(people: object, monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        sectors.add(code="hrss", name="人社", alias="labour", by=BY, now=monday)
    assert set(refused.value.errors) == {"code", "alias"}


def test_a_corrected_sector_keeps_its_code(people: object, monday: datetime) -> None:
    sector = Sector.objects.get(alias="nr")
    sectors.edit(sector_id=sector.pk, name="自然资源和规划", alias="nr", by=BY, now=monday)
    sector.refresh_from_db()
    assert (sector.code, sector.name) == ("natural_resources", "自然资源和规划")
