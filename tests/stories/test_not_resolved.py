"""The played week, case 08: a child hurt at school; honestly not resolved, and not closed before the parents know where
to turn, a principal leader has answered and somebody has asked them."""

from __future__ import annotations

from datetime import date

import pytest

from core.clock import now, shanghai_date
from tests.stories.week import Week

pytestmark = pytest.mark.django_db


def today() -> date:
    return shanghai_date(now())


def test_08_without_result_it_is_closed_only_after_routes_answer_and_revisit(week: Week) -> None:
    number = week.register("08", restricted=True)["number"]
    week.step(number, "accept", "t01.coordinator", level=0)
    week.step(number, "assign", "t01.coordinator", lead_unit="t01.justice")
    week.step(number, "sign_for", "t01.justice")
    account = "学校只愿承担一半，家长不同意，三次调解未成。"
    week.step(number, "submit_result", "t01.justice", outcome="no_agreement", account=account)
    found = week.step(number, "approve_result", "t01.coordinator", outcome="not_resolved")
    assert found["not_resolved"]["missing"] == ["routes", "revisit", "answer"]
    assert week.told("t01.mayor", "not_resolved.asked") == 1
    refused = week.step(number, "close", "t01.coordinator", expect=409)
    for words in ("告知途径", "回访", "青石镇政府行政主要负责人的答复"):
        assert words in refused["title"]
    routes = ["litigation", "legal_aid"]
    week.step(number, "tell_routes", "t01.clerk", routes=routes, on=today().isoformat(), way="in_person")
    week.step(number, "close", "t01.coordinator", expect=409)
    week.step(
        number,
        "answer_not_resolved",
        "t01.mayor",
        decision="elsewhere",
        instruction="同意，帮家长申请法律援助。",
    )
    week.step(number, "close", "t01.coordinator", expect=409)
    week.step(number, "revisit", "t01.clerk", way="phone", satisfied=False, account="家长准备起诉。")
    closed = week.step(number, "close", "t01.coordinator")
    assert closed["status"] == "closed"
    assert closed["not_resolved"]["routes"] == sorted(routes)
