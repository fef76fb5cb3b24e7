from datetime import date, timedelta

import pytest

from calendars.services.sweep import sweep
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.services import clocks
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db


def test_only_the_unit_signs(assigned, other_village, coordinator, village, monday):
    with pytest.raises(NotPermitted):
        take("sign_for", assigned, coordinator, monday)
    assert take("sign_for", assigned, village, monday).status == "in_progress"


def test_naming_another_person_of_the_unit_is_no_transfer(assigned, village, monday):
    dispute = take("sign_for", assigned, village, monday, person="t01.v01")
    assert dispute.responsible_person == village
    assert dispute.assignments.count() == 1


def test_progress_goes_into_the_trail_encrypted_beside_its_hash(in_progress, village, monday):
    take("report_progress", in_progress, village, monday + timedelta(days=1), account="已上门走访两家。")
    entry = in_progress.trail.get(step="report_progress")
    assert "走访" not in entry.payload
    assert entry.texts.get(name="account").text == "已上门走访两家。"


def test_an_extension_moves_the_date_with_its_reason(in_progress, village, coordinator, monday):
    due = in_progress.resolve_by
    take("request_extension", in_progress, village, monday + timedelta(days=3), days=10, reason="需要测量")
    longer = take(
        "decide_extension", in_progress, coordinator, monday + timedelta(days=4), granted=True, reason="同意"
    )
    assert longer.resolve_by > due
    assert not longer.pending


def test_an_extension_asked_on_the_last_day_comes_too_late(in_progress, village, monday):
    with pytest.raises(WrongState):
        take("request_extension", in_progress, village, monday + timedelta(days=30), days=10, reason="来不及")


def test_the_second_extension_is_the_leaders(in_progress, village, coordinator, deputy, monday):
    now = monday + timedelta(days=3)
    take("request_extension", in_progress, village, now, days=10, reason="需要测量")
    take("decide_extension", in_progress, coordinator, now, granted=True, reason="同意")
    take("request_extension", in_progress, village, now, days=5, reason="还要测量")
    with pytest.raises(NotPermitted):
        take("decide_extension", in_progress, coordinator, now, granted=True, reason="同意")
    assert not take("decide_extension", in_progress, deputy, now, granted=True, reason="同意").pending


def test_an_extension_nobody_decided_is_void_and_the_decider_is_late(in_progress, village, monday):
    take("request_extension", in_progress, village, monday + timedelta(days=3), days=10, reason="需要测量")
    sweep(monday + timedelta(days=40))
    in_progress.refresh_from_db()
    steps = list(in_progress.trail.values_list("step", flat=True))
    assert in_progress.pending == ""
    assert "request_voided" in steps
    assert '"kind":"extension_decision"' in "".join(
        in_progress.trail.filter(step="deadline_missed").values_list("payload", flat=True)
    )


def test_a_lawful_route_pauses_the_clock_by_a_row_that_names_it(in_progress, village, monday):
    now = monday + timedelta(days=2)
    until = date(2026, 3, 14)
    paused = take("suspend", in_progress, village, now, reason="司法鉴定", until=until)
    assert paused.suspended
    clock = clocks.running(paused, "resolve")
    assert clock.paused
    assert clock.adjustments.get().route == "lawful_route"
    assert not take("resume", in_progress, village, now + timedelta(days=3)).suspended


def test_a_pause_needs_an_end_that_lies_ahead(in_progress, village, monday):
    with pytest.raises(InvalidInput) as caught:
        take("suspend", in_progress, village, monday, reason="鉴定", until=date(2026, 3, 1))
    assert "until" in caught.value.errors


def test_a_rejected_result_runs_against_the_same_date(submitted, coordinator, monday):
    before = clocks.latest(submitted, "resolve")
    rejected = take(
        "reject_result", submitted, coordinator, monday + timedelta(days=6), reason="没有协议文本"
    )
    assert rejected.status == "in_progress"
    assert rejected.resolve_by == before.due_at
