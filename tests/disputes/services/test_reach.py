"""To whom a centre may assign, at every door: never another town's station, departments only by the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from coordination.services import meetings
from core.clock import now, shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import DispatchCatalogue, Dispute
from disputes.selectors import dispatching
from disputes.services import bulk, catalogue
from jurisdictions.models import Organization, Post, Sector
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
SOURCE = "县矛盾纠纷分流交办目录"


@pytest.fixture
def safety(organizations: dict[str, Organization], monday: datetime) -> Sector:
    """A sector with a county department and a station in every town, listed in the catalogue."""
    sector = Sector.objects.create(code="safety", name="应急管理", alias="safety")
    for code in ("nr", "t01.justice", "t02.justice"):
        organizations[code].sectors.add(sector)
    DispatchCatalogue.objects.create(sector=sector, effective_from=date(2026, 1, 1), source=SOURCE)
    return sector


# one table, asked at every door: who assigns, to whom, whether it may be
TABLE = [
    ("t01.justice", True),
    ("t01.v01", True),
    ("nr", True),  # its sector is in the catalogue
    ("hrss", False),  # its sector is not
    ("t02.justice", False),  # of the sector, but of another town
    ("t02.v01", False),
]


def doors(dispute: Dispute, coordinator: Appointment, monday: datetime, unit: str) -> dict[str, bool]:
    """Whether each door lets the unit in, asked without changing anything that lasts."""
    found: dict[str, bool] = {}

    def tried(name: str, work: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                work()
                found[name] = True
                transaction.set_rollback(True)
        except InvalidInput:
            found[name] = False

    by = actor(coordinator)
    tried("assign", lambda: take("assign", dispute, coordinator, monday, lead_unit=unit))
    tried(
        "co_units",
        lambda: take("assign", dispute, coordinator, monday, lead_unit="t01.mediation", co_units=[unit]),
    )

    def transferred() -> None:
        take("assign", dispute, coordinator, monday, lead_unit="t01.mediation")
        take("transfer", dispute, coordinator, monday, lead_unit=unit, reason="属其职权")

    tried("transfer", transferred)

    def in_bulk() -> None:
        dispute.refresh_from_db()
        given = {"versions": {dispute.number: dispute.version}, "lead_unit": unit}
        (row,) = bulk.assign(**given, by=by, now=monday)
        if not row.done:
            raise InvalidInput({"lead_unit": [row.message]})

    tried("bulk", in_bulk)

    def in_a_meeting() -> None:
        facts = meetings.MeetingFacts(monday.date(), "疑难纠纷调度")
        meeting = meetings.call_meeting(facts=facts, by=by, now=monday)
        meetings.add_cases(meeting_id=meeting.pk, numbers=[dispute.number], by=by, now=monday)
        person = Appointment.objects.filter(post__organization__code=unit).order_by("pk").first()
        assert person is not None
        asked = {"person": person.pk, "due_on": monday.date(), "text": "到场劝解"}
        meetings.decide(meeting_id=meeting.pk, number=dispute.number, **asked, by=by, now=monday)

    tried("meeting", in_a_meeting)
    return found


@pytest.mark.parametrize(("unit", "may"), TABLE)
def test_a_town_assigns_within_the_town_and_by_the_catalogue_at_every_door(
    accepted: Dispute, coordinator: Appointment, safety: Sector, monday: datetime, unit: str, may: bool
) -> None:
    found = doors(accepted, coordinator, monday, unit)
    assert found == dict.fromkeys(found, may)
    offered = {option.value for option in dispatching.units_offered(accepted, "", monday.date())}
    assert (unit in offered) == may


@pytest.mark.parametrize(("unit", "may"), TABLE)
def test_the_api_refuses_what_the_page_does_not_offer(
    accepted: Dispute,
    coordinator: Appointment,
    safety: Sector,
    api_client_of: Callable[[Appointment], Client],
    unit: str,
    may: bool,
) -> None:
    path = f"/api/v1/disputes/{accepted.number}/steps/assign/"
    answer = api_client_of(coordinator).post(path, {"lead_unit": unit}, content_type="application/json")
    assert answer.status_code == (200 if may else 400)


@pytest.mark.parametrize(("starts", "ends"), [(date(2026, 3, 3), None), (date(2025, 1, 1), date(2026, 3, 1))])
def test_the_catalogue_holds_on_its_days_only(
    accepted: Dispute, coordinator: Appointment, monday: datetime, starts: date, ends: date | None
) -> None:
    labour = Sector.objects.get(code="labour")
    DispatchCatalogue.objects.create(sector=labour, effective_from=starts, effective_to=ends, source=SOURCE)
    with pytest.raises(InvalidInput):
        take("assign", accepted, coordinator, monday, lead_unit="hrss")


def test_who_holds_the_field_is_offered_first_and_never_more_than_thirty(
    clerk: Appointment, coordinator: Appointment, organizations: dict[str, Organization], monday: datetime
) -> None:
    town = organizations["t01.justice"]
    more = [
        Organization(code=f"t01.s{n}", name=f"第{n}站", kind=town.kind, place=town.place) for n in range(60)
    ]
    for unit in Organization.objects.bulk_create(more):
        post = Post.objects.create(organization=unit, role="handler")
        Appointment.objects.create(user=coordinator.user, post=post, starts_on=date(2020, 1, 1))
    labour = Sector.objects.get(code="labour")
    organizations["t01.s59"] = Organization.objects.get(code="t01.s59")
    organizations["t01.s59"].sectors.add(labour)
    wages = registered(clerk, monday, category="wage_arrears", place="t01.v02")
    offered = dispatching.units_offered(wages, "", monday.date())
    assert (offered[0].value, offered[1].value, len(offered)) == ("t01.s59", "t01.v02", 30)
    assert [row.value for row in dispatching.units_offered(wages, "第17站", monday.date())] == ["t01.s17"]


def test_a_unit_that_must_keep_out_is_not_offered(clerk: Appointment, monday: datetime) -> None:
    complaint = registered(clerk, monday, accused_units=("t01.v02",))
    assert "t01.v02" not in {row.value for row in dispatching.units_offered(complaint, "", monday.date())}


def test_the_page_takes_a_typed_name_and_holds_no_long_list(
    accepted: Dispute, coordinator: Appointment, client_of: Callable[[Appointment], Client], monday: datetime
) -> None:
    browser = client_of(coordinator)
    path = f"/disputes/{accepted.number}/steps/assign/"
    page = browser.get(path).content.decode()
    assert page.count("<option") < 40
    listed = browser.get(f"/disputes/{accepted.number}/pick/units/?q=司法所").json()["results"]
    assert [row["value"] for row in listed] == ["t01.justice"]
    data = {
        "version": accepted.version,
        "lead_unit": "青石镇司法所",
        "co_units": ["上湾村委会", "", "t01.v02"],
    }
    answer = browser.post(path, data)
    accepted.refresh_from_db()
    assert (answer.status_code, accepted.lead_unit.code) == (302, "t01.justice")
    helping = accepted.assignments.get(ended_at=None).co_units
    assert sorted(helping.values_list("code", flat=True)) == ["t01.v01", "t01.v02"]


def test_a_wrong_name_is_said_at_its_field_and_stays_typed(
    accepted: Dispute, coordinator: Appointment, client_of: Callable[[Appointment], Client]
) -> None:
    path = f"/disputes/{accepted.number}/steps/assign/"
    data = {"version": accepted.version, "lead_unit": "柳河乡司法所"}
    answer = client_of(coordinator).post(path, data)
    assert answer.status_code == 422
    assert "柳河乡司法所" in answer.content.decode()


def test_the_catalogue_is_kept_by_the_administrator_with_its_source(
    admin: Appointment,
    coordinator: Appointment,
    accepted: Dispute,
    client_of: Callable[[Appointment], Client],
) -> None:
    today = shanghai_date(now())
    given = {"sector": "labour", "effective_from": today.isoformat(), "source": SOURCE}
    browser = client_of(admin)
    assert browser.post("/disputes/catalogue/new/", given).status_code == 302
    assert "县人社局" in browser.get("/disputes/catalogue/").content.decode()
    again = browser.post("/disputes/catalogue/new/", given)
    assert "已在目录中" in again.content.decode()
    row = DispatchCatalogue.objects.get()
    assert client_of(coordinator).get("/disputes/catalogue/").status_code == 403
    ended = browser.post(f"/disputes/catalogue/{row.pk}/end/", {"last_day": today.isoformat()})
    assert ended.status_code == 302
    row.refresh_from_db()
    assert row.effective_to == today


def test_a_row_of_the_past_is_neither_made_nor_ended(
    admin: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    given = {"sector": "labour", "source": SOURCE, "now": monday}
    today = monday.date()
    with pytest.raises(NotPermitted):
        catalogue.allow(**given, effective_from=today, by=actor(coordinator))
    with pytest.raises(InvalidInput):
        catalogue.allow(**given, effective_from=today - timedelta(days=1), by=actor(admin))
    row = catalogue.allow(**given, effective_from=today, by=actor(admin))
    catalogue.end(row_id=row.pk, last_day=today, by=actor(admin), now=monday)
    with pytest.raises(WrongState):
        catalogue.end(row_id=row.pk, last_day=today, by=actor(admin), now=monday + timedelta(days=2))
