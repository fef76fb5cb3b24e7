"""A word to colleagues with @, a sentence of one's unit at a field, the month: with the keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core import clock
from disputes.models import Dispute
from disputes.services import canned_texts
from tests.browser.fixtures import DESKTOP, PHONE, Visit, does_not_scroll_sideways
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
Axe = Callable[[Page], None]
SAID = "双方均表示愿意调解，约定三日内面谈。"


@pytest.fixture
def now() -> datetime:
    return clock.now() - timedelta(minutes=5)


@pytest.fixture
def assigned(transactional_db: None, clerk: Appointment, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = registered(clerk, now)
    take("accept", dispute, coordinator, now)
    return take("assign", dispute, coordinator, now, lead_unit="t01.justice")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_at_names_a_colleague_and_the_word_stands_in_the_timeline(
    visit: Visit,
    axe: Axe,
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    size: dict[str, int],
) -> None:
    page = visit(coordinator, f"/disputes/{assigned.number}/", size=size)
    box = page.get_by_role("textbox", name="内部留言")
    box.press_sequentially("请先别上门 @")
    options = page.locator(".comment-form [role=option]:visible")
    options.first.wait_for()
    axe(page)
    box.press_sequentially(handler.user.name[-3:])
    expect(options).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value(f"请先别上门 @{handler.user.name} ")
    expect(box).to_be_focused()
    expect(page.locator(".comment-form .combobox-chip")).to_contain_text(handler.user.name)
    expect(options).to_have_count(0)
    page.get_by_role("button", name="留言", exact=True).click()
    expect(page.locator(".timeline-talk")).to_contain_text("请先别上门")
    expect(page.locator(".timeline-talk")).to_contain_text(f"提到：{handler.user.name}")
    axe(page)
    assert does_not_scroll_sideways(page)
    page.locator(".timeline-talk").get_by_role("link", name="更正").click()
    expect(page.get_by_role("textbox", name="留言")).to_be_visible()
    axe(page)


def test_who_was_chosen_comes_back_once_each_with_the_words(
    visit: Visit, assigned: Dispute, coordinator: Appointment, handler: Appointment, clerk: Appointment
) -> None:
    page = visit(coordinator, f"/disputes/{assigned.number}/")
    box = page.get_by_role("textbox", name="内部留言")
    for colleague in (handler, clerk):
        box.press_sequentially(f"@{colleague.user.name}")
        expect(page.locator(".comment-form [role=option]:visible")).to_have_count(1)
        box.press("Enter")
    chips = page.locator(".comment-form .combobox-chip")
    expect(chips).to_have_count(2)
    page.reload()
    expect(page.get_by_text("已恢复您")).to_be_visible()
    expect(chips).to_have_text([f"{handler.user.name}×", f"{clerk.user.name}×"])


def test_escape_leaves_the_words_as_they_are(
    visit: Visit, assigned: Dispute, coordinator: Appointment
) -> None:
    page = visit(coordinator, f"/disputes/{assigned.number}/")
    box = page.get_by_role("textbox", name="内部留言")
    box.press_sequentially("见 @")
    page.locator(".comment-form [role=option]:visible").first.wait_for()
    box.press("Escape")
    expect(page.locator(".comment-form [role=option]:visible")).to_have_count(0)
    box.press_sequentially("3号楼 a@b")
    expect(box).to_have_value("见 @3号楼 a@b")
    expect(page.locator(".comment-form .combobox-chip")).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_sentence_of_the_unit_is_put_in_where_the_caret_stands(
    visit: Visit, axe: Axe, assigned: Dispute, handler: Appointment, now: datetime, size: dict[str, int]
) -> None:
    take("sign_for", assigned, handler, now)
    for text in (SAID, "已到现场查看。"):
        canned_texts.add(field="account", text=text, by=actor(handler), now=now)
    page = visit(handler, f"/disputes/{assigned.number}/steps/report_progress/", size=size)
    box = page.get_by_role("textbox", name="进展情况")
    expect(box).to_have_value("")  # nothing is filled in
    box.fill("经过。")
    page.get_by_role("button", name="常用语").press("Enter")
    find = page.get_by_role("combobox", name="查找常用语")
    expect(find).to_be_focused()
    expect(page.locator(".canned-panel [role=option]")).to_have_count(2)
    axe(page)
    find.press_sequentially("愿意")
    expect(page.locator(".canned-panel [role=option]")).to_have_count(1)
    find.press("Enter")
    expect(box).to_have_value(f"经过。{SAID}")
    expect(box).to_be_focused()
    expect(page.locator(".canned-panel")).to_be_hidden()
    page.get_by_role("button", name="常用语").press("Enter")
    find.press("Escape")
    expect(page.get_by_role("button", name="常用语")).to_be_focused()
    assert "/steps/report_progress/" in page.url


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_month_and_the_pages_around_it(
    visit: Visit, axe: Axe, assigned: Dispute, handler: Appointment, now: datetime, size: dict[str, int]
) -> None:
    canned_texts.add(field="account", text=SAID, by=actor(handler), now=now)
    page = visit(handler, "/calendar/", size=size)
    expect(page.locator("table.month")).to_be_visible()
    for path in ("/calendar/", "/calendar/subscription/", "/disputes/texts/", "/disputes/texts/new/"):
        page.goto(path)
        axe(page)
        assert does_not_scroll_sideways(page), path
    page.goto("/calendar/subscription/")
    page.get_by_role("button", name="生成订阅地址").click()
    address = page.locator("code.secret")
    expect(address).to_contain_text("/calendar/feed/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address.inner_text()
    axe(page)
    assert does_not_scroll_sideways(page)
