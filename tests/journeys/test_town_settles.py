"""A quarrel that the village settles: accepted, assigned, more time, reported, approved, revisited, closed."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RUNNING = "在正在进行的诉讼或者仲裁中主张"


def test_a_quarrel_from_the_counter_to_the_closed_file(story, status, clerk, coordinator, village):
    dispute = story.register(clerk)
    story.take(coordinator, dispute, "受理")
    assert status(dispute) == "accepted"
    story.take(coordinator, dispute, "分流交办", pick={"责任单位": "t01.v01"})
    assert status(dispute) == "assigned"
    page = story.take(village, dispute, "签收")
    expect(page.get_by_text("办理中").first).to_be_visible()
    story.take(village, dispute, "申请延期", fill={"延长天数": "10", "理由": "需要请人测量水沟高程。"})
    story.take(coordinator, dispute, "审批延期", fill={"理由": "同意，抓紧办理。"}, choose={"决定": "同意"})
    story.take(village, dispute, "报告进展", fill={"进展情况": "已请水利站测量。"})
    story.take(
        village, dispute, "报结", fill={"化解情况": "双方同意恢复原沟。"}, choose={"办理结果": "达成口头协议"}
    )
    assert status(dispute) == "result_submitted"
    story.take(coordinator, dispute, "审结", choose={"办理结果": "已化解"})
    story.take(
        clerk,
        dispute,
        "回访",
        fill={"回访情况": "双方均表示满意。"},
        choose={"回访方式": "电话回访", "当事人是否满意": "满意"},
    )
    page = story.take(coordinator, dispute, "销号")
    assert status(dispute) == "closed"
    expect(page.get_by_text("已销号").first).to_be_visible()


def test_a_decline_names_the_other_routes(story, status, clerk, coordinator):
    dispute = story.register(clerk)
    page = story.open(coordinator, dispute)
    page.get_by_role("link", name="不予受理", exact=True).click()
    page.get_by_label("理由").fill("人民法院已经受理同一争议。")
    page.get_by_label("诉讼", exact=True).check()
    page.locator("main form .form-actions button[type=submit]").click()
    expect(page.get_by_role("alert").get_by_text("诉讼").first).to_be_visible()  # a court has it already
    page.get_by_label("诉讼", exact=True).uncheck()
    page.get_by_label(RUNNING, exact=True).check()
    page.locator("main form .form-actions button[type=submit]").click()
    expect(page.get_by_text(f"已告知其他途径：{RUNNING}")).to_be_visible()
    assert status(dispute) == "declined"


def test_a_merge_leads_to_the_case_that_goes_on(story, status, clerk, coordinator):
    first, second = story.register(clerk), story.register(clerk)
    page = story.take(coordinator, second, "并案", fill={"并入的纠纷编号": first.number})
    expect(page.get_by_text(f"本件已并入 {first.display_number}")).to_be_visible()
    assert status(second) == "merged"


def test_a_missing_field_is_named_and_what_was_typed_stays(story, clerk, coordinator):
    dispute = story.register(clerk)
    page = story.open(coordinator, dispute)
    page.get_by_role("link", name="不予受理", exact=True).click()
    page.get_by_label("理由").fill("不属于受理范围。")
    page.locator("main form .form-actions button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("理由")).to_have_value("不属于受理范围。")


def test_a_stale_page_says_who_acted_and_keeps_the_text(story, clerk, coordinator):
    dispute = story.register(clerk)
    mine = story.open(coordinator, dispute)
    mine.get_by_role("link", name="不予受理", exact=True).click()
    mine.get_by_label("理由").fill("打算不予受理。")
    mine.get_by_label("诉讼", exact=True).check()
    story.take(coordinator, dispute, "上报县级", fill={"理由": "跨乡镇"})
    mine.locator("main form .form-actions button[type=submit]").click()
    expect(mine.get_by_text("刚刚办理了")).to_be_visible()
    expect(mine.get_by_label("理由")).to_have_value("打算不予受理。")
