"""The played week's cases of handing on, told through the API as other systems and clerks take them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.clock import SHANGHAI
from tests.factories.day_list import last_day
from tests.factories.day_list import works_in_2026 as works

pytestmark = pytest.mark.django_db

PETITION = {
    "title": "信访局转来：违建未拆举报答复不服",
    "narrative": "信访局转来信访件：镇群众反映邻居在承包田里建房，镇里答复不清，要求限期60日办结并答复信访人。",
    "source": "petition",
    "category": "land_forest",
    "place": "t02",
    "people_count": 1,
    "parties": [{"role": "applicant", "kind": "natural", "name": "信访人吴某"}],
    "jurisdiction": {"towns": ["t02"]},
}
HOTLINE = {
    "title": "12345：小区电梯停用一周",
    "narrative": "12345工单：老街社区小区3栋电梯停用一周，物业与业委会互相推诿，请5个工作日内答复市民。",
    "source": "hotline",
    "category": "property_mgmt",
    "people_count": 1,
    "parties": [{"role": "applicant", "kind": "natural", "name": "热线市民"}],
    "place": "t01",
    "jurisdiction": {"towns": ["t01"]},
}
WRONG_WINDOW = {
    "title": "邻镇荷叶塘村来人反映路灯",
    "narrative": "邻镇荷叶塘村村民到青石镇反映村道路灯安装占用其菜地未补偿。",
    "category": "village_affairs",
    "place": "t02",
    "people_count": 1,
    "parties": [{"role": "applicant", "kind": "natural", "name": "覃某"}],
    "jurisdiction": {"towns": ["t02"]},
    "source": "walk_in",
}


class Desk:
    """Everybody at their machine, on one day after the other."""

    def __init__(
        self, people: dict[str, Appointment], clients: Callable[[Appointment], Client], today: Any
    ) -> None:
        self.people, self.clients, self.today, self.number = people, clients, today, ""

    def on(self, day: date, hour: int = 9) -> None:
        self.today(datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI))

    def post(self, who: str, path: str, body: dict[str, Any]) -> Any:
        client = self.clients(self.people[who])
        return client.post(f"/api/v1/disputes/{path}", json.dumps(body), content_type="application/json")

    def register(self, who: str, body: dict[str, Any]) -> str:
        answer = self.post(who, "", body)
        assert answer.status_code == 201, answer.content
        self.number = answer.json()["number"]
        return self.number

    def take(self, who: str, step: str, **body: Any) -> dict[str, Any]:
        answer = self.post(who, f"{self.number}/steps/{step}/", body)
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def refused(self, who: str, step: str, **body: Any) -> Any:
        answer = self.post(who, f"{self.number}/steps/{step}/", body)
        assert answer.status_code in (400, 403, 404, 409), answer.content
        return answer

    def get(self, who: str) -> Any:
        return self.clients(self.people[who]).get(f"/api/v1/disputes/{self.number}/").json()


@pytest.fixture
def desk(people: Any, api_client_of: Any, monkeypatch: Any) -> Desk:
    moment: list[datetime] = []

    def today(now: datetime) -> None:
        moment[:] = [now]

    for module in ("disputes.api.views", "disputes.api.representation", "core.clock"):
        monkeypatch.setattr(f"{module}.now", lambda: moment[0])
    return Desk(people, api_client_of, today)


def test_a_petition_with_sixty_days_is_handed_down_settled_and_answered(desk: Desk) -> None:
    sixty = last_day(date(2026, 3, 2), [(60, "day")], [], works)
    desk.on(date(2026, 3, 2))
    origin = {"sender": "县信访局", "number": "信2026-118", "received_on": "2026-03-02", "due_at": "2026-05-06",
              "answer_wanted": True}  # fmt: skip
    number = desk.register("county.office", PETITION | {"origin": origin})
    assert number.startswith("county-")
    given = desk.take("county.office", "hand_down", town="t02", instruction="请查明用地手续后书面答复。")
    assert given["number"] == number
    assert (given["managed_by"], given["status"]) == ("t02.centre", "registered")
    assert given["handed_down"] == {"by": "county.centre", "due_at": f"{sixty}T23:59:59+08:00"}

    desk.on(date(2026, 3, 4))
    listed = desk.clients(desk.people["t02.clerk"]).get("/api/v1/disputes/?place=t02").json()["results"]
    assert [row["number"] for row in listed] == [number]
    accepted = desk.take("t02.coordinator", "accept")
    assert accepted["resolve_by"] == f"{sixty}T23:59:59+08:00"
    desk.refused("t02.coordinator", "assign", lead_unit="t02.v01", resolve_by="2026-06-30")
    desk.take(
        "t02.coordinator", "pass_to", unit="t02.v01", instruction="三日内到现场", resolve_by="2026-04-10"
    )
    desk.take("t02.v01", "sign_for")
    desk.on(date(2026, 3, 20))
    desk.take("t02.v01", "submit_result", outcome="decision", account="责令限期拆除并已拆除。")
    asked = desk.take("t02.coordinator", "approve_result", outcome="settled")
    assert (asked["status"], asked["pending"], asked["settled_at"]) == ("result_submitted", "approval", None)
    desk.refused("t02.coordinator", "approve_result", outcome="settled")
    assert "approve_result" in desk.get("county.office")["steps"]
    desk.take("county.office", "reject_result", reason="缺现场照片")
    desk.take("t02.v01", "submit_result", outcome="decision", account="已拆除，附照片。")
    desk.take("t02.coordinator", "approve_result", outcome="settled")
    done = desk.take("county.office", "approve_result", outcome="settled")
    assert (done["status"], done["pending"]) == ("settled", None)
    answered = desk.take(
        "t02.coordinator", "answer_origin", on="2026-03-20", way="paper", account="已书面答复信访人。"
    )
    assert answered["origin"]["answered_on"] == "2026-03-20"
    trail = (
        desk.clients(desk.people["county.office"]).get(f"/api/v1/disputes/{number}/ledger/").json()["results"]
    )
    assert [row["step"] for row in trail if row["step"] in ("hand_down", "pass_to", "approve_result")] == [
        "hand_down", "pass_to", "approve_result", "approve_result", "approve_result",
    ]  # fmt: skip
    handed = next(row for row in trail if row["step"] == "hand_down")
    assert handed["texts"]["instruction"] == "请查明用地手续后书面答复。"


def test_a_hotline_order_of_five_working_days_leaves_the_town_no_day_more(desk: Desk) -> None:
    theirs = last_day(date(2026, 3, 2), [(5, "working_day")], [], works)
    desk.on(date(2026, 3, 2))
    origin = {"sender": "市12345热线", "number": "G0302", "received_on": "2026-03-02", "due_at": str(theirs),
              "answer_wanted": True}  # fmt: skip
    desk.register("county.office", HOTLINE | {"origin": origin})
    refused = desk.refused("county.office", "hand_down", town="t01", resolve_by="2026-03-10")
    assert "resolve_by" in refused.json()["errors"]
    given = desk.take("county.office", "hand_down", town="t01")
    assert given["handed_down"]["due_at"] == given["origin"]["due_at"] == f"{theirs}T23:59:59+08:00"
    desk.on(date(2026, 3, 3))
    given = desk.take("t01.coordinator", "pass_to", unit="t01.v01")
    assert given["resolve_by"] == f"{theirs}T23:59:59+08:00"
    desk.take("t01.v01", "sign_for")
    refused = desk.refused("t01.v01", "request_extension", days=3, reason="等配件")
    assert "days" in refused.json()["errors"]
    desk.on(date(2026, 3, 6))
    desk.take("t01.v01", "submit_result", outcome="oral_agreement", account="电梯已修复。")
    desk.take("t01.coordinator", "approve_result", outcome="settled")
    desk.take("county.coordinator", "approve_result", outcome="settled")
    answered = desk.take(
        "t01.coordinator", "answer_origin", on="2026-03-06", way="system", account="已答复市民。"
    )
    assert answered["origin"]["answered_on"] == "2026-03-06"


def test_a_dispute_between_two_towns_goes_to_one_of_them_and_the_other_looks_on(desk: Desk) -> None:
    desk.on(date(2026, 3, 2))
    body = PETITION | {"source": "walk_in", "place": "t01", "jurisdiction": {"towns": ["t01", "t02"]}}
    desk.register("t01.clerk", body)
    desk.take("t01.coordinator", "accept")
    desk.take("t01.coordinator", "report_up", reason="涉及两镇")
    desk.take("county.office", "accept_report")
    given = desk.take("county.office", "hand_down", town="t02", instruction="由柳河乡牵头，青石镇配合。")
    assert given["managed_by"] == "t02.centre"
    assert desk.get("t01.coordinator")["managed_by"] == "t02.centre"
    desk.refused("t01.coordinator", "accept")
    desk.take("t02.coordinator", "accept")
    desk.take("t02.coordinator", "report_up", reason="青石镇地界，应由其办理")
    desk.take("county.office", "accept_report")
    back = desk.take("county.office", "hand_down", town="t01")
    assert (back["managed_by"], back["status"]) == ("t01.centre", "registered")


def test_who_came_to_the_wrong_window_is_passed_on_in_one_act(desk: Desk) -> None:
    desk.on(date(2026, 3, 2))
    number = desk.register("t01.clerk", WRONG_WINDOW)
    passed = desk.take("t01.coordinator", "pass_to", town="t02")
    assert (passed["number"], passed["managed_by"], passed["received_by"]) == (
        number,
        "t02.centre",
        "t01.centre",
    )
    assert passed["handed_down"] is None
    desk.on(date(2026, 3, 3))
    desk.take("t02.coordinator", "pass_to", unit="t02.v01")
    assert desk.get("t01.clerk")["status"] == "assigned"  # the clerk can tell the visitor how it stands
    assert desk.get("t01.coordinator")["status"] == "registered"  # the town sees it as it handed it over
    both = desk.refused("t02.coordinator", "pass_to", town="t01", unit="t02.v01")
    assert both.status_code in (400, 409)


def test_the_county_takes_back_what_the_town_leaves_lying(desk: Desk) -> None:
    desk.on(date(2026, 3, 2))
    desk.register("county.office", PETITION)
    desk.take("county.office", "hand_down", town="t02")
    desk.take("t02.coordinator", "accept")
    desk.take("t02.coordinator", "pass_to", unit="t02.v01")
    desk.on(date(2026, 3, 20))
    assert "recall" in desk.get("county.office")["steps"]
    assert "recall" not in desk.get("t02.coordinator")["steps"]
    assert desk.refused("t02.coordinator", "recall", reason="不想办").status_code == 403
    back = desk.take("county.office", "recall", reason="久拖不办，由县自然资源局办理")
    assert (back["managed_by"], back["status"], back["handed_down"]) == ("county.centre", "accepted", None)
    assert (back["lead_unit"], back["responsible_person"]) == (None, None)
    sixty = last_day(date(2026, 3, 2), [(60, "day")], [], works)
    assert back["resolve_by"] == f"{sixty}T23:59:59+08:00"
    listed = (
        desk.clients(desk.people["t02.clerk"]).get("/api/v1/disputes/?handed_down=true").json()["results"]
    )
    assert [row["number"] for row in listed] == [desk.number]
    assert desk.refused("county.office", "recall", reason="再收一次").status_code == 409
    given = desk.take("county.office", "assign", lead_unit="nr")
    assert given["status"] == "assigned"
