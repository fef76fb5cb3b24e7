"""标记回避: at once, whoever it is about sees and handles nothing; the case goes back to be dispatched anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment, Delegation
from calendars.models import Deadline
from core import clock
from core.actor import Actor
from disputes.errors import InvalidInput, NotFound, NotPermitted
from disputes.models import ConflictMark, Dispute, TrailEntry
from early_warning.models import Escalation
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.factories import disputes
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
WHY = "申请人反映承办人收了对方的烟酒"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = Dispute.objects.visible_to
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"


def mark(dispute: Dispute, by: Appointment, now: datetime, **who: Any) -> Dispute:
    take("mark_conflict", dispute, by, now, reason=WHY, **who)
    dispute.refresh_from_db()
    return dispute


def data_of(dispute: Dispute) -> dict[str, Any]:
    entry = TrailEntry.objects.filter(dispute=dispute, step="mark_conflict").latest("seq")
    data: dict[str, Any] = json.loads(entry.payload)["data"]
    return data


def clocks_of(dispute: Dispute) -> set[str]:
    return set(Deadline.objects.of("dispute", dispute.pk).unmet().values_list("kind", flat=True))


@pytest.fixture
def sees(actor: Callable[[Appointment], Actor]) -> Callable[[Appointment, Dispute], bool]:
    return lambda by, dispute: bool(SEEN(actor(by)).filter(pk=dispute.pk).exists())


@pytest.fixture
def at_village(register: Make, coordinator: Appointment, village: Appointment, now: datetime) -> Dispute:
    dispute = register()
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.v01", co_units=["t01.v02"])
    return take("sign_for", dispute, village, now)


def test_a_barred_unit_loses_the_case_to_the_centre(
    at_village: Dispute, coordinator: Appointment, village: Appointment, sees: Any, now: datetime
) -> None:
    dispute = mark(at_village, coordinator, now + HOUR, units=["t01.v01"])
    assert (dispute.status, dispute.lead_unit, dispute.responsible_person) == ("accepted", None, None)
    assert dispute.waiting_org_id == coordinator.post.organization_id
    assert dispute.managing_org_id == dispute.received_by_id  # a village is the town's own matter
    assert not dispute.assignments.filter(ended_at=None).exists()
    assert clocks_of(dispute) == {"resolve", "dispatch"}
    assert not sees(village, dispute)
    assert data_of(dispute) == {
        "barred_units": ["t01.v01"],
        "barred_people": [],
        "managing": "t01.centre",
        "moved": False,
        "taken": True,
    }
    assert verify.verify_dispute(dispute.pk).faults == []
    with pytest.raises(InvalidInput):
        take("assign", dispute, coordinator, now + HOUR, lead_unit="t01.v01")
    take("assign", dispute, coordinator, now + HOUR, lead_unit="t01.v02")


def test_so_does_a_barred_person(
    at_village: Dispute, coordinator: Appointment, village: Appointment, sees: Any, now: datetime
) -> None:
    dispute = mark(at_village, coordinator, now + HOUR, people=["t01.v01"])
    assert (dispute.status, dispute.lead_unit) == ("accepted", None)
    assert not sees(village, dispute)


def test_a_helping_unit_helps_no_more(
    at_village: Dispute, coordinator: Appointment, other_village: Appointment, sees: Any, now: datetime
) -> None:
    dispute = mark(at_village, coordinator, now + HOUR, units=["t01.v02"])
    assert (dispute.status, dispute.lead_unit.code) == ("in_progress", "t01.v01")
    assert not dispute.assignments.get(ended_at=None).co_units.exists()
    assert not sees(other_village, dispute)
    assert data_of(dispute)["taken"] is False


def test_who_stands_in_for_the_barred_is_barred_too(
    register: Make,
    coordinator: Appointment,
    village: Appointment,
    mediator: Appointment,
    now: datetime,
) -> None:
    dispute = register()
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.mediation")
    Delegation.objects.create(
        appointment=village,
        stand_in=mediator.user,
        starts_at=now,
        ends_at=now + 5 * DAY,
        reason="外出",
        entered_by=village.user,
        entered_at=now,
    )
    assert mark(dispute, coordinator, now + HOUR, people=["t01.v01"]).lead_unit is None


def test_its_result_counts_for_nothing(
    at_village: Dispute, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    take("submit_result", at_village, village, now + DAY, outcome="oral_agreement", account="双方同意。")
    due = at_village.resolve_by
    dispute = mark(at_village, coordinator, now + 2 * DAY, units=["t01.v01"])
    assert (dispute.status, dispute.reported_outcome, dispute.submitted_at) == ("accepted", "", None)
    assert clocks_of(dispute) == {"resolve", "dispatch"}
    assert dispute.resolve_by >= due


def test_its_request_is_over(
    at_village: Dispute, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    take("request_extension", at_village, village, now + HOUR, days=10, reason="要鉴定")
    dispute = mark(at_village, coordinator, now + DAY, units=["t01.v01"])
    assert (dispute.pending, dispute.pending_org, dispute.status) == ("", None, "accepted")
    assert data_of(dispute)["request_ended"] == "extension"
    assert "extension_decision" not in clocks_of(dispute)


def test_a_clock_that_rests_runs_again(
    at_village: Dispute, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    until = (now + 20 * DAY).date()
    take("suspend", at_village, village, now + HOUR, reason="司法鉴定", until=until)
    dispute = mark(at_village, coordinator, now + DAY, units=["t01.v01"])
    assert (dispute.suspended, data_of(dispute)["rest_ended"]) == (False, True)


def test_what_is_about_the_town_is_the_countys(
    at_village: Dispute,
    coordinator: Appointment,
    clerk: Appointment,
    secretary: Appointment,
    county_office: Appointment,
    village: Appointment,
    sees: Any,
    now: datetime,
) -> None:
    dispute = mark(at_village, coordinator, now + HOUR, people=["t01.mayor"])
    assert dispute.managing_org.code == "county.centre"
    assert data_of(dispute)["moved"] is True
    assert (dispute.status, dispute.lead_unit.code) == ("in_progress", "t01.v01")  # not about the village
    assert not sees(coordinator, dispute)
    assert not sees(secretary, dispute)
    assert sees(county_office, dispute)
    assert sees(village, dispute)
    assert sees(clerk, dispute)  # who registered it


def test_a_report_that_waits_is_overtaken(
    register: Make, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    dispute = register()
    take("accept", dispute, coordinator, now)
    take("report_up", dispute, coordinator, now, reason="跨乡镇")
    dispute = mark(dispute, coordinator, now + HOUR, people=["t01.mayor"])
    assert (dispute.pending, dispute.managing_org.code) == ("", "county.centre")
    assert clocks_of(dispute) == {"resolve", "dispatch"}
    take("assign", dispute, county_office, now + HOUR, lead_unit="t01.justice")


def test_what_is_settled_stays_settled(
    at_village: Dispute, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    take("submit_result", at_village, village, now + DAY, outcome="oral_agreement", account="双方同意。")
    take("approve_result", at_village, coordinator, now + DAY, outcome="settled")
    dispute = mark(at_village, coordinator, now + 2 * DAY, units=["t01.v01"])
    assert (dispute.status, dispute.lead_unit.code) == ("settled", "t01.v01")


@pytest.mark.parametrize("later", [{"performance_until": 40}, {"outcome": "routed"}])
def test_what_is_still_going_on_is_dispatched_anew(
    at_village: Dispute, coordinator: Appointment, village: Appointment, now: datetime, later: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"outcome": "oral_agreement", "account": "双方同意。"} | later
    if "performance_until" in given:
        given["performance_until"] = (now + 40 * DAY).date()
    take("submit_result", at_village, village, now + DAY, **given)
    found = "routed" if given["outcome"] == "routed" else "settled"
    before = take("approve_result", at_village, coordinator, now + DAY, outcome=found).status
    assert before in ("performing", "routed")
    dispute = mark(at_village, coordinator, now + 2 * DAY, units=["t01.v01"])
    assert (dispute.status, dispute.settled_at, dispute.lead_unit) == ("accepted", None, None)
    assert "revisit" not in clocks_of(dispute)
    again = take("assign", dispute, coordinator, now + 2 * DAY, lead_unit="t01.v02")
    assert "resolve" in clocks_of(again)


# --- leaders and warnings


def test_a_barred_leader_is_no_longer_asked_nor_named(
    register: Make, coordinator: Appointment, deputy: Appointment, now: datetime
) -> None:
    dispute = register(narrative=MARCH, people_count=100)
    asked = Escalation.objects.filter(dispute=dispute, ended_at=None)
    named = dispute.responsible_leader
    assert asked.filter(addressee=deputy.user).exists() or named == deputy.post
    dispute = mark(dispute, coordinator, now + HOUR, people=["t01.deputy"])
    assert not asked.filter(addressee=deputy.user).exists()
    assert asked.exists()
    assert dispute.responsible_leader != deputy.post
    current = dispute.responsibilities.get(ends_at=None)
    assert current.post_id == dispute.responsible_leader_id


# --- who may, and what is refused


def test_who_may(
    at_village: Dispute, handler: Appointment, village: Appointment, clerk: Appointment, now: datetime
) -> None:
    for by in (handler, village):
        with pytest.raises((NotPermitted, NotFound)):
            mark(at_village, by, now, units=["t01.v02"])
    mark(at_village, clerk, now + HOUR, units=["t01.v02"])  # who registered it, that day
    with pytest.raises(NotPermitted):
        mark(at_village, clerk, now + DAY, units=["t01.v01"])


@pytest.mark.parametrize(
    ("who", "at"),
    [
        ({}, "units"),
        ({"units": ["x"]}, "units"),
        ({"people": ["x"]}, "people"),
        ({"units": ["t01.v01"]}, "units"),
    ],
)
def test_nobody_and_the_unknown_are_refused(
    register: Make, coordinator: Appointment, now: datetime, who: dict[str, Any], at: str
) -> None:
    dispute = register(accused_units=("t01.v01",))
    with pytest.raises(InvalidInput) as refused:
        mark(dispute, coordinator, now, **who)
    assert list(refused.value.errors) == [at]
    assert ConflictMark.objects.filter(dispute=dispute).count() == 1


def test_by_form_and_by_api(
    clerk: Appointment,
    coordinator: Appointment,
    client_of: Callable[[Appointment], Client],
    api_client_of: Callable[[Appointment], Client],
    reference_data: None,
) -> None:
    dispute = disputes.registered(clerk, clock.now())
    browser, address = client_of(coordinator), f"/disputes/{dispute.number}/steps/mark_conflict/"
    version = browser.get(address).context["form"]["version"].value()
    wrong = browser.post(address, {"who": ["查无此人"], "reason": WHY, "version": version})
    assert set(wrong.context["form"].errors) == {"who"}
    typed = {"who": ["", "person:t01.v01"], "reason": WHY, "version": version}
    done = browser.post(address, typed, follow=True)
    assert done.redirect_chain, done.context["form"].errors
    (marked,) = ConflictMark.objects.filter(dispute=dispute)
    assert marked.user.username == "t01.v01"
    body = {"units": ["t01.police"], "reason": WHY}
    machine = api_client_of(coordinator)
    answer = machine.post(
        f"/api/v1/disputes/{dispute.number}/steps/mark_conflict/", body, content_type="application/json"
    )
    assert answer.status_code == 200
    assert set(answer.json()) == {"number", "status", "version"}  # a town's unit: the county's from now on
