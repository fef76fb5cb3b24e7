"""What handlers and leaders do in a corridor, at 390 pixels."""

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import PHONE, does_not_scroll_sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_handler_signs_and_reports_from_his_phone(story, status, clerk, coordinator, village, axe):
    dispute = story.register(clerk)
    story.take(coordinator, dispute, "受理")
    story.take(coordinator, dispute, "分流交办", pick={"责任单位": "t01.v01"})
    home = story.visit(village, "/", size=PHONE)
    assert does_not_scroll_sideways(home)
    home.get_by_role("link", name=dispute.title).first.click()
    expect(home.get_by_role("link", name="签收", exact=True)).to_be_visible()
    assert does_not_scroll_sideways(home)
    story.take(village, dispute, "签收", size=PHONE)
    story.take(village, dispute, "报告进展", size=PHONE, fill={"进展情况": "已到现场查看。"})
    assert status(dispute) == "in_progress"


def test_a_leader_finds_what_is_late_and_opens_it(story, visit, clerk, deputy, axe):
    dispute = story.register(clerk, danger=True)
    page = visit(deputy, "/", size=PHONE)
    expect(page.get_by_role("main").get_by_text("有人身危险").first).to_be_visible()
    page.get_by_role("link", name=dispute.title).first.click()
    expect(page.get_by_text("先报 110")).to_be_visible()
    assert does_not_scroll_sideways(page)
