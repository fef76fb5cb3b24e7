"""Registering at the counter in a real browser: by keyboard, with duplicates, files, drafts, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core.clock import now
from disputes.models import Dispute, IntakeDraft
from tests.browser.fixtures import PHONE, Visit, does_not_scroll_sideways, sign_in
from tests.disputes.intake.conftest import PDF, a_photo
from tests.factories.disputes import registered

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
TEXT = "张家与李家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵。"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def opened(visit: Visit, who: Appointment, **options: Any) -> Page:
    return visit(who, "/disputes/new/", **options)


def pick(page: Page, name: str, typed: str) -> None:
    box = page.get_by_role("combobox", name=name)
    box.fill(typed)
    page.locator(".combobox-option:visible").first.wait_for()
    box.press("Enter")


def fill_quarrel(page: Page) -> None:
    page.locator("#id_parties-0-name").fill("张建国")
    page.locator("#id_parties-1-name").fill("李大山")
    page.locator("#id_narrative").fill(TEXT)
    pick(page, "类别", "邻里")


def saved(page: Page) -> None:
    expect(page.locator("[data-autosave-mark]")).to_contain_text("已自动保存")


def test_a_quarrel_is_registered_by_keyboard_alone(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    page.locator("#id_parties-0-name").focus()
    page.keyboard.type("张建国")
    page.locator("#id_narrative").focus()
    page.keyboard.type(TEXT)
    page.get_by_role("combobox", name="类别").focus()
    page.keyboard.type("邻里")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="发生地").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("石桥")
    page.locator(".combobox-option:visible").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/registered/**")
    dispute = Dispute.objects.get()
    assert (dispute.place_name, dispute.category.code) == ("青石镇石桥村", "neighbour")
    assert dispute.display_number in page.inner_text("main")


def test_one_begins_to_type_at_once_and_the_way_to_remove_a_party_comes_after_its_fields(
    visit: Visit, clerk: Appointment
) -> None:
    page = opened(visit, clerk)
    expect(page.locator("#id_parties-0-name")).to_be_focused()
    passed = []
    for _each in range(6):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert passed[0] == "id_parties-0-phone"
    assert next(text for text in passed if text.startswith("移除")).split() == ["移除", "当事人", "1"]


def test_what_is_typed_survives_a_closed_browser(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    saved(page)
    page.context.close()
    again = visit(clerk, "/disputes/drafts/")
    again.get_by_role("link", name="张某与李某").click()  # by the title proposed meanwhile
    assert again.locator("#id_narrative").input_value() == TEXT
    assert again.locator("#id_parties-1-name").input_value() == "李大山"
    expect(
        again.locator("input[role=combobox]").and_(again.get_by_role("combobox", name="类别"))
    ).to_have_value("邻里")
    assert "draft=" in again.url


def test_what_is_typed_survives_an_expired_session(
    visit: Visit, clerk: Appointment, live_server: Any
) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    saved(page)
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_narrative").fill(f"{TEXT}昨天又吵了一次。")
    page.wait_for_url("**/accounts/login/**")
    sign_in(page.context, clerk, live_server.url)
    page.goto(parse_qs(urlsplit(page.url).query)["next"][0])
    assert page.locator("#id_narrative").input_value() == f"{TEXT}昨天又吵了一次。"
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    assert "昨天又吵了一次" in Dispute.objects.get().narrative


def test_what_was_not_saved_yet_comes_back_with_its_names(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    pick(page, "发生地", "石桥")
    page.locator("#id_narrative").fill(TEXT)
    page.goto(page.url)  # faster than the autosave
    assert page.locator("#id_narrative").input_value() == TEXT
    assert page.get_by_role("combobox", name="发生地").input_value() == "青石镇石桥村"


def test_a_likely_duplicate_appears_while_typing_and_takes_the_new_one_in(
    visit: Visit, clerk: Appointment
) -> None:
    first = registered(clerk, now())
    page = opened(visit, clerk)
    pick(page, "发生地", "上湾")
    fill_quarrel(page)
    found = page.locator(".intake-duplicates")
    expect(found).to_contain_text(first.display_number)
    expect(found.get_by_role("link", name="打开")).to_have_attribute("href", f"/disputes/{first.number}/")
    found.get_by_role("button", name="并入").click()
    page.locator("#confirm-dialog").get_by_role("button", name="登记并并入").click()
    page.wait_for_url("**/registered/**")
    merged = Dispute.objects.exclude(pk=first.pk).get()
    assert (merged.status, merged.merged_into) == ("merged", first)
    assert merged.display_number in page.inner_text("main")


def test_numbers_and_danger_in_the_text_are_pointed_out(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    page.locator("#id_narrative").fill("他电话13800000001，说要拿汽油来。")
    look = page.locator("#intake-look")
    expect(look).to_contain_text("像有手机号码")
    expect(look).to_contain_text("汽油")
    page.get_by_label("有人身危险").check()
    expect(page.get_by_text("先报 110/派出所，并电话报告值班领导", exact=True)).to_be_visible()


def test_files_go_to_the_draft_at_once_and_are_not_sent_again(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    files = [
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": a_photo()},
        {"name": "收据.pdf", "mimeType": "application/pdf", "buffer": PDF},
    ]
    page.locator("#id_files").set_input_files(files)
    expect(page.locator(".attachment")).to_have_count(2)
    page.locator("#id_files").set_input_files(
        [{"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"}]
    )
    expect(page.locator("#intake-files")).to_contain_text("不能上传")
    page.get_by_role("button", name="移除 收据.pdf").click()
    expect(page.locator(".attachment")).to_have_count(1)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    assert [row.name for row in Dispute.objects.get().attachments.all()] == ["现场.jpg"]


def test_a_group_asks_for_its_head_count_and_rows_come_and_go(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    assert not page.locator("#id_parties-0-head_count").is_visible()
    page.locator("#id_parties-0-kind").select_option("group")
    page.locator("#id_parties-0-head_count").fill("21")
    page.get_by_role("button", name="再加一位当事人").click()
    page.locator("#id_parties-2-name").fill("王五")
    page.locator("[data-party]").nth(1).get_by_role("button", name="移除").click()
    page.locator("#id_parties-0-name").fill("21 名工人")
    page.locator("#id_narrative").fill("二十一名工人要求支付工资。")
    pick(page, "类别", "拖欠")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    dispute = Dispute.objects.get()
    assert [party.name for party in dispute.parties.all()] == ["21 名工人", "王五"]
    assert dispute.people_count == 22


def test_a_quarrel_settled_on_the_spot_is_one_form(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    page.get_by_label("当场化解").check()
    page.get_by_role("radio", name="书面").check()
    page.get_by_label("化解情况").fill("李家三日内把沟改回，张家不再追究。")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    assert Dispute.objects.get().status == "settled"


def test_errors_lead_to_their_fields_and_nothing_typed_is_lost(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    page.locator("#id_occurred_on").fill("2999-01-01")
    page.locator("#id_parties-0-phone").fill("12")
    page.get_by_role("button", name="登记", exact=True).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_contain_text("发生日期不能晚于今天")
    summary.get_by_role("link", name=re.compile("电话")).click()
    assert page.evaluate("document.activeElement.id") == "id_parties-0-phone"
    assert page.locator("#id_narrative").input_value() == TEXT
    assert not Dispute.objects.exists()


def test_the_accused_is_found_by_typing(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    page.get_by_text("补充信息").click()
    page.get_by_role("button", name="加一个单位或人员").click()
    pick(page, "被反映的单位或人员", "青石镇派出")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    assert Dispute.objects.get().conflict_marks.get().organization.code == "t01.police"


def test_the_receipt_prints_as_a_sheet(visit: Visit, clerk: Appointment, axe: Callable[[Page], None]) -> None:
    page = opened(visit, clerk)
    fill_quarrel(page)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="打印 张建国").click()
    sheet = popup.value
    sheet.wait_for_load_state()
    assert "登记回执" in sheet.inner_text("h1")
    assert "李大山" not in sheet.inner_text("main")
    axe(sheet)


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE])
def test_every_screen_is_accessible_and_fits(
    visit: Visit, clerk: Appointment, axe: Callable[[Page], None], size: dict[str, int]
) -> None:
    registered(clerk, now())
    page = opened(visit, clerk, size=size)
    pick(page, "发生地", "上湾")
    fill_quarrel(page)
    page.get_by_label("有人身危险").check()
    page.get_by_text("补充信息").click()
    page.get_by_role("button", name="加一个单位或人员").click()
    expect(page.locator(".intake-duplicates")).to_be_visible()
    saved(page)
    axe(page)
    assert does_not_scroll_sideways(page)
    page.goto("/disputes/drafts/")
    assert IntakeDraft.objects.count() == 1
    axe(page)
    assert does_not_scroll_sideways(page)


def test_without_scripts_the_same_form_registers(visit: Visit, clerk: Appointment) -> None:
    page = opened(visit, clerk, java_script_enabled=False)
    page.locator("#id_parties-0-name").fill("张建国")
    page.locator("#id_narrative").fill(TEXT)
    page.locator("#id_category").select_option("neighbour")
    page.locator("#id_place").fill("石桥村")
    page.locator("#id_files").set_input_files(
        [{"name": "收据.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("button", name="再加一位当事人").click()
    assert page.locator("#id_narrative").input_value() == TEXT
    page.locator("#id_parties-2-name").fill("王五")
    page.get_by_role("button", name="登记", exact=True).click()
    page.locator(".error-summary").get_by_text("石桥村").wait_for()  # two towns have one: say which
    page.locator("#id_place").fill("青石镇石桥村")
    page.locator("#id_files").set_input_files(
        [{"name": "收据.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/registered/**")
    dispute = Dispute.objects.get()
    assert dispute.place_name == "青石镇石桥村"
    assert dispute.parties.count() == 2
    assert dispute.attachments.count() == 1
