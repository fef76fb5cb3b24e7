"""A warning of each level goes to the leader §7 names, who answers it at their desk or on their phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.alarms import asked, warning_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIEGE_NOW = "六十名村民正围攻派出所，砸碎门窗，请求县局增援。"


def test_level_three_is_dealt_with_by_the_deputy(alarms, clerk, coordinator, deputy):
    dispute = alarms.dispute(clerk)
    alarms.put_up(coordinator, dispute, 3)
    assert asked(dispute) == ["t01.deputy"]

    page = alarms.queue(deputy)
    expect(page.get_by_role("main").get_by_text("三级预警").first).to_be_visible()
    page.get_by_role("button", name="知悉").first.click()
    expect(page.get_by_text("已知悉，等您的处理结果").first).to_be_visible()
    alarms.answer(deputy, dispute, "批示", "请司法所今天到现场。")
    page = alarms.answer(deputy, dispute, "风险已消除", "已到现场协调，村民散去。")
    expect(page.get_by_text("风险已消除").first).to_be_visible()
    assert asked(dispute) == []

    home = alarms.open(coordinator, "/")
    home.get_by_role("link", name=dispute.title).first.click()
    home.get_by_role("link", name="核实", exact=True).click()
    home.get_by_label("风险确已消除").check()
    home.get_by_label("核实情况").fill("已电话向村委会核实。")
    alarms.send(home)
    expect(alarms.story(deputy, dispute).get_by_text("风险已消除，核实通过").first).to_be_visible()


def test_level_two_without_result_climbs_to_the_party_secretary(alarms, clerk, coordinator, mayor, secretary):
    dispute = alarms.dispute(clerk)
    alarms.put_up(coordinator, dispute, 2)
    assert asked(dispute) == ["t01.mayor"]

    page = alarms.queue(mayor)
    page.get_by_role("link", name="处理未果，上报").click()
    expect(page.get_by_text("提交后立即报告青石镇党委")).to_be_visible()
    page.locator("main textarea").fill("双方分歧很大，需要书记协调。")
    alarms.send(page)
    assert asked(dispute) == ["t01.secretary"]
    expect(alarms.queue(secretary).get_by_role("link", name=dispute.title).first).to_be_visible()
    expect(alarms.story(mayor, dispute).get_by_text("处理未果，已上报").first).to_be_visible()


def test_level_one_that_is_happening_calls_secretary_and_head_and_is_recorded(
    alarms, clerk, coordinator, mayor, secretary
):
    dispute = alarms.dispute(clerk)
    alarms.put_up(coordinator, dispute, 1, happening=True)
    assert {"t01.secretary", "t01.mayor"} <= set(asked(dispute))

    page = alarms.story(secretary, dispute)
    page.get_by_role("link", name="添加记录").click()
    page.get_by_label("到场").check()
    page.get_by_label("人员或岗位").fill("镇党委书记")
    alarms.send(page)
    expect(page.get_by_text("到场：镇党委书记")).to_be_visible()
    assert warning_of(dispute).incident_entries.count() == 1


def test_a_text_that_says_it_happens_calls_them_by_itself_until_the_coordinator_finds_nothing(
    alarms, clerk, coordinator, mayor
):
    dispute = alarms.dispute(clerk, narrative=SIEGE_NOW, people_count=60)
    assert {"t01.secretary", "t01.mayor"} <= set(asked(dispute))
    expect(alarms.queue(mayor).get_by_text("事件已经发生").first).to_be_visible()

    page = alarms.story(coordinator, dispute)
    expect(page.get_by_text("请求县局增援").first).to_be_visible()
    page.get_by_role("link", name="核定预警", exact=True).click()
    page.get_by_label("事件正在发生").uncheck()
    page.get_by_label("理由").fill("到场核实，只有几个人在反映问题。")
    alarms.send(page)
    assert asked(dispute) == ["t01.secretary"]
    expect(alarms.queue(mayor).get_by_role("link", name=dispute.title)).to_have_count(0)

    page = alarms.change(coordinator, dispute, "事件正在发生")
    assert {"t01.secretary", "t01.mayor"} <= set(asked(dispute))


def test_level_one_that_only_threatens_goes_to_the_secretary_alone(alarms, clerk, coordinator):
    dispute = alarms.dispute(clerk)
    alarms.put_up(coordinator, dispute, 1)
    assert asked(dispute) == ["t01.secretary"]


def test_a_leader_answers_from_his_queue(alarms, clerk, coordinator, mayor, axe):
    dispute = alarms.opened(clerk, coordinator, 2)
    page = alarms.queue(mayor)
    axe(page)
    page.get_by_role("button", name="知悉").click()
    expect(page.get_by_text("已知悉，等您的处理结果")).to_be_visible()
    page = alarms.answer(mayor, dispute, "处理未果，上报", "需要书记协调。")
    assert asked(dispute) == ["t01.secretary"]


def test_a_new_warning_shows_without_reloading(alarms, clerk, coordinator, mayor):
    page = alarms.queue(mayor)
    expect(page.get_by_text("没有等您处理的预警")).to_be_visible()
    expect(page.locator("#bell")).to_have_attribute("data-bell", "0")
    dispute = alarms.opened(clerk, coordinator, 2)
    page.evaluate("htmx.ajax('GET', '/notifications/bell/', {target: '#bell', swap: 'outerHTML'})")
    expect(page).to_have_title("(1) 等我处理的预警 (0) · 和解")
    expect(page.get_by_role("link", name=dispute.title).first).to_be_visible()


def test_danger_without_a_level_reports_by_phone_and_warns_no_leader(
    alarms, clerk, coordinator, deputy, visit
):
    dispute = alarms.dispute(clerk, danger=True, danger_told="已报 110")
    page = alarms.open(coordinator, f"/disputes/{dispute.number}/")
    expect(page.get_by_text("先报 110")).to_be_visible()
    expect(page.get_by_text("系统未发现，请核")).to_be_visible()
    expect(alarms.queue(deputy).get_by_text("没有等您处理的预警")).to_be_visible()
    assert asked(dispute) == []
