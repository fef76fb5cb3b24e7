"""The played week, cases 13, 16: declined, with the routes that the reason leaves open and no other."""

from __future__ import annotations

import pytest

from tests.factories.accounts import client_of
from tests.stories.week import Week

pytestmark = pytest.mark.django_db
FINISHED = "该事项2012年已由县里处理、市里复查维持、省里复核终结，补偿款已领，不再受理。"
IN_COURT = "周某已于10月向县法院起诉，11月20日开庭，尚未判决。"


def test_13_what_is_finished_by_review_is_not_sent_to_the_petition_office_again(week: Week) -> None:
    number = week.register("13")["number"]
    asked = week.page(f"{number}/steps/decline/", "t01.coordinator")
    assert "信访程序已经复核终结" in asked  # the matter's own text says it before a reason is written
    refused = week.step(
        number, "decline", "t01.coordinator", expect=400, reason=FINISHED, routes=["petition", "legal_aid"]
    )
    assert "信访" in str(refused["errors"]["routes"])
    assert week.shown(number, "t01.coordinator")["status"] == "registered"
    declined = week.step(number, "decline", "t01.coordinator", reason=FINISHED, routes=["legal_aid"])
    assert declined["status"] == "declined"
    paper = week.page(f"{number}/papers/refusal/", "t01.clerk")
    assert "《信访工作条例》第三十六条" in paper
    assert "法律援助" in paper
    assert "向信访部门反映" not in paper


def test_16_who_is_in_court_is_not_sent_to_court(week: Week) -> None:
    number = week.register("16")["number"]
    assert "已在人民法院处理" in week.page(f"{number}/steps/decline/", "t01.coordinator")
    for route in ("litigation", "mediation", "review"):
        refused = week.step(
            number, "decline", "t01.coordinator", expect=400, reason=IN_COURT, routes=[route, "legal_aid"]
        )
        assert "已在人民法院处理" in str(refused["errors"]["routes"]), route
    routes = ["proceedings", "legal_aid"]
    declined = week.step(number, "decline", "t01.coordinator", reason=IN_COURT, routes=routes)
    assert declined["status"] == "declined"
    paper = week.page(f"{number}/papers/refusal/", "t01.clerk")
    assert "在正在进行的诉讼或者仲裁中提出主张" in paper
    assert "依法向人民法院起诉" not in paper
    assert "《人民调解工作若干规定》第二十二条" in paper


def test_16_the_page_refuses_it_at_its_field_and_keeps_what_was_typed(week: Week) -> None:
    number = week.register("16")["number"]
    version = week.shown(number, "t01.coordinator")["version"]
    typed = {"reason": IN_COURT, "routes": ["litigation"], "version": version}
    answer = client_of(week.people["t01.coordinator"]).post(f"/disputes/{number}/steps/decline/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不能再告知" in page
    assert IN_COURT in page


def test_16_what_should_go_to_court_may_be_sent_there(week: Week) -> None:
    number = week.register("16")["number"]
    advised = "属于民事借款争议，调解不成，应当向人民法院起诉。"
    week.step(number, "decline", "t01.coordinator", reason=advised, routes=["litigation", "legal_aid"])
    assert "依法向人民法院起诉" in week.page(f"{number}/papers/refusal/", "t01.clerk")
