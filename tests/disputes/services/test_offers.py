"""Which unit comes first, which is suggested and why, and by what it is found: against a table made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from disputes.models import DispatchCatalogue, Dispute
from disputes.selectors import dispatching, intake
from jurisdictions.models import Organization, Post, Sector
from tests.factories.accounts import SINCE
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def farm_station(organizations: dict[str, Organization], coordinator: Appointment) -> Organization:
    """Its code comes before the centre's, as 农业综合服务中心 does in many towns."""
    centre = organizations["t01.centre"]
    unit = Organization.objects.create(
        code="t01.agri", name="青石镇农业综合服务中心", kind="town_station", place=centre.place
    )
    post = Post.objects.create(organization=unit, role="handler")
    Appointment.objects.create(user=coordinator.user, post=post, starts_on=SINCE)
    return unit


def offered(dispute: Dispute, typed: str, monday: datetime) -> list[str]:
    return [row.value for row in dispatching.units_offered(dispute, typed, monday.date())]


def at_county(dispute: Dispute, county_office: Appointment) -> Dispute:
    """The same case as the county manages it, not saved."""
    dispute.managing_org = county_office.post.organization
    return dispute


def test_the_county_reaches_a_town_by_its_centre_not_by_its_farm_station(
    clerk: Appointment, county_office: Appointment, farm_station: Organization, monday: datetime
) -> None:
    dispute = at_county(registered(clerk, monday, place="t01.v01", category="land_forest"), county_office)
    farm_station.sectors.add(Sector.objects.get(code="natural_resources"))
    assert offered(dispute, "青石镇", monday)[0] == "t01.centre"
    assert dispatching.unit_named(dispute, "青石镇", monday.date()) == "t01.centre"


def test_at_the_county_a_department_of_the_field_stands_before_the_town_it_happened_in(
    clerk: Appointment, county_office: Appointment, monday: datetime
) -> None:
    dispute = at_county(registered(clerk, monday, place="t01.v01", category="wage_arrears"), county_office)
    found = offered(dispute, "", monday)
    assert found[0] == "hrss"
    assert found.index("t01.v01") == found.index("t01.centre") + 1
    suggested = dispatching.suggested(dispute, monday.date())
    assert suggested is not None
    assert (suggested.value, suggested.reason) == ("hrss", "主管劳动争议")


def test_in_a_town_its_own_units_stand_before_the_countys(
    clerk: Appointment, organizations: dict[str, Organization], monday: datetime
) -> None:
    labour = Sector.objects.get(code="labour")
    DispatchCatalogue.objects.create(sector=labour, effective_from=monday.date(), source="目录")
    dispute = registered(clerk, monday, place="t01.v02", category="wage_arrears")
    assert offered(dispute, "", monday)[:2] == ["hrss", "t01.v02"]
    organizations["t01.justice"].sectors.add(labour)
    assert offered(dispute, "", monday)[:3] == ["t01.justice", "hrss", "t01.v02"]


def test_without_a_field_the_place_speaks_for_its_village(clerk: Appointment, monday: datetime) -> None:
    dispute = registered(clerk, monday, place="t01.v02", category="neighbour")
    suggested = dispatching.suggested(dispute, monday.date())
    assert suggested is not None
    assert (suggested.value, suggested.reason) == ("t01.v02", "发生地")


def test_where_nothing_speaks_for_one_nothing_is_suggested(clerk: Appointment, monday: datetime) -> None:
    assert (
        dispatching.suggested(registered(clerk, monday, place="t01", category="neighbour"), monday.date())
        is None
    )


# the name by its initials, read by hand
INITIALS = [
    ("qszzzz", "t01.centre"),  # 青石镇综治中心… , or its long name
    ("qssfs", "t01.justice"),  # 青石司法所
    ("QSSFS", "t01.justice"),
    ("sfs", "t01.justice"),
]


@pytest.mark.parametrize(("typed", "unit"), INITIALS)
def test_units_are_found_by_the_initials_of_their_names(
    clerk: Appointment, organizations: dict[str, Organization], monday: datetime, typed: str, unit: str
) -> None:
    Organization.objects.filter(code="t01.centre").update(short_name="青石镇综治中心")
    Organization.objects.filter(code="t01.justice").update(short_name="青石司法所")
    dispute = registered(clerk, monday, place="t01.v01")
    assert unit in offered(dispute, typed, monday)
    assert unit in [row.value for row in intake.units(typed, monday.date())]
    assert offered(dispute, "zzzzqq", monday) == []


def test_units_of_the_own_town_come_first_in_the_intake(
    clerk: Appointment, outsider: Appointment, monday: datetime
) -> None:
    for who, first in ((clerk, "t01"), (outsider, "t02")):
        found = intake.units("综治中心", monday.date(), near=who.post.organization.place)
        assert found[0].value.startswith(first)


def test_the_number_of_queries_does_not_grow_with_the_units(
    clerk: Appointment,
    coordinator: Appointment,
    monday: datetime,
    client_of: Callable[[Appointment], Client],
) -> None:
    dispute = registered(clerk, monday, place="t01.v01")
    take("accept", dispute, coordinator, monday)
    client = client_of(coordinator)
    path = f"/disputes/{dispute.number}/pick/units/?q=zz"
    client.get(path)
    counts = []
    for n in (1, 40):
        unit = Organization.objects.get(code="t01.justice")
        Organization.objects.bulk_create(
            Organization(code=f"t01.x{n}.{i}", name=f"第{i}站", kind=unit.kind, place=unit.place)
            for i in range(n)
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_says_the_suggestion_also_without_a_script(
    clerk: Appointment, coordinator: Appointment, client_of: Callable[[Appointment], Client], monday: datetime
) -> None:
    dispute = registered(clerk, monday, place="t01.v02", category="neighbour")
    take("accept", dispute, coordinator, monday)
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/assign/").content.decode()
    assert "（发生地）" in page
    assert 'data-suggest-value="t01.v02"' in page
