"""受理并分流: one act for two steps. What guards each of them guards the page; nothing is half done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core import clock
from core.errors import InvalidInput, NotFound, NotPermitted, StaleVersion, WrongState
from disputes.models import Dispute
from disputes.services import clocks, taking_on
from notifications.models import Notice
from safekeeping.services import verify
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"
WHY = "现场核实，与初判不同。"


def path_of(dispute: Dispute) -> str:
    return f"/disputes/{dispute.number}/steps/accept-and-assign/"


def take_on(dispute: Dispute, by: Appointment, now: datetime, **data: Any) -> Dispute:
    return taking_on.accept_and_assign(number=dispute.number, data=data, by=actor(by), now=now)


def refused(dispute: Dispute, by: Appointment, now: datetime, **data: Any) -> dict[str, list[object]]:
    with pytest.raises(InvalidInput) as caught:
        take_on(dispute, by, now, **data)
    return caught.value.errors


def untouched(dispute: Dispute) -> None:
    """Neither step was taken: state, version, trail, clocks and notices are what they were."""
    row = Dispute.objects.get(pk=dispute.pk)
    assert (row.status, row.version, row.lead_unit, row.accepted_at) == (
        "registered",
        dispute.version,
        None,
        None,
    )
    assert [entry.step for entry in row.trail.order_by("seq")][:1] == ["register"]
    assert not row.trail.filter(step__in=("accept", "assign")).exists()
    assert clocks.running(row, "accept") is not None
    assert clocks.running(row, "resolve") is None
    assert not Notice.objects.filter(dedupe_key__contains="assign").exists()


def test_one_act_leaves_what_the_two_steps_leave(
    new: Dispute, clerk: Appointment, coordinator: Appointment, village: Appointment, monday: datetime
) -> None:
    """The oracle is the same case, taken step by step."""
    other = registered(clerk, monday)
    due = date(2026, 3, 20)
    take("accept", other, coordinator, monday, level=0, resolve_by=due)
    given = {"lead_unit": "t01.v01", "co_units": ["t01.v02"], "instruction": "请先到现场。"}
    by_steps = take("assign", other, coordinator, monday, **given)
    at_once = take_on(new, coordinator, monday, level=0, resolve_by=due, **given)
    for name in (
        "status",
        "lead_unit",
        "responsible_person",
        "resolve_by",
        "waiting_org",
        "next_due_at",
        "version",
    ):
        assert getattr(at_once, name) == getattr(by_steps, name), name
    assert at_once.responsible_person == village
    trails = [list(row.trail.order_by("seq").values_list("step", flat=True)) for row in (at_once, by_steps)]
    assert trails[0] == trails[1]
    assert [step for step in trails[0] if step in ("accept", "assign")] == ["accept", "assign"]
    assert at_once.trail.get(step="assign").texts.get(name="instruction").text == "请先到现场。"
    assert verify.verify_dispute(at_once.pk).faults == []


def test_faults_of_both_steps_are_said_at_once_and_nothing_is_done(
    new: Dispute, coordinator: Appointment, monday: datetime
) -> None:
    errors = refused(
        new, coordinator, monday, level=2, resolve_by=date(2026, 3, 1), lead_unit="hrss", co_units=["t99"]
    )
    assert "resolve_by" in errors
    assert "lead_unit" in errors
    untouched(new)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"lead_unit": "t01.v01", "level": 2}, "reason"),  # another level than the proposed needs a reason
        ({"lead_unit": "t01.v01", "level": 7}, "level"),
        ({"lead_unit": "t01.v01", "reason": WHY}, "reason"),  # a reason for no answer
        ({"lead_unit": "t01.v01", "resolve_by": date(2026, 3, 2)}, "resolve_by"),
        ({"lead_unit": "t01.v01", "resolve_by": date(2150, 1, 1)}, "resolve_by"),
        ({"lead_unit": "hrss"}, "lead_unit"),  # a county department a town cannot order
        ({"lead_unit": "t02.v01"}, "lead_unit"),  # another town's
        ({"lead_unit": "nowhere"}, "lead_unit"),
        ({}, "lead_unit"),
        ({"lead_unit": "t01.v01", "co_units": ["hrss"]}, "co_units"),
        ({"lead_unit": "t01.v01", "person": "hrss.handler"}, "person"),
    ],
)
def test_what_either_step_refuses_is_refused_at_its_field_and_nothing_is_half_done(
    new: Dispute, coordinator: Appointment, monday: datetime, data: dict[str, Any], field: str
) -> None:
    assert set(refused(new, coordinator, monday, **data)) == {field}
    untouched(new)


def test_a_barred_unit_is_refused_and_not_offered(
    clerk: Appointment, coordinator: Appointment, client_of: ClientOf, monday: datetime
) -> None:
    complaint = registered(clerk, monday, accused_units=("t01.v02",), place="t01.v02")
    assert set(refused(complaint, coordinator, monday, lead_unit="t01.v02")) == {"lead_unit"}
    untouched(complaint)
    assert 'value="t01.v02"' not in client_of(coordinator).get(path_of(complaint)).content.decode()


@pytest.mark.parametrize("who", ["clerk", "village", "deputy"])
def test_who_may_not_take_the_steps_may_not_take_both(
    new: Dispute, who: str, request: pytest.FixtureRequest, client_of: ClientOf, monday: datetime
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises((NotPermitted, NotFound)):
        take_on(new, person, monday, lead_unit="t01.v01")
    assert client_of(person).get(path_of(new)).status_code in (403, 404)
    untouched(new)


def test_what_is_accepted_already_and_what_waits_for_the_county_is_a_conflict(
    new: Dispute, accepted: Dispute, coordinator: Appointment, client_of: ClientOf, monday: datetime
) -> None:
    with pytest.raises(WrongState):
        take_on(accepted, coordinator, monday, lead_unit="t01.v01")
    assert client_of(coordinator).get(path_of(accepted)).status_code == 409


def test_a_report_that_waits_stops_the_assigning_and_with_it_the_accepting(
    new: Dispute, coordinator: Appointment, client_of: ClientOf, monday: datetime
) -> None:
    take("report_up", new, coordinator, monday, reason="跨乡镇")
    with pytest.raises(WrongState):
        take_on(new, coordinator, monday, lead_unit="t01.v01")
    assert not new.trail.filter(step="accept").exists()
    browser = client_of(coordinator)
    assert browser.get(path_of(new)).status_code == 409
    assert "受理并分流" not in browser.get(f"/disputes/{new.number}/").content.decode()


def test_a_stale_page_learns_who_acted_and_keeps_what_was_typed(
    new: Dispute, coordinator: Appointment, client_of: ClientOf, monday: datetime
) -> None:
    with pytest.raises(StaleVersion):
        taking_on.accept_and_assign(
            number=new.number, data={"lead_unit": "t01.v01"}, by=actor(coordinator), now=monday, version=99
        )
    answer = client_of(coordinator).post(
        path_of(new), {"version": 99, "lead_unit": "t01.v01", "level": "0", "instruction": "先去看看。"}
    )
    assert answer.status_code == 422
    assert "刚刚办理了" in answer.content.decode()
    assert "先去看看。" in answer.content.decode()
    untouched(new)


@pytest.mark.parametrize("facts", [{"danger": True}, {"narrative": MARCH, "people_count": 100}])
def test_what_is_urgent_is_signed_for_in_hours(
    clerk: Appointment, coordinator: Appointment, monday: datetime, facts: dict[str, Any]
) -> None:
    dispute = registered(clerk, monday, **facts)
    other = registered(clerk, monday, **facts)
    take("accept", other, coordinator, monday)
    take("assign", other, coordinator, monday, lead_unit="t01.v01")
    taken = take_on(dispute, coordinator, monday, lead_unit="t01.v01")
    due = [clocks.running(row, "sign_for").due_at for row in (taken, other)]
    assert due[0] == due[1]
    assert due[0] - monday < timedelta(hours=24)


def test_a_level_raised_in_the_same_act_shortens_the_clocks(
    new: Dispute, coordinator: Appointment, monday: datetime
) -> None:
    taken = take_on(new, coordinator, monday, level=1, reason=WHY, lead_unit="t01.v01")
    assert Dispute.objects.get(pk=taken.pk).warning_level == 1
    assert clocks.running(taken, "sign_for").due_at - monday < timedelta(hours=24)


def test_the_page_asks_everything_with_the_unit_chosen_and_says_why(
    clerk: Appointment, coordinator: Appointment, client_of: ClientOf
) -> None:
    dispute = registered(clerk, clock.now(), place="t01.v02")
    browser = client_of(coordinator)
    page = browser.get(path_of(dispute)).content.decode()
    asked = re.findall(r'name="(\w+)"', page.split("data-keep", 1)[1].split("</form>", 1)[0])
    order = ("level", "reason", "lead_unit", "person", "co_units", "instruction", "resolve_by")
    assert list(dict.fromkeys(name for name in asked if name in order)) == list(order)
    assert re.search(r'name="lead_unit"[^>]*value="t01\.v02"|value="t01\.v02"[^>]*name="lead_unit"', page)
    assert "（发生地）" in page
    answer = browser.post(
        path_of(dispute),
        {"version": dispute.version, "level": "0", "lead_unit": "t01.v02", "co_units": ["", ""]},
    )
    assert answer.status_code == 302
    dispute.refresh_from_db()
    assert (dispute.status, dispute.lead_unit.code) == ("assigned", "t01.v02")


def test_the_page_says_what_is_wrong_with_both_steps_in_one_round(
    clerk: Appointment, coordinator: Appointment, client_of: ClientOf
) -> None:
    dispute = registered(clerk, clock.now())
    data = {
        "version": dispute.version,
        "level": "2",
        "lead_unit": "",
        "resolve_by": "2020-01-01",
        "person": "谁",
    }
    page = client_of(coordinator).post(path_of(dispute), data).content.decode()
    summary = page.split("data-error-summary", 1)[1].split("</ul>", 1)[0]
    assert re.findall(r'href="#id_(\w+)"', summary) == [
        "lead_unit",
        "resolve_by",
    ]  # a day gone by cannot be read
    data |= {"lead_unit": "县人社局", "resolve_by": f"{clock.now():%Y-%m-%d}"}
    page = client_of(coordinator).post(path_of(dispute), data).content.decode()
    summary = page.split("data-error-summary", 1)[1].split("</ul>", 1)[0]
    assert re.findall(r'href="#id_(\w+)"', summary) == ["lead_unit", "resolve_by"]
    untouched(dispute)


def test_it_stands_first_on_a_registered_dispute_beside_plain_acceptance(
    clerk: Appointment, coordinator: Appointment, client_of: ClientOf
) -> None:
    dispute = registered(clerk, clock.now())
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    turn = page.split("现在轮到", 1)[1]
    steps = re.findall(rf"/disputes/{dispute.number}/steps/([\w-]+)/", turn)
    assert steps[:2] == ["accept-and-assign", "accept"]
    assert "accept-and-assign" not in client_of(clerk).get(f"/disputes/{dispute.number}/").content.decode()


def test_the_person_is_one_of_the_unit_chosen(
    new: Dispute, coordinator: Appointment, clerk: Appointment, village: Appointment, client_of: ClientOf
) -> None:
    browser = client_of(coordinator)
    offered = browser.get(f"/disputes/{new.number}/pick/staff/", {"q": "", "lead_unit": "t01.v01"}).json()
    assert [row["value"] for row in offered["results"]] == [village.user.username]
    anybody = browser.get(f"/disputes/{new.number}/pick/staff/", {"q": village.user.name}).json()
    assert village.user.username in [row["value"] for row in anybody["results"]]
    assert client_of(clerk).get(f"/disputes/{new.number}/pick/staff/").status_code == 403
    answer = browser.post(
        path_of(new),
        {"version": new.version, "level": "0", "lead_unit": "t01.v01", "person": village.user.username},
    )
    assert answer.status_code == 302
    new.refresh_from_db()
    assert new.responsible_person == village


def test_the_api_keeps_the_two_steps(new: Dispute, coordinator: Appointment, api_client_of: ClientOf) -> None:
    api = api_client_of(coordinator)
    assert api.post(f"/api/v1/disputes/{new.number}/steps/accept-and-assign/", {}).status_code == 404
    assert "accept-and-assign" not in api.get(f"/api/v1/disputes/{new.number}/").json()["steps"]


def test_looking_for_faults_changes_nothing(new: Dispute, coordinator: Appointment, monday: datetime) -> None:
    data = {"lead_unit": "t01.v01", "level": 0}
    assert taking_on.faults(number=new.number, data=data, by=actor(coordinator), now=monday) == {}
    untouched(new)


def test_the_page_costs_no_more_with_more_units(
    new: Dispute, coordinator: Appointment, client_of: ClientOf
) -> None:
    browser = client_of(coordinator)
    browser.get(path_of(new))
    with CaptureQueriesContext(connection) as asked:
        browser.get(path_of(new))
    assert len(asked) < 60
