"""Reported up, assigned to a department, handed back twice: the county has the last word."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_countys_word_is_final(story, status, clerk, coordinator, county_office, department_handler):
    dispute = story.register(clerk, category="wage_arrears")
    story.take(coordinator, dispute, "受理")
    story.take(coordinator, dispute, "上报县级", fill={"理由": "须由县人社局处理。"})
    story.take(county_office, dispute, "接收上报")
    for granted in ("同意", "不同意"):
        story.take(county_office, dispute, "分流交办", pick={"责任单位": "hrss"})
        story.take(
            department_handler,
            dispute,
            "申请退回",
            fill={"理由": "依三定方案属住建部门职责。"},
            choose={"退回依据": "另有主管单位"},
        )
        story.take(
            county_office, dispute, "审批退回", fill={"理由": "经研究决定。"}, choose={"决定": granted}
        )
    page = story.open(department_handler, dispute)
    expect(page.get_by_text("县综治中心指定办理").first).to_be_visible()
    assert status(dispute) == "assigned"
    page.get_by_role("link", name="申请退回", exact=True).click()
    page.get_by_label("理由").fill("再次申请。")
    page.get_by_label("另有主管单位").check()
    page.locator("main form .form-actions button[type=submit]").click()
    expect(page.get_by_text("不能再退回")).to_be_visible()


def test_a_village_secretary_never_sees_the_complaint_about_him(story, visit, clerk, coordinator, village):
    dispute = story.register(clerk, category="village_affairs", accused_people=("t01.v01",))
    page = visit(village, "/")
    expect(page.get_by_text(dispute.display_number)).to_have_count(0)
    assert page.goto(f"/disputes/{dispute.number}/").status == 404
    expect(page.get_by_text(dispute.title)).to_have_count(0)
    page = visit(village, "/disputes/")
    expect(page.get_by_text(dispute.display_number)).to_have_count(0)
    story.take(coordinator, dispute, "受理")
    page = story.open(coordinator, dispute)
    expect(page.get_by_text("请分流交办")).to_be_visible()
