"""处理未果 on pages: the checklist, its form and its paper, wide and on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Appointment
from core.clock import shanghai_date
from disputes.models import Dispute
from tests.browser.fixtures import check_axe
from tests.browser.test_print import pages
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
Visit = Callable[..., Page]
SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def failed(clerk: Appointment, coordinator: Appointment, handler: Appointment, monday: Any) -> Dispute:
    dispute = registered(clerk, monday)
    take("accept", dispute, coordinator, monday, level=0)
    take("assign", dispute, coordinator, monday, lead_unit="t01.justice")
    take("sign_for", dispute, handler, monday)
    at = monday + timedelta(days=1)
    take("submit_result", dispute, handler, at, outcome="no_agreement", account="三次调解未成。")
    return take("approve_result", dispute, coordinator, at, outcome="not_resolved")


def kept(page: Page, name: str) -> None:
    """A picture to look at, where KEEP_SHOTS names a folder."""
    if folder := os.environ.get("KEEP_SHOTS"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
def test_the_checklist_leads_to_the_form_and_the_form_to_the_paper(
    visit: Visit, failed: Dispute, clerk: Appointment, mayor: Appointment, monday: Any, size: dict[str, int]
) -> None:
    page, width = visit(clerk, f"/disputes/{failed.number}/", size=size), size["width"]
    card = page.locator("#not-resolved")
    assert card.get_by_text("未办").count() == 3
    assert page.evaluate(FITS)
    check_axe(page)
    kept(page, f"case-{width}")
    card.get_by_role("link", name="告知途径").click()
    page.wait_for_url("**/steps/tell_routes/")
    assert page.locator("input[name=routes]:checked").count() == 3
    assert page.evaluate(FITS)
    check_axe(page)
    kept(page, f"form-{width}")
    told = {"routes": ["litigation", "legal_aid"], "on": shanghai_date(monday + timedelta(days=1))}
    take("tell_routes", failed, clerk, monday + timedelta(days=1), way="in_person", **told)
    page.goto(f"/disputes/{failed.number}/papers/not_resolved/")
    assert page.locator("h1").inner_text() == "处理未果告知书"
    kept(page, f"paper-{width}")
    assert pages(page, "not_resolved") == 1
    home = visit(mayor, "/", size=size)
    assert home.get_by_text("处理未果，等我答复").first.is_visible()
    assert home.evaluate(FITS)
    kept(home, f"home-{width}")
    home.goto(f"/disputes/{failed.number}/steps/answer_not_resolved/")
    kept(home, f"answer-{width}")
    check_axe(home)
