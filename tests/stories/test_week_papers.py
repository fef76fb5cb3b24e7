"""The played week, case 23: settled at the counter; no paper announces what is done already."""

from __future__ import annotations

import pytest

from tests.stories.week import Week

pytestmark = pytest.mark.django_db
ACCEPTANCE = "papers/acceptance/"


def test_23_what_is_settled_on_the_spot_is_not_announced_as_accepted(week: Week) -> None:
    registered = week.register("23")
    number = registered["number"]
    assert registered["status"] == "settled"
    page = week.page(f"{number}/", "t01.clerk")
    assert "papers/receipt/" in page
    assert ACCEPTANCE not in page
    week.page(f"{number}/{ACCEPTANCE}", "t01.clerk", expect=409)
    week.page(f"{number}/{ACCEPTANCE}docx/", "t01.clerk", expect=409)
    assert "双方已当场达成一致" in week.page(f"{number}/papers/receipt/", "t01.clerk")
    assert week.step(number, "close", "t01.coordinator")["status"] == "closed"  # and no revisit asked
    week.page(f"{number}/{ACCEPTANCE}", "t01.clerk", expect=409)


def test_23_begun_anew_it_is_announced(week: Week) -> None:
    number = week.register("23")["number"]
    week.step(number, "reopen", "t01.coordinator", reason="菜贩乙没有照办")
    assert ACCEPTANCE in week.page(f"{number}/", "t01.clerk")
