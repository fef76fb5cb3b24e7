"""Nothing is forgotten: what nobody acknowledges climbs, past empty posts and past whoever was asked already."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from accounts.models import Appointment
from accounts.services import delegations
from core import clock
from early_warning.models import Escalation, PhoneTask
from notifications.models import ChannelSetting
from tests.factories.accounts import actor, appoint
from tests.journeys.alarms import asked, time_passes

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_unacknowledged_it_climbs_exactly_once(alarms, clerk, coordinator, deputy, mayor):
    dispute = alarms.opened(clerk, coordinator, 3, ago=timedelta(hours=25))
    time_passes()
    time_passes()
    assert asked(dispute) == ["t01.mayor"]
    assert Escalation.objects.filter(dispute=dispute, addressee=mayor.user, town__isnull=False).count() == 1
    page = alarms.story(deputy, dispute)
    expect(page.get_by_text("逾期未知悉，已上报").first).to_be_visible()
    expect(alarms.queue(mayor).get_by_role("link", name=dispute.title).first).to_be_visible()


def test_a_vacant_post_is_passed_over_and_said_so(alarms, clerk, coordinator, deputy, mayor):
    Appointment.objects.filter(pk=deputy.pk).update(ends_on=date(2021, 1, 1))
    dispute = alarms.opened(clerk, coordinator, 3)
    assert asked(dispute) == ["t01.mayor"]
    expect(alarms.story(mayor, dispute).get_by_text("岗位空缺，转下一级").first).to_be_visible()


def test_on_leave_the_stand_in_is_asked(alarms, clerk, coordinator, deputy, mayor):
    now = clock.now()
    delegations.enter(
        appointment=mayor,
        stand_in=deputy.user,
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(days=2),
        reason="外出开会",
        by=actor(mayor),
        now=now,
    )
    dispute = alarms.opened(clerk, coordinator, 2)
    assert asked(dispute) == ["t01.deputy"]
    page = alarms.queue(deputy)
    expect(page.get_by_text(f"代 {mayor.user.name} 办理").first).to_be_visible()
    alarms.answer(deputy, dispute, "处理未果，上报", "需要书记协调。")
    assert asked(dispute) == ["t01.secretary"]


def test_a_mayor_who_is_secretary_too_is_asked_once(
    alarms, clerk, coordinator, mayor, secretary, county_deputy
):
    Appointment.objects.filter(pk=secretary.pk).update(ends_on=date(2021, 1, 1))
    appoint(mayor.user, secretary.post)
    dispute = alarms.opened(clerk, coordinator, 2)
    alarms.answer(mayor, dispute, "处理未果，上报", "需要县里协调。")
    assert asked(dispute) == ["county.deputy"]
    expect(alarms.story(mayor, dispute).get_by_text("同一负责人，跳过").first).to_be_visible()


def test_two_towns_have_two_chains(alarms, clerk, county_coordinator, coordinator, mayor, people):
    dispute = alarms.opened(clerk, coordinator, 2, towns=("t01", "t02"))
    assert asked(dispute) == ["t01.mayor", "t02.mayor"]
    alarms.answer(mayor, dispute, "处理未果，上报", "需要书记协调。")
    assert asked(dispute) == ["t01.secretary", "t02.mayor"]
    page = alarms.story(mayor, dispute)
    expect(page.get_by_role("list", name="青石镇")).to_be_visible()
    expect(page.get_by_role("list", name="柳河乡")).to_be_visible()


def test_when_no_channel_works_the_duty_post_phones(alarms, clerk, coordinator, mayor, duty):
    ChannelSetting.objects.update(enabled=False)
    dispute = alarms.opened(clerk, coordinator, 2)
    time_passes()
    assert PhoneTask.objects.filter(escalation__dispute=dispute, closed_at=None).exists()
    page = alarms.open(duty, "/")
    page.get_by_role("link", name="请电话报告").first.click()
    page.get_by_label("打通了，本人已知悉").check()
    page.get_by_label("领导的答复").fill("马上到现场。")
    alarms.send(page)
    row = Escalation.objects.get(dispute=dispute, addressee=mayor.user, town__isnull=False)
    assert row.acknowledged_by_phone
    expect(alarms.story(mayor, dispute).get_by_text("（电话）").first).to_be_visible()


def test_lowering_waits_for_the_leaders_consent(alarms, clerk, coordinator, mayor):
    dispute = alarms.opened(clerk, coordinator, 2)
    page = alarms.change(coordinator, dispute, "降低级别", level=3)
    expect(page.get_by_text("由二级预警改为三级预警").first).to_be_visible()
    assert asked(dispute) == ["t01.mayor"]

    home = alarms.open(mayor, "/")
    home.locator(".box", has_text="等我同意的级别调整").get_by_role("link", name=dispute.title).click()
    home.get_by_label("同意", exact=True).check()
    home.get_by_label("意见").fill("同意，人员已经散去。")
    alarms.send(home)
    assert asked(dispute) == ["t01.deputy"]


def test_a_confirmed_warning_loses_its_mark(alarms, clerk, coordinator, mayor):
    dispute = alarms.proposed(clerk, 2)
    expect(alarms.queue(mayor).get_by_text("系统初判，待核").first).to_be_visible()
    alarms.change(coordinator, dispute, "核定预警")
    page = alarms.queue(mayor)
    expect(page.get_by_role("link", name=dispute.title).first).to_be_visible()
    expect(page.get_by_text("系统初判，待核")).to_have_count(0)
