"""The ledger in a real browser: filtering without a new page, acting on several rows, an export, a check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from disputes.models import Dispute
from tests.browser.fixtures import PHONE, Visit
from tests.factories import disputes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], None]
CARD = """() => [...document.querySelector(".ledger-table tbody tr").cells]
    .map(cell => ({text: cell.innerText.trim(), box: cell.getBoundingClientRect()}))
    .filter(({text, box}) => text && box.width)
    .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left)
    .map(({text}) => text)"""  # of the first row, as it is seen


@pytest.fixture
def ledger(
    clerk: Appointment, coordinator: Appointment, monday: datetime, reference_data: None
) -> list[Dispute]:
    """Three of a town: a quarrel and a wage case to dispatch, a third to accept."""
    with transaction.atomic():
        made = [
            disputes.registered(clerk, monday, title=title, category=category)
            for title, category in (
                ("排水沟之争", "neighbour"),
                ("拖欠工资", "wage_arrears"),
                ("田埂之争", "neighbour"),
            )
        ]
        for dispute in made[:2]:
            disputes.take("accept", dispute, coordinator, monday)
    return made


def test_filtering_changes_the_list_and_the_address_in_place(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment, axe: Axe
) -> None:
    page = visit(coordinator, "/disputes/")
    rows = page.locator(".ledger-table tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_label("状态").select_option("registered")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(f"{page.url.split('/disputes/')[0]}/disputes/?status=registered")
    expect(page.get_by_role("status").filter(has_text="共 1 件")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="状态： 待受理").click()
    expect(rows).to_have_count(3)


def test_ticked_rows_are_assigned_after_a_confirmation(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment, axe: Axe
) -> None:
    page = visit(coordinator, "/disputes/?status=accepted")
    expect(page.locator("[data-selection-bar]")).to_be_hidden()
    page.get_by_label("全选本页").check()
    page.get_by_role("button", name="批量交办").click()
    expect(page.get_by_text("选了 2 件，其中 2 件可以办理")).to_be_visible()
    axe(page)
    page.get_by_role("combobox", name="责任单位").fill("司法所")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="确认，共 2 件").click()
    expect(page.get_by_text("已办理", exact=True)).to_have_count(2)
    assert Dispute.objects.filter(status="assigned", lead_unit__code="t01.justice").count() == 2


def test_a_view_is_saved_from_the_page_and_becomes_a_tab(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment
) -> None:
    page = visit(coordinator, "/disputes/?category=neighbour")
    page.get_by_text("保存为视图").click()
    page.get_by_label("视图名称").fill("邻里")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("link", name="邻里", exact=True)).to_have_attribute("aria-current", "page")


def test_an_export_appears_in_my_list_and_can_be_fetched(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment, axe: Axe
) -> None:
    page = visit(coordinator, "/disputes/")
    page.get_by_role("button", name="导出 Excel").click()
    link = page.get_by_role("link", name="ledger-")
    axe(page)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_on_a_phone_rows_are_cards_and_nothing_scrolls_sideways(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment, axe: Axe
) -> None:
    page = visit(coordinator, "/disputes/", size=PHONE)
    expect(page.get_by_role("link", name="拖欠工资")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    axe(page)


def test_the_auditor_checks_the_ledger(
    ledger: list[Dispute], visit: Visit, auditor: Appointment, axe: Axe
) -> None:
    page = visit(auditor, "/disputes/ledger/check/")
    page.get_by_role("button", name="开始核验").click()
    expect(page.get_by_text("台账完好")).to_be_visible()
    axe(page)


def test_columns_are_chosen_and_ordered_by_keys_and_the_cards_of_a_phone_stay(
    ledger: list[Dispute], visit: Visit, coordinator: Appointment, axe: Axe
) -> None:
    phone = visit(coordinator, "/disputes/", size=PHONE)
    before = phone.evaluate(CARD)
    assert before[0].startswith("田埂之争")
    page = visit(coordinator, "/disputes/")
    page.get_by_role("link", name="显示的列").click()
    axe(page)
    page.get_by_label("来源", exact=True).check()
    page.get_by_label("发生地", exact=True).uncheck()
    up = page.get_by_role("button", name="上移“来源”")
    for _n in range(8):
        up.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("[data-columns-said]")).to_have_text("来源：第 1 列")
    page.get_by_label("登记时间", exact=True).drag_to(page.get_by_label("类别", exact=True))
    page.get_by_role("button", name="保存", exact=True).click()
    heads = page.locator(".ledger-table thead th:visible")
    expect(heads).to_have_text(
        ["", "纠纷", "来源", "登记时间", "类别", "预警", "状态", "责任单位/责任人", "时限"]
    )
    axe(page)
    page.emulate_media(media="print")
    expect(page.locator(".ledger-table thead th:visible")).to_have_text(
        ["纠纷", "来源", "登记时间", "类别", "预警", "状态", "责任单位/责任人", "时限"]
    )
    phone.reload()
    assert phone.evaluate(CARD) == before
