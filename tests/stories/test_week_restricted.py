"""The played week, cases 03, 05, 18: what few may read is known to be there, and the law's duties stand beside it."""

from __future__ import annotations

import pytest

from audit.models import AccessEvent
from tests.stories.week import Week

pytestmark = pytest.mark.django_db
STUB = {"number", "restricted", "town", "category_group", "status", "lead_unit", "due_at"}
ASKED = "请核对是否需要限制知悉"


def test_03_level_two_opens_it_to_those_who_must_act_and_every_look_is_kept(week: Week) -> None:
    registered = week.register("03")
    number = registered["number"]
    assert registered["warning"]["level"] == 2
    assert week.shown(number, "t01.clerk")["confidentiality"] == "restricted"
    who_acts = ("t01.secretary", "t01.mayor", "county.office", "t01.police_head")
    for by in who_acts:
        assert week.shown(number, by)["warning"]["level"] == 2, by
    looks = AccessEvent.objects.filter(action="opened", target_label=number)
    assert {week.people[by].user_id for by in who_acts} <= set(looks.values_list("user_id", flat=True))
    for by in ("t01.police", "t01.v01", "t02.secretary", "t02.police_head"):
        assert not week.sees(number, by), by
    assert {"t01.mayor"} <= {row["holder"] for row in week.asked(number)}


def test_03_it_is_handled_to_its_end_by_whom_it_is_open_to(week: Week) -> None:
    number = week.register("03")["number"]
    week.step(number, "accept", "t01.coordinator", level=2)
    week.step(number, "assign", "t01.coordinator", lead_unit="t01.mediation")
    assert set(week.listed("county.head")[number]) == STUB
    week.step(number, "sign_for", "t01.mediator")
    agreed = {"outcome": "written_agreement", "account": "双方在调委会签了协议。"}
    week.step(number, "submit_result", "t01.mediator", **agreed)
    assert week.step(number, "approve_result", "t01.coordinator", outcome="settled")["status"] == "settled"


def test_05_a_marriage_is_restricted_by_its_kind_and_counted_everywhere(week: Week) -> None:
    number = week.register("05")["number"]
    shown = week.shown(number, "t01.clerk")
    assert (shown["confidentiality"], shown["warning"]["level"]) == ("restricted", 0)
    for by in ("t01.mayor", "t01.secretary", "county.head"):
        row = week.listed(by)[number]
        assert set(row) == STUB, by
        assert (row["restricted"], row["category_group"]) == (True, "民间")
        assert not week.sees(number, by), by
        assert number in week.listed(by, status="registered"), by
        assert number not in week.listed(by, q="酗酒"), by
        assert "(1)" in week.page("/disputes/?confidential=true", by).split("</title>")[0], by
    assert number not in week.listed("t02.mayor")


def test_05_the_red_line_names_what_the_law_offers_against_beatings_at_home(week: Week) -> None:
    page = week.page(f"{week.register('05')['number']}/", "t01.clerk")
    for words in ("告诫书", "人身安全保护令", "《反家庭暴力法》", "强制报告"):
        assert words in page, words
    assert ASKED not in page  # it is restricted already


def test_18_restriction_is_proposed_and_the_duty_to_report_is_named(week: Week) -> None:
    number = week.register("18")["number"]
    assert week.shown(number, "t01.clerk")["confidentiality"] == "normal"  # proposed, never done by itself
    for by in ("t01.clerk", "t01.coordinator"):
        page = week.page(f"{number}/", by)
        assert ASKED in page
        assert "强制报告" in page
        assert "《未成年人保护法》第十一条" in page
    week.step(number, "restrict", "t01.coordinator", reason="涉及未成年人")
    assert set(week.listed("t01.mayor")[number]) == STUB
    assert ASKED not in week.page(f"{number}/", "t01.coordinator")
