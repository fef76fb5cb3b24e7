"""The gallery in a real browser: what the modules do, what axe finds, what the browser refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser
AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN", base_url=live_server.url)
    opened = context.new_page()
    complaints: list[str] = []
    opened.add_init_script(WATCH)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    opened.goto("/gallery/")
    yield opened
    context.close()
    assert complaints == []


def test_typing_chooses_and_the_select_holds_the_value(page: Page) -> None:
    box = page.get_by_role("combobox", name="发生的乡镇").first
    box.click()
    box.press_sequentially("石桥")
    page.locator(".combobox-option:visible").first.wait_for()
    assert page.locator(".combobox-option:visible").all_inner_texts() == ["石桥镇"]
    box.press("Enter")
    assert box.input_value() == "石桥镇"
    assert page.locator("#sample-form [name=town]").input_value() == "4"
    assert page.url.endswith("/gallery/")


def test_half_a_word_stays_and_never_becomes_what_was_chosen_before(page: Page) -> None:
    box = page.get_by_role("combobox", name="发生的乡镇").first
    box.fill("大坪")
    page.locator(".combobox-option:visible").first.click()
    box.fill("没有这样的镇")
    box.press("Tab")
    page.locator(".combobox-wrong:visible").wait_for()
    assert box.input_value() == "没有这样的镇"
    assert page.locator("#sample-form [name=town]").input_value() == ""


def test_rows_are_added_removed_and_numbered(page: Page) -> None:
    page.get_by_role("button", name="再加一位").click()
    assert page.locator("[name=parties-TOTAL_FORMS]").input_value() == "2"
    assert page.locator("h3 [data-row-number]:visible").all_inner_texts() == ["1", "2"]
    page.locator("[data-remove-row]:visible").first.click()
    assert page.locator("h3 [data-row-number]:visible").all_inner_texts() == ["1"]
    assert page.locator("[name=parties-0-DELETE]").is_checked()


def test_enter_in_one_line_sends_nothing(page: Page) -> None:
    page.locator("#sample-form #id_title").press("Enter")
    assert page.locator("#sample-form [data-busy]").count() == 0


def test_a_dangerous_button_says_what_will_happen_first(page: Page) -> None:
    page.locator("form[data-confirm] button").click()
    dialog = page.locator("#confirm-dialog")
    assert "发出后不能撤回" in dialog.inner_text()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.url.endswith("/gallery/")


def test_keys_lead_to_the_search_and_show_themselves(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "jump"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys-dialog").is_visible()


def test_the_narrow_rail_stays_narrow(page: Page) -> None:
    page.get_by_role("button", name="收起侧栏").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.rail") == "narrow"
    assert page.get_by_role("link", name="纠纷台账").first.is_visible()


def test_each_chart_has_its_table(page: Page) -> None:
    assert page.locator("#towns canvas").is_visible()
    page.locator("[data-chart-toggle=towns]").click()
    assert page.locator("#towns-table").is_visible()
    assert not page.locator("#towns").is_visible()


def test_without_scripts_everything_is_there(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/gallery/")
    assert page.locator("#towns-table").is_visible()
    assert page.locator("#sample-form select[name=town]").is_visible()
    assert not page.get_by_role("button", name="收起侧栏").is_visible()
    context.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/gallery/", "/accounts/login/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: LiveServer, size: dict[str, int], scheme: str, path: str
) -> None:
    tall = {"width": size["width"], "height": 12_000}  # bars that float over the page hide nothing then
    context = browser.new_context(
        viewport=tall, color_scheme=scheme, base_url=live_server.url, bypass_csp=True
    )
    page = context.new_page()
    page.goto(path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
