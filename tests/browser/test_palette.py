"""The command palette in a real browser: opened by the keys, moved in by the arrows, left with Escape."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core import clock
from disputes.models import Dispute
from tests.browser.fixtures import DESKTOP, PHONE, Visit, does_not_scroll_sideways
from tests.factories import disputes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], None]


@pytest.fixture
def dispute(clerk: Appointment, monday: datetime, reference_data: None) -> Dispute:
    with transaction.atomic():
        return disputes.registered(clerk, clock.now(), title="田埂之争")


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="快速前往")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("option").first).to_be_visible()  # the page below has options of its own


def test_keys_open_choose_and_go(dispute: Dispute, visit: Visit, coordinator: Appointment, axe: Axe) -> None:
    page = visit(coordinator, "/")
    palette(page)
    box = page.get_by_role("combobox", name="页面、编号、单位、姓名")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-activedescendant", "palette-0")
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "palette-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    page.keyboard.type(f"{dispute.seq:06d}")
    page.keyboard.press("Enter")  # before the answer has come
    expect(page).to_have_url(re.compile(rf"/disputes/{dispute.number}/$"))


def test_escape_closes_and_the_focus_returns(
    dispute: Dispute, visit: Visit, coordinator: Appointment
) -> None:
    page = visit(coordinator, "/disputes/")
    link = page.get_by_role("link", name="田埂之争")
    link.focus()
    palette(page)
    for _n in range(6):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('#palette')"
        assert page.evaluate(inside)
    page.get_by_role("combobox", name="页面、编号、单位、姓名").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="快速前往")).to_be_hidden()
    expect(link).to_be_focused()
    assert page.locator("#palette [role=option]").count() == 0  # nothing stays in the page


def test_a_step_of_the_open_dispute_is_one_of_the_lines(
    dispute: Dispute, visit: Visit, coordinator: Appointment
) -> None:
    page = visit(coordinator, f"/disputes/{dispute.number}/")
    palette(page)
    page.keyboard.type("受理")
    group = page.get_by_role("group", name="本件可以办理")
    expect(group.get_by_role("option", name="受理", exact=True)).to_be_visible()
    group.get_by_role("option", name="受理", exact=True).click()
    expect(page).to_have_url(re.compile(r"/steps/accept/$"))


def test_a_name_leads_to_the_search_that_asks_for_a_reason(
    dispute: Dispute, visit: Visit, coordinator: Appointment
) -> None:
    page = visit(coordinator, "/")
    palette(page)
    page.keyboard.type("王小翠")
    page.get_by_role("option", name="按姓名检索“王小翠”").click()
    expect(page.get_by_label("姓名或单位名称")).to_have_value("王小翠")
    assert "王" not in page.url
    assert "%" not in page.url


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_button_opens_it_and_on_a_phone_it_is_a_sheet(
    dispute: Dispute, visit: Visit, coordinator: Appointment, axe: Axe, size: dict[str, int]
) -> None:
    page = visit(coordinator, "/", size=size)
    assert does_not_scroll_sideways(page)
    page.get_by_role("link", name="快速前往").click()
    dialog = page.get_by_role("dialog", name="快速前往")
    expect(dialog.get_by_role("option").first).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None
    if size is PHONE:
        assert (box["x"], box["y"], box["width"]) == (0, 0, PHONE["width"])
    page.get_by_role("combobox", name="页面、编号、单位、姓名").fill("没有这一页")
    expect(page.get_by_role("option", name="在台账中检索“没有这一页”")).to_be_visible()
    axe(page)
    dialog.get_by_role("button", name="关闭").click()
    expect(dialog).to_be_hidden()


def test_without_a_script_the_button_leads_to_the_page(
    dispute: Dispute, visit: Visit, coordinator: Appointment
) -> None:
    page = visit(coordinator, "/", java_script_enabled=False)
    page.get_by_role("link", name="快速前往").click()
    page.get_by_role("searchbox", name="页面、编号、单位、姓名").fill("tz")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("main").get_by_role("link", name="台账", exact=True).click()
    expect(page).to_have_url(re.compile(r"/disputes/$"))
