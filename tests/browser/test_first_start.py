"""The guided first start in a real browser: on a desk and on a phone, with the keyboard, every page clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import reference
from core.models import Installation
from first_start import selectors
from first_start.services.opening import issue_code
from jurisdictions.models import Organization
from tests.browser.fixtures import DESKTOP, PHONE, Visit, does_not_scroll_sideways
from tests.conftest import MONDAY
from tests.first_start.county import PLACES

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(transactional_db: None, settings: Any) -> Iterator[None]:
    settings.FIRST_START = True
    selectors.forget()
    reference.load_all(MONDAY)
    Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=MONDAY)
    yield
    selectors.forget()


def go_on(page: Page, axe: Callable[[Page], None], heading: str) -> None:
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    axe(page)
    assert does_not_scroll_sideways(page), heading


def name_officers(page: Page) -> None:
    for office, account, name in (
        ("系统管理员", "chen.admin", "陈一"),
        ("安全管理员", "li.security", "李二"),
        ("审计员", "wang.audit", "王三"),
    ):
        group = page.get_by_role("group", name=office, exact=True)
        group.get_by_label("账号").fill(account)
        group.get_by_label("姓名").fill(name)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_county_is_set_up_with_the_keyboard(
    visit: Visit, axe: Callable[[Page], None], empty: None, size: dict[str, int]
) -> None:
    page = visit(path="/", size=size)
    axe(page)
    page.keyboard.type(issue_code(now=timezone.now()))  # the field has the focus
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("区划")
    axe(page)
    page.get_by_label("或者把内容贴在这里").fill("代码,名称\n369902,云岭县\n")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".error-summary")).to_contain_text("没有乡镇")
    axe(page)
    page.get_by_label("或者把内容贴在这里").fill(PLACES)
    go_on(page, axe, "领导岗位和综治中心")
    page.get_by_label("县级综治中心地址").fill("建设路1号")
    go_on(page, axe, "县级部门")
    page.get_by_role("group", name="税务局").get_by_role("button", name="移除 税务局").click()
    page.get_by_role("textbox", name="名称").first.focus()
    go_on(page, axe, "三员和首批人员")
    name_officers(page)
    page.get_by_label("系统管理员的密码").fill("mountain-tea-and-rain-9")
    page.get_by_label("再输入一次密码").fill("mountain-tea-and-rain-9")
    page.get_by_role("button", name="增加一人").click()
    page.keyboard.type("白石镇综治中心受理员")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("group", name="新增人员").get_by_label("账号").fill("zhao.clerk")
    page.get_by_role("group", name="新增人员").get_by_label("姓名").fill("赵四")
    go_on(page, axe, "放假安排")
    page.get_by_label("或者把内容贴在这里").focus()
    go_on(page, axe, "核对并写入")
    assert not Organization.objects.exists()
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("设置完成")
    axe(page)
    assert page.locator(".secret:visible").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".secret:visible").count() == 3
    page.emulate_media(media="screen")
    assert not Organization.objects.filter(code="tax").exists()
    page.get_by_role("link", name="去登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    expect(page.locator(".demo-strip")).to_contain_text("综治中心还没有主任")
    axe(page)
