"""§7 立即处理: levels 1, 2 and danger count in hours; a level raised shortens what runs, lowered lengthens nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from calendars.models import Deadline, DeadlineRule
from calendars.presenters import explanation
from core.actor import Actor
from disputes import public
from disputes.presenters import entries
from disputes.services import clocks, danger
from early_warning.models import DisputeWarning
from early_warning.services import levels
from notifications.models import Notice
from tests.early_warning.escalations.conftest import fresh
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
HOURS_2 = timedelta(hours=2)


def due(dispute, kind: str) -> datetime:
    clock = clocks.running(dispute, kind)
    assert clock is not None
    return clock.due_at


@pytest.mark.parametrize("level", [1, 2])
def test_a_grave_case_is_accepted_dispatched_and_signed_for_in_hours(
    level, warned, coordinator, handler, now
):
    dispute = warned(level).dispute
    assert due(dispute, "accept") == now + HOURS_2

    at = now + timedelta(hours=1)
    dispute = take("accept", dispute, coordinator, at)
    assert due(dispute, "dispatch") == at + HOURS_2
    dispute = take("assign", dispute, coordinator, at, lead_unit="t01.justice")
    assert due(dispute, "sign_for") == at + HOURS_2
    assert dispute.next_due_at == at + HOURS_2
    assert due(dispute, "resolve") > at + timedelta(days=20)


def test_the_notice_says_by_which_hour(warned, coordinator, handler, now):
    """The unit reads on a phone that it must sign within 2 hours, without opening the case."""
    at = now + timedelta(hours=1)
    dispute = take("accept", warned(1).dispute, coordinator, at)
    take("assign", dispute, coordinator, at, lead_unit="t01.justice")
    (notice,) = Notice.objects.filter(recipient=handler.user, kind="step.assign")
    assert "最近的期限：03-02 12:00" in notice.body


def test_a_far_deadline_is_not_said_with_an_hour(coordinator, clerk, handler, now):
    dispute = take("accept", registered(clerk, now), coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    (notice,) = Notice.objects.filter(recipient=handler.user, kind="step.assign")
    assert "最近的期限" not in notice.body


def test_level_3_and_no_level_keep_the_ordinary_clocks(warned, clerk, now):
    for dispute in (warned(3).dispute, registered(clerk, now)):
        assert due(dispute, "accept") > now + timedelta(days=1)


def test_danger_counts_in_hours_from_registration(clerk, now):
    dispute = registered(clerk, now, danger=True, danger_told="已电话报告派出所")
    clock = clocks.running(dispute, "accept")

    assert clock.due_at == now + HOURS_2
    assert explanation(clock.explanation) == "自2026-03-02 09:00起2小时：情况紧急，须立即处理"


def test_danger_found_later_shortens_what_runs(clerk, coordinator, now):
    dispute = registered(clerk, now)
    danger.mark(dispute_id=dispute.pk, told="110", by=actor(coordinator), now=now + timedelta(hours=5))

    assert due(dispute, "accept") == now + timedelta(hours=7)


def test_a_level_raised_opens_a_new_row_with_its_reason_and_tells_whose_turn_it_is(
    warned, coordinator, village, now
):
    warning = warned(3)
    dispute = take("accept", warning.dispute, coordinator, now)
    dispute = take("assign", dispute, coordinator, now, lead_unit="t01.v01")
    later = now + timedelta(hours=3)
    levels.raise_level(
        warning_id=warning.pk, level_to=2, reason="已有人串联", by=actor(coordinator), now=later
    )

    rows = list(Deadline.objects.of("dispute", dispute.pk).filter(kind="sign_for").order_by("pk"))
    assert [row.cancelled_at for row in rows] == [later, None]
    assert rows[1].due_at == later + HOURS_2
    assert "情况紧急" in explanation(rows[1].explanation)
    assert fresh(dispute.pk).next_due_at == later + HOURS_2
    entry = entries(list(dispute.trail.filter(step="clocks_shortened").prefetch_related("texts")))[0]
    assert entry.note == "情况紧急：签收须在 2026-03-02 14:00 前完成"
    title = Notice.objects.get(recipient=village.user, kind="deadline.shortened").title
    assert "2026-03-02 14:00 前签收" in title


def test_a_clock_that_ends_sooner_anyway_stays(warned, coordinator, now):
    warning = warned(2)
    before = clocks.running(warning.dispute, "accept").pk
    levels.raise_level(
        warning_id=warning.pk,
        level_to=1,
        reason="人已聚集",
        by=actor(coordinator),
        now=now + timedelta(hours=1),
    )

    assert clocks.running(warning.dispute, "accept").pk == before


def test_a_late_clock_gets_no_new_time_from_a_level(warned, coordinator, now):
    warning = warned(3)
    late = now + timedelta(days=5)
    levels.raise_level(warning_id=warning.pk, level_to=1, reason="人已聚集", by=actor(coordinator), now=late)

    assert due(warning.dispute, "accept") < late


def test_a_level_lowered_lengthens_nothing(warned, coordinator, mayor, now):
    warning = warned(2)
    request = levels.lower(
        warning_id=warning.pk,
        level_to=3,
        reason="人已散去",
        by=actor(coordinator),
        now=now + timedelta(minutes=5),
    )
    levels.decide_request(
        request_id=request.pk, granted=True, by=actor(mayor), now=now + timedelta(minutes=9)
    )

    assert due(warning.dispute, "accept") == now + HOURS_2
    dispute = take("accept", fresh(warning.dispute_id), coordinator, now + timedelta(hours=1))
    assert due(dispute, "dispatch") > now + timedelta(days=1)  # what opens from now on is ordinary again


def test_the_county_is_asked_in_hours_too(warned, coordinator, now):
    dispute = take("report_up", warned(1).dispute, coordinator, now, reason="需要县里处理")

    assert due(dispute, "report_accept") == now + HOURS_2


def test_the_hours_are_a_row_the_county_edits(warned, now):
    DeadlineRule.objects.filter(key="accept_urgent").update(limit=4)

    assert due(warned(1).dispute, "accept") == now + timedelta(hours=4)


def test_what_the_system_reads_in_an_old_ledger_hurries_nobody(clerk, now):
    dispute = registered(clerk, now)
    with transaction.atomic():
        (locked,) = public.lock_many([dispute.pk])
        with public.working_on(locked, by=Actor.system("warning_readings"), now=now) as work:
            work.set_level(1, hurry=False)

    assert due(dispute, "accept") > now + timedelta(days=1)
    assert not Notice.objects.filter(kind="deadline.shortened").exists()


def test_a_merged_warning_hurries_the_case_it_goes_on_in(warned, clerk, coordinator, now):
    target = registered(clerk, now)
    warning: DisputeWarning = warned(1)
    at = now + timedelta(hours=1)
    take("merge", warning.dispute, coordinator, at, into=target.number)

    assert due(target, "accept") == at + HOURS_2


def test_merged_danger_hurries_the_case_it_goes_on_in(clerk, coordinator, now):
    target = registered(clerk, now)
    dangerous = registered(clerk, now, danger=True, danger_told="已电话报告派出所")
    at = now + timedelta(hours=1)
    take("merge", dangerous, coordinator, at, into=target.number)

    assert due(target, "accept") == at + HOURS_2


def test_a_report_taken_back_leaves_no_long_clock_in_a_case_that_turned_urgent(clerk, coordinator, now):
    dispute = registered(clerk, now)
    take("report_up", dispute, coordinator, now + timedelta(minutes=1), reason="需要县里处理")
    danger.mark(dispute_id=dispute.pk, told="110", by=actor(coordinator), now=now + timedelta(minutes=2))
    at = now + timedelta(minutes=30)
    take("take_back", dispute, coordinator, at)

    assert due(dispute, "accept") == at + HOURS_2


def test_an_old_ledger_brought_in_opens_ordinary_clocks(clerk, now):
    dispute = registered(clerk, now, source="import", danger=True, danger_told="当年已报告派出所")

    assert due(dispute, "accept") > now + timedelta(days=1)


def queries_to_start(disputes, now) -> int:
    Deadline.objects.filter(subject_id__in=[row.pk for row in disputes], met_at=None).update(met_at=now)
    with CaptureQueriesContext(connection) as asked:
        clocks.start_first([(row, now) for row in disputes])
    return len(asked)


def test_a_batch_asks_the_same_however_many_are_urgent(clerk, now):
    calm = [registered(clerk, now)]
    grave = [registered(clerk, now, danger=True, danger_told="已报告") for _ in range(3)]

    assert queries_to_start([*calm, *grave], now) == queries_to_start(calm, now)
