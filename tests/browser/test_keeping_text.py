"""What a person typed survives: the session's end, another login, the way home, a closed tab."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import Appointment, KeptForm
from core import clock
from disputes.models import Dispute
from tests.browser.fixtures import Visit, sign_in
from tests.factories.disputes import registered

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db", "reference_data")]
TEXT = "经核实，双方争议的地块不在本镇辖区内，应由邻镇受理。"


@pytest.fixture
def dispute(transactional_db: None, reference_data: None, clerk: Appointment) -> Dispute:
    return registered(clerk, clock.now())


@pytest.fixture
def path(dispute: Dispute) -> str:
    return f"/disputes/{dispute.number}/steps/decline/"


def typed(page: Page) -> None:
    """Types the reason and waits until the server has it too."""
    reason = page.locator("textarea[name=reason]")
    reason.fill(TEXT[:-1])
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "/accounts/kept/" in answer.url
    ):
        reason.press_sequentially(TEXT[-1])


def send(page: Page) -> None:
    page.locator("main form .form-actions button[type=submit]").click()
    agree = page.locator("#confirm-dialog [data-confirm-yes]")
    if agree.is_visible():
        agree.click()


def shown(page: Page) -> None:
    expect(page.locator("textarea[name=reason]")).to_have_value(TEXT)


def test_after_the_session_was_over(visit: Visit, coordinator: Appointment, path: str) -> None:
    page = visit(coordinator, path)
    typed(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send(page)
    page.wait_for_url("**/accounts/login/**")
    assert path.replace("/", "%2F") in page.url.replace("/", "%2F")
    sign_in(page.context, coordinator, page.url.split("/accounts/")[0])
    page.goto(path)
    shown(page)


def test_after_another_login_changed_the_token(visit: Visit, coordinator: Appointment, path: str) -> None:
    page = visit(coordinator, path)
    typed(page)
    page.evaluate("document.querySelector('main input[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    send(page)
    page.get_by_role("link", name="返回刚才的页面").click()
    shown(page)


def test_after_going_home_instead(visit: Visit, coordinator: Appointment, path: str) -> None:
    page = visit(coordinator, path)
    typed(page)
    page.evaluate("document.querySelector('main input[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    send(page)
    page.wait_for_selector("text=返回刚才的页面")
    page.goto("/")
    expect(page.locator("main .notice[role=status]")).to_contain_text("还没有提交成功")
    page.get_by_role("link", name="回去继续").click()
    shown(page)


def test_after_the_tab_was_closed(visit: Visit, coordinator: Appointment, path: str) -> None:
    page = visit(coordinator, path)
    typed(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(path)
    shown(again)
    expect(again.locator("main .notice[role=status]")).to_contain_text("已恢复您")


def test_what_was_taken_is_offered_no_more(
    visit: Visit, coordinator: Appointment, path: str, dispute: Dispute
) -> None:
    page = visit(coordinator, path)
    typed(page)
    page.locator("input[name=routes][value=litigation]").check()
    send(page)
    page.wait_for_url(f"**/disputes/{dispute.number}/")
    assert not KeptForm.objects.exists()
    assert (
        page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('hejie.kept.')).length") == 0
    )
    expect(page.locator("main")).not_to_contain_text("还没有提交成功")


def test_without_a_network_a_form_stays_where_it_is(
    visit: Visit, coordinator: Appointment, path: str
) -> None:
    page = visit(coordinator, path)
    typed(page)
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#toasts")).to_contain_text("现在没有网络")
    assert page.locator("textarea[name=reason]").input_value() == TEXT
    page.context.set_offline(False)
    page.locator("input[name=routes]").first.check()
    send(page)
    expect(page.locator("main")).to_contain_text(TEXT)
