from datetime import date, timedelta

import pytest

from calendars.services.sweep import sweep
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.rules.intake import SpotSettlement
from disputes.services import clocks
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


def test_a_second_person_reviews(submitted, coordinator, village, monday):
    with pytest.raises(NotPermitted):
        take("approve_result", submitted, village, monday + timedelta(days=6), outcome="settled")
    approved = take("approve_result", submitted, coordinator, monday + timedelta(days=6), outcome="settled")
    assert approved.status == "settled"
    assert approved.settled_on_time


def test_a_refusal_cannot_be_found_settled(in_progress, village, coordinator, monday):
    now = monday + timedelta(days=5)
    take("submit_result", in_progress, village, now, outcome="refused", account="李家明确拒绝调解。")
    with pytest.raises(InvalidInput) as caught:
        take("approve_result", in_progress, coordinator, now, outcome="settled")
    assert "outcome" in caught.value.errors
    ended = take(
        "approve_result", in_progress, coordinator, now, outcome="not_resolved", note="已告知诉讼途径"
    )
    assert ended.status == "not_resolved"


def test_what_was_late_stays_late_after_settling(in_progress, village, coordinator, monday):
    late = monday + timedelta(days=40)
    sweep(late)
    take("submit_result", in_progress, village, late, outcome="oral_agreement", account="和好")
    settled = take("approve_result", in_progress, coordinator, late, outcome="settled")
    assert settled.settled_on_time is False


def test_acting_late_before_the_sweep_comes_by_hides_nothing(in_progress, village, monday):
    late = monday + timedelta(days=40)
    take("submit_result", in_progress, village, late, outcome="oral_agreement", account="和好")
    assert in_progress.trail.filter(step="deadline_missed").count() == 1
    assert clocks.latest(in_progress, "resolve").was_missed


def test_an_agreement_still_to_be_performed_is_performing(in_progress, village, coordinator, clerk, monday):
    now = monday + timedelta(days=5)
    until = date(2026, 6, 1)
    take(
        "submit_result",
        in_progress,
        village,
        now,
        outcome="written_agreement",
        account="分期付",
        performance_until=until,
    )
    performing = take("approve_result", in_progress, coordinator, now, outcome="settled")
    assert performing.status == "performing"
    take("revisit", in_progress, clerk, now, way="phone", satisfied=True, account="正在履行")
    with pytest.raises(WrongState, match="履行"):
        take("close", in_progress, coordinator, now)
    assert take("close", in_progress, coordinator, now + timedelta(days=120)).status == "closed"


def test_closing_needs_a_revisit(settled, coordinator, clerk, monday):
    now = monday + timedelta(days=8)
    with pytest.raises(WrongState, match="回访"):
        take("close", settled, coordinator, now)
    take("revisit", settled, clerk, now, way="visit", satisfied=True, account="满意")
    closed = take("close", settled, coordinator, now)
    assert (closed.status, closed.next_due_at) == ("closed", None)


def test_a_revisit_is_waived_only_after_two_tries(settled, clerk, coordinator, monday):
    now = monday + timedelta(days=8)
    for _attempt in range(2):
        with pytest.raises(InvalidInput):
            take("revisit", settled, clerk, now, way="waived", account="联系不上")
        take("revisit", settled, clerk, now, way="phone", account="无人接听")
    take("revisit", settled, clerk, now, way="waived", account="两次无人接听，邻居称外出务工")
    assert take("close", settled, coordinator, now).status == "closed"


def test_reopening_starts_a_new_limit_and_keeps_the_old_miss(
    in_progress, village, coordinator, clerk, monday
):
    late = monday + timedelta(days=40)
    take("submit_result", in_progress, village, late, outcome="oral_agreement", account="和好")
    take("approve_result", in_progress, coordinator, late, outcome="settled")
    take("revisit", in_progress, clerk, late, way="phone", satisfied=False, account="又挖了")
    take("close", in_progress, coordinator, late)
    again = take("reopen", in_progress, coordinator, late + timedelta(days=5), reason="对方再次改沟")
    assert again.status == "reopened"
    assert again.resolve_by > late
    assert again.trail.filter(step="deadline_missed").count() == 1


def test_settled_on_the_spot_is_one_form_and_five_entries_more(clerk, coordinator, monday):
    dispute = registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="oral"))
    assert dispute.status == "settled"
    assert list(dispute.trail.values_list("step", flat=True)) == [
        "register",
        "accept",
        "assign",
        "sign_for",
        "submit_result",
        "settle_on_spot",
        "leader_named",
    ]
    assert take("close", dispute, coordinator, monday).status == "closed"


def test_what_was_agreed_on_the_spot_is_written_down_where_it_is_asked_for(clerk, monday):
    with pytest.raises(InvalidInput) as caught:
        registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="oral", account=" "))
    assert list(caught.value.errors) == ["settle_on_spot.account"]


def test_danger_is_never_settled_on_the_spot(clerk, monday):
    with pytest.raises(InvalidInput) as caught:
        registered(clerk, monday, danger=True, settle_on_spot=SpotSettlement(agreed=True, way="oral"))
    assert "settle_on_spot" in caught.value.errors
