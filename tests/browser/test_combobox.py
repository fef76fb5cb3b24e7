"""Choosing by typing never chooses anything else: what stands in the box is what is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import Appointment
from disputes.models import Assignment, Dispute
from tests.browser.fixtures import DESKTOP, PHONE, Visit
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
Axe = Callable[[Page], None]


@pytest.fixture
def accepted(
    transactional_db: None, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> Dispute:
    dispute = registered(clerk, monday, place="t01.v02", category="neighbour")
    return take("accept", dispute, coordinator, monday)


def assign_page(visit: Visit, who: Appointment, dispute: Dispute, size: dict[str, int] = DESKTOP) -> Page:
    page = visit(who, f"/disputes/{dispute.number}/steps/assign/", size=size)
    unit_box(page).wait_for()
    return page


def unit_box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="责任单位")


def type_in(page: Page, box: Locator, words: str) -> None:
    box.fill("")
    box.press_sequentially(words)
    page.locator(".combobox-option:visible").first.wait_for()


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_tab_and_enter_take_what_is_highlighted(
    visit: Visit, coordinator: Appointment, accepted: Dispute, key: str
) -> None:
    page = assign_page(visit, coordinator, accepted)
    type_in(page, unit_box(page), "司法所")
    highlighted = page.locator("[role=option][aria-selected=true]").first.evaluate(
        "row => row.firstChild.data"
    )
    unit_box(page).press(key)
    expect(unit_box(page)).to_have_value(highlighted)
    expect(page.locator("input[name=lead_unit]")).to_have_value("t01.justice")
    expect(page.locator(".combobox [role=status]").first).to_contain_text("已选择")


def test_what_is_not_found_is_seen_heard_and_never_becomes_something_else(
    visit: Visit, coordinator: Appointment, accepted: Dispute, axe: Axe
) -> None:
    page = assign_page(visit, coordinator, accepted)
    box = unit_box(page)
    type_in(page, box, "司法所")
    box.press("Enter")
    box.fill("没有这样的单位")
    expect(page.locator(".combobox-empty:visible")).to_have_text("没有找到")
    expect(page.locator(".combobox [role=status]").first).to_have_text("没有找到")
    axe(page)
    box.press("Tab")
    expect(page.locator(".combobox-wrong:visible")).to_contain_text("没有找到“没有这样的单位”")
    expect(box).to_have_value("没有这样的单位")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=lead_unit]")).to_have_value("")  # not what was chosen before
    axe(page)
    page.locator("main form .form-actions button[type=submit]").click()
    expect(box).to_be_focused()
    assert "/steps/assign/" in page.url
    accepted.refresh_from_db()
    assert accepted.status == "accepted"


def test_words_that_mean_several_are_asked_about(
    visit: Visit, coordinator: Appointment, accepted: Dispute
) -> None:
    page = assign_page(visit, coordinator, accepted)
    box = unit_box(page)
    type_in(page, box, "青石镇")
    box.press("Escape")
    box.press("Tab")
    expect(page.locator(".combobox-wrong:visible")).to_contain_text("不止一个")


def test_who_types_faster_than_the_list_comes_gets_the_only_one_there_is(
    visit: Visit, coordinator: Appointment, accepted: Dispute
) -> None:
    page = assign_page(visit, coordinator, accepted)
    box = unit_box(page)
    box.focus()
    page.keyboard.insert_text("司法所")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=lead_unit]")).to_have_value("t01.justice")


def test_emptied_means_none(visit: Visit, coordinator: Appointment, accepted: Dispute) -> None:
    page = assign_page(visit, coordinator, accepted)
    box = unit_box(page)
    type_in(page, box, "司法所")
    box.press("Enter")
    box.fill("")
    box.press("Tab")
    expect(page.locator("input[name=lead_unit]")).to_have_value("")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_suggestion_is_taken_and_several_units_are_chosen_in_one_box(
    visit: Visit, coordinator: Appointment, accepted: Dispute, axe: Axe, size: dict[str, int]
) -> None:
    page = assign_page(visit, coordinator, accepted, size)
    page.get_by_role("button", name="建议：").click()
    expect(page.locator("input[name=lead_unit]")).to_have_value("t01.v02")
    others = page.get_by_role("combobox", name="协办单位")
    expect(others).to_have_count(1)
    for words, count in (("司法所", 1), ("派出所", 2)):
        type_in(page, others, words)
        others.press("Enter")
        expect(page.locator(".combobox-chip")).to_have_count(count)
    type_in(page, others, "调委")
    others.press("Tab")
    expect(page.locator(".combobox-chip")).to_have_count(3)
    axe(page)
    page.get_by_role("button", name="移除").nth(1).press("Enter")
    expect(page.locator(".combobox-chip")).to_have_count(2)
    expect(others).to_be_focused()
    axe(page)
    page.locator("main form .form-actions button[type=submit]").click()
    page.wait_for_url(f"**/disputes/{accepted.number}/")
    accepted.refresh_from_db()
    assert accepted.lead_unit.code == "t01.v02"
    chosen = set(Assignment.objects.get(dispute=accepted).co_units.values_list("code", flat=True))
    assert chosen == {"t01.justice", "t01.mediation"}
