"""The played week, cases 07, 12: who is a party or is complained about keeps out, in whatever seat, to the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.middleware import ACTING
from accounts.models import Appointment
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization, Post
from tests.factories import accounts
from tests.stories.week import Week

pytestmark = pytest.mark.django_db
LEVEL_WORDS = ("二级预警", "一级预警", "三级预警")
OF_LEVELS = ("warning", "escalation", "level", "instruct")
VILLAGE = "t01.v01"


def second_post(week: Week, username: str, unit: str, role: PostRole) -> Appointment:
    """Somebody holds another post besides."""
    organization = Organization.objects.get(code=unit)
    post, _made = Post.objects.get_or_create(organization=organization, role=role, title="兼任")
    return accounts.appoint(week.people[username].user, post)


def standing_in(week: Week, username: str, absent: str) -> Client:
    """The browser of who stands in for somebody, acting in that seat."""
    delegation = accounts.stand_in(week.people[absent], week.people[username].user)
    client = accounts.client_of(week.people[username])
    session = client.session
    session[ACTING] = f"d{delegation.pk}"
    session.save()
    return client


def sees_no_level(page: Any, api: dict[str, Any] | None = None) -> None:
    text = page.content.decode()
    assert page.status_code in (200, 404)
    for words in LEVEL_WORDS:
        assert words not in text
    assert api is None or api["warning"] is None


@pytest.fixture
def works(week: Week) -> str:
    """Case 07, in the hands of the police, the works helping."""
    registered = week.register("07")
    number = str(registered["number"])
    assert registered["responsibility"]["rule"] == "unit_versus_locality"
    assert registered["warning"]["level"] == 2
    week.step(number, "accept", "t01.coordinator", level=2)
    week.step(number, "assign", "t01.coordinator", lead_unit="t01.police", co_units=["unit01"])
    return number


@pytest.mark.parametrize("who", ["unit01.handler", "unit01.head"])
def test_07_the_works_help_and_see_neither_level_nor_plan(week: Week, works: str, who: str) -> None:
    week.step(works, "instruct", "t01.secretary", instruction="先停产检测，派员驻守。")
    seen = week.shown(works, who)
    assert seen["warning"] is None
    assert week.listed(who)[works]["warning"] is None
    assert [row for row in week.trail(works, who) if row["step"].startswith(OF_LEVELS)] == []
    assert "先停产检测" not in week.page(f"{works}/", who)
    assert not any(words in week.page(f"{works}/", who) for words in LEVEL_WORDS)
    assert week.listed(who, level="2") == {}
    assert week.asked(works, who) == []
    assert week.told(who, "warning") == 0


def test_07_a_second_post_in_the_town_hall_shows_them_no_more(week: Week, works: str) -> None:
    other = second_post(week, "unit01.head", "t01.gov", PostRole.DEPUTY)
    week.people["unit01.deputy"] = other
    seen = week.shown(works, "unit01.deputy")
    assert seen["warning"] is None
    assert works not in week.listed("unit01.deputy", level="2")
    sees_no_level(accounts.client_of(other).get(f"/disputes/{works}/"), seen)


def test_07_standing_in_for_the_mayor_shows_them_no_more(week: Week, works: str) -> None:
    client = standing_in(week, "unit01.handler", "t01.mayor")
    sees_no_level(client.get(f"/disputes/{works}/"))
    assert "二级" not in client.get("/").content.decode().split("处理")[0]
    assert client.get(f"/warnings/{works}/").status_code in (403, 404)


def test_07_a_leader_who_has_a_post_in_the_works_is_not_asked(week: Week) -> None:
    second_post(week, "t01.mayor", "unit01", PostRole.HEAD)
    number = week.register("07")["number"]
    asked = {row["holder"] for row in week.asked(number)}
    assert "t01.mayor" not in asked
    assert asked  # it goes past, and not into nothing
    assert week.told("t01.mayor", "warning") == 0


def keeps_out(week: Week, number: str) -> None:
    """Neither the person nor the unit opens it, in a seat lent to them neither, nor is given it."""
    assert not week.sees(number, VILLAGE)
    assert number not in week.listed(VILLAGE)
    assert week.people["lent"].get(f"/disputes/{number}/").status_code == 404  # type: ignore[attr-defined]


@pytest.fixture
def accused(week: Week) -> str:
    """Case 12: about the village secretary and the committee of the village."""
    number = str(week.register("12")["number"])
    week.people["lent"] = standing_in(week, VILLAGE, "t01.mayor")  # type: ignore[assignment]
    keeps_out(week, number)
    assert week.shown(number, "t01.coordinator")["accused_people"] == [VILLAGE]
    return number


def refuses_the_village(week: Week, number: str, step: str = "assign", **more: Any) -> None:
    refused = week.step(number, step, "t01.coordinator", expect=400, lead_unit=VILLAGE, **more)
    assert "回避" in str(refused["errors"]["lead_unit"])


def test_12_after_a_transfer(week: Week, accused: str) -> None:
    week.step(accused, "accept", "t01.coordinator", level=0)
    refuses_the_village(week, accused)
    week.step(accused, "assign", "t01.coordinator", lead_unit="t01.justice")
    refuses_the_village(week, accused, "transfer", reason="换单位")
    week.step(accused, "transfer", "t01.coordinator", lead_unit="t01.police", reason="换单位")
    keeps_out(week, accused)


def test_12_after_a_merge_in_either_direction(week: Week, accused: str) -> None:
    other = week.register("22")["number"]
    assert week.sees(other, "t01.coordinator")
    week.step(accused, "merge", "t01.coordinator", into=other)
    keeps_out(week, other)
    shown = week.shown(other, "t01.coordinator")
    assert (shown["accused_people"], shown["accused_units"]) == ([VILLAGE], [VILLAGE])
    week.step(other, "accept", "t01.coordinator", level=0)
    refuses_the_village(week, other)
    third = week.register("04")["number"]
    week.step(third, "merge", "t01.coordinator", into=other)
    keeps_out(week, third)


def test_12_after_it_is_begun_anew(week: Week, accused: str) -> None:
    week.step(accused, "withdraw", "t01.coordinator", reason="村民撤回")
    keeps_out(week, accused)
    week.step(accused, "reopen", "t01.coordinator", reason="村民又来反映")
    keeps_out(week, accused)
    refuses_the_village(week, accused)


def test_12_at_the_county_and_back(week: Week, accused: str) -> None:
    week.step(accused, "report_up", "t01.coordinator", reason="请县里指导")
    week.step(accused, "accept_report", "county.office", level=0)
    keeps_out(week, accused)
    week.step(accused, "hand_down", "county.office", town="t01")
    keeps_out(week, accused)
    week.step(accused, "accept", "t01.coordinator", level=0)
    refuses_the_village(week, accused)
