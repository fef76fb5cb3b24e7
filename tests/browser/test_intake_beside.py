"""What the system makes of a text while it is typed stands beside it; errors lead to their fields."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Appointment
from core.clock import now
from tests.browser.fixtures import PHONE, Visit, does_not_scroll_sideways
from tests.browser.test_intake import TEXT, fill_quarrel, opened, pick
from tests.factories.disputes import registered

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
LEVELLED = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"
BOXES = """() => Object.fromEntries(["#id_narrative", "#intake-level", "#intake-look", "#id_place-typing"].map(
    one => [one, document.querySelector(one).getBoundingClientRect().toJSON()]))"""


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 1200, "height": 800}])
def test_what_the_system_makes_of_the_text_stands_beside_it(
    visit: Visit, clerk: Appointment, size: dict[str, int]
) -> None:
    registered(clerk, now())
    page = opened(visit, clerk, size=size)
    pick(page, "发生地", "上湾")
    fill_quarrel(page)
    expect(page.locator(".intake-duplicates")).to_be_visible()
    page.locator("#id_narrative").fill(TEXT + LEVELLED)
    expect(page.locator("#intake-level .intake-warning")).to_be_visible()
    page.locator("#id_narrative").scroll_into_view_if_needed()
    boxes = page.evaluate(BOXES)
    text, level, look = (boxes[name] for name in ("#id_narrative", "#intake-level", "#intake-look"))
    for beside in (level, look):
        assert beside["left"] > text["right"]
        assert beside["right"] <= size["width"]
    assert 0 <= level["top"] < size["height"] / 2
    page.locator("#id_amount").scroll_into_view_if_needed()  # it stays in sight while one goes on
    later = page.evaluate(BOXES)["#intake-level"]
    assert 56 <= later["top"] < size["height"] / 2  # below the bar on top
    assert does_not_scroll_sideways(page)


def test_on_a_phone_it_follows_the_text(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk, size=PHONE)
    page.locator("#id_narrative").fill(LEVELLED)
    expect(page.locator("#intake-level .intake-warning")).to_be_visible()
    boxes = page.evaluate(BOXES)
    assert (
        boxes["#id_narrative"]["bottom"] <= boxes["#intake-level"]["top"] < boxes["#id_place-typing"]["top"]
    )


def test_tab_leads_from_the_text_over_what_was_found_to_the_next_field(
    visit: Visit, clerk: Appointment
) -> None:
    registered(clerk, now())
    page = opened(visit, clerk)
    pick(page, "发生地", "上湾")
    fill_quarrel(page)
    expect(page.locator(".intake-duplicates")).to_be_visible()
    page.locator("#id_narrative").focus()
    passed = []
    for _each in range(3):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()"))
    assert [one[:2] for one in passed] == ["打开", "并入", "id"]
    assert passed[2] == "id_category-typing"


def test_a_screen_reader_hears_what_changed_and_nothing_twice(visit: Visit, clerk: Appointment) -> None:
    """The parts are polite live regions: whatever is written into them is read out."""
    page = opened(visit, clerk)
    page.locator("#id_narrative").fill(
        LEVELLED + "双方就排水沟的事也谈过几次，村里调解过，没有结果，各说各的理"
    )
    level = page.locator("#intake-level")
    expect(level.locator(".intake-warning")).to_be_visible()
    assert level.get_attribute("aria-live") == "polite"
    page.evaluate(
        "window.written = 0; new MutationObserver(all => { window.written += all.length; })"
        ".observe(document.querySelector('#intake-level'), {childList: true, subtree: true})"
    )
    with page.expect_response("**/classify/"):
        page.locator("#id_narrative").press_sequentially("。")
    page.wait_for_timeout(300)
    assert page.evaluate("window.written") == 0
    with page.expect_response("**/classify/"):
        page.locator("#id_narrative").fill(TEXT)
    expect(level.locator(".intake-warning")).to_have_count(0)
    assert page.evaluate("window.written") > 0


def test_the_summary_of_errors_has_the_focus_and_leads_to_each_field(
    visit: Visit, clerk: Appointment
) -> None:
    page = opened(visit, clerk)
    page.locator("#id_parties-0-name").fill("张建国")
    page.locator("#id_parties-1-name").fill("李大山")
    page.locator(".intake-party").nth(1).get_by_text("证件号码、住址").click()
    page.locator("#id_parties-1-id_number").fill("369901199001011234")
    page.get_by_label("有人身危险").check()
    page.get_by_role("button", name="登记", exact=True).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    expect(links.first).to_have_text(re.compile("^第2位当事人：证件号码："))
    for link in links.all():
        target = str(link.get_attribute("href"))
        link.click()
        held = page.evaluate("document.activeElement.id")
        assert held in (target[1:], f"{target[1:]}-typing")
        expect(page.locator(f"#{held}")).to_be_visible()
