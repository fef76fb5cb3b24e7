"""The pages of handing on: the form knows the right town, the case says whose order it is and who has the last word."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Appointment
from disputes.models import Dispute
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]


def step_of(dispute: Dispute, step: str) -> str:
    return f"/disputes/{dispute.number}/steps/{step}/"


def test_the_wrong_window_is_one_click_from_the_right_town(
    wrong_window: Dispute, coordinator: Appointment, client_of: Clients
) -> None:
    browser = client_of(coordinator)
    page = browser.get(f"/disputes/{wrong_window.number}/").content.decode()
    primary = page.split('class="turn-do"')[1].split("</p>")[0]
    assert "steps/pass_to/" in primary
    form = browser.get(step_of(wrong_window, "pass_to")).content.decode()
    assert '<option value="t02" selected>柳河乡' in form
    assert "t01" not in form.split('name="town"')[1].split("</select>")[0]
    sent = browser.post(step_of(wrong_window, "pass_to"), {"town": "t02", "version": wrong_window.version})
    assert sent.status_code == 302
    wrong_window.refresh_from_db()
    assert wrong_window.managing_org.code == "t02.centre"


def test_the_county_hands_down_on_a_page_that_says_what_will_happen(
    of_county: Dispute, county_office: Appointment, coordinator: Appointment, client_of: Clients
) -> None:
    browser = client_of(county_office)
    form = browser.get(step_of(of_county, "hand_down")).content.decode()
    assert "由县综治中心审结" in form
    assert '<option value="t01" selected>青石镇' in form
    body = {
        "town": "t01",
        "instruction": "请查清经过。",
        "resolve_by": "2020-01-01",
        "version": of_county.version,
    }
    wrong = browser.post(step_of(of_county, "hand_down"), body)
    assert wrong.status_code == 422
    assert "日期须晚于今天" in wrong.content.decode()
    assert browser.post(step_of(of_county, "hand_down"), body | {"resolve_by": ""}).status_code == 302
    page = client_of(coordinator).get(f"/disputes/{of_county.number}/").content.decode()
    for said in ("县级交办", "请查清经过。", "县级要求办结", "由县综治中心审结"):
        assert said in page


def test_neither_or_both_receivers_are_refused_at_the_field(
    wrong_window: Dispute, coordinator: Appointment, client_of: Clients
) -> None:
    browser, version = client_of(coordinator), {"version": wrong_window.version}
    for body in ({}, {"town": "t02", "unit": "t01.v01"}):
        answer = browser.post(step_of(wrong_window, "pass_to"), version | body)
        assert answer.status_code == 422
        assert "只能填一个" in answer.content.decode()


def test_what_the_county_ordered_is_not_passed_to_another_town_and_says_why(
    handed: Dispute, coordinator: Appointment, client_of: Clients
) -> None:
    answer = client_of(coordinator).post(
        step_of(handed, "pass_to"), {"town": "t02", "version": handed.version}
    )
    assert answer.status_code == 422
    assert "请上报县级并说明理由" in answer.content.decode()


def test_the_order_is_gone_from_the_page_once_given_back(
    handed: Dispute,
    coordinator: Appointment,
    county_office: Appointment,
    client_of: Clients,
    monday: datetime,
) -> None:
    take("report_up", handed, coordinator, monday, reason="办不了")
    take("accept_report", handed, county_office, monday)
    page = client_of(county_office).get(f"/disputes/{handed.number}/").content.decode()
    assert "县级要求办结</dt>" not in page


def test_whose_turn_reads_right_while_the_county_is_asked(
    reported: Dispute, county_office: Appointment, client_of: Clients
) -> None:
    page = client_of(county_office).get(f"/disputes/{reported.number}/").content.decode()
    turn = page.split("turn-what")[1][:80]
    assert "乡镇已审结，请县级审结" in turn
    assert "属实" in page


def test_the_listing_and_the_case_name_the_order_in_the_api(
    handed: Dispute, county_office: Appointment, api_client_of: Clients
) -> None:
    client = api_client_of(county_office)
    (row,) = client.get("/api/v1/disputes/").json()["results"]
    assert row["handed_down"]["by"] == "county.centre"
    assert row == {name: client.get(f"/api/v1/disputes/{handed.number}/").json()[name] for name in row}


def test_the_county_recalls_it_on_a_page_and_the_line_of_the_town_says_so(
    in_hand: Dispute, county_office: Appointment, coordinator: Appointment, client_of: Clients
) -> None:
    county, town = client_of(county_office), client_of(coordinator)
    assert "已交办青石镇" in county.get("/disputes/?handed_down=1").content.decode()
    assert "县级交办" in town.get("/disputes/?handed_down=1").content.decode()
    assert "steps/recall/" in county.get(f"/disputes/{in_hand.number}/").content.decode()
    assert "steps/recall/" not in town.get(f"/disputes/{in_hand.number}/").content.decode()
    form = county.get(step_of(in_hand, "recall")).content.decode()
    assert "县级要求的日期不变" in form
    empty = county.post(step_of(in_hand, "recall"), {"version": in_hand.version})
    assert empty.status_code == 422
    sent = county.post(step_of(in_hand, "recall"), {"reason": "县里直接办理", "version": in_hand.version})
    assert sent.status_code == 302
    page = county.get(f"/disputes/{in_hand.number}/").content.decode()
    assert "收回交办" in page
    assert "县里直接办理" in page
    assert "县级收回" in town.get("/disputes/?handed_down=1").content.decode()
