"""The county approves the result of what it handed down: the town's approval goes on to it."""

from datetime import date, timedelta

import pytest

from core.clock import shanghai_date
from core.errors import NotPermitted, WrongState
from disputes.services import clocks
from notifications.models import Notice
from tests.disputes.handing.conftest import hand_in
from tests.disputes.handing.test_hand_down import THIRTY_DAYS, day_of
from tests.factories.day_list import fixed_last_day
from tests.factories.day_list import works_in_2026 as works
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


def test_the_towns_approval_asks_the_county(reported):
    assert (reported.status, reported.pending, reported.pending_org.code) == (
        "result_submitted",
        "approval",
        "county.centre",
    )
    assert (reported.waiting_org.code, reported.waiting_role) == ("county.centre", "coordinator")
    assert reported.settled_at is None
    assert clocks.latest(reported, "county").met_at is not None
    assert clocks.running(reported, "county_review") is not None
    assert clocks.running(reported, "review") is None


def test_the_county_approves_and_the_town_revisits_and_closes(
    reported, county_office, clerk, coordinator, monday
):
    now = monday + timedelta(days=7)
    settled = take("approve_result", reported, county_office, now, outcome="settled")
    assert (settled.status, settled.pending, settled.settled_at) == ("settled", "", now)
    assert settled.settled_on_time is True
    assert clocks.running(settled, "county_review") is None
    take("revisit", settled, clerk, now, way="phone", satisfied=True, account="满意")
    assert take("close", settled, coordinator, now).status == "closed"


def test_nobody_but_the_county_has_the_last_word(reported, coordinator, outside_coordinator, monday):
    for step, data in (("approve_result", {"outcome": "settled"}), ("reject_result", {"reason": "再办"})):
        with pytest.raises(NotPermitted):
            take(step, reported, coordinator, monday + timedelta(days=7), **data)


def test_the_county_does_not_speak_before_the_town(in_hand, village, county_office, monday):
    hand_in(in_hand, village, monday + timedelta(days=5))
    with pytest.raises(NotPermitted):
        take("approve_result", in_hand, county_office, monday + timedelta(days=6), outcome="settled")


def test_a_rejection_leads_back_to_the_unit_and_every_clock_runs_on(
    reported, county_office, coordinator, village, monday
):
    back = take("reject_result", reported, county_office, monday + timedelta(days=7), reason="未到现场核实")
    assert (back.status, back.pending, back.lead_unit.code) == ("in_progress", "", "t01.v01")
    assert (day_of(back, "resolve"), day_of(back, "county")) == (THIRTY_DAYS, THIRTY_DAYS)
    hand_in(back, village, monday + timedelta(days=9))
    again = take("approve_result", back, coordinator, monday + timedelta(days=10), outcome="settled")
    assert again.pending == "approval"


def test_what_the_county_took_too_long_does_not_count_against_the_town(reported, county_office, monday):
    """Its review has two working days: until 10 March. A week more are the county's own."""
    back = take("reject_result", reported, county_office, monday + timedelta(days=15), reason="未到现场核实")
    rested = (date(2026, 3, 11), date(2026, 3, 17))
    expected = fixed_last_day(date(2026, 3, 2), THIRTY_DAYS, [], [rested], works)
    due = clocks.latest(reported, "county_review").due_at
    assert shanghai_date(due) == date(2026, 3, 10)
    assert shanghai_date(back.county_due_at) == day_of(back, "county") == expected
    assert day_of(back, "resolve") <= expected


def test_the_town_may_take_its_approval_back(reported, coordinator, monday):
    kept = take("take_back", reported, coordinator, monday + timedelta(days=6, hours=1))
    assert (kept.status, kept.pending, kept.waiting_org.code) == ("result_submitted", "", "t01.centre")
    assert day_of(kept, "county") == THIRTY_DAYS
    assert clocks.running(kept, "review") is not None
    assert clocks.running(kept, "county_review") is None


def test_the_county_may_find_something_else_but_no_contradiction(
    in_hand, village, coordinator, county_office, monday
):
    now = monday + timedelta(days=5)
    take("submit_result", in_hand, village, now, outcome="no_agreement", account="双方各执一词。")
    take("approve_result", in_hand, coordinator, now, outcome="not_resolved")
    done = take("approve_result", in_hand, county_office, now, outcome="not_resolved", note="请另派人调解")
    assert (done.status, done.waiting_org.code) == ("not_resolved", "t01.centre")
    again = take("assign", done, coordinator, now, lead_unit="t01.v02")
    assert day_of(again, "county") >= THIRTY_DAYS


def test_a_towns_own_dispute_needs_nobody_above_it(clerk, coordinator, village, monday):
    own = registered(clerk, monday)
    take("accept", own, coordinator, monday)
    take("assign", own, coordinator, monday, lead_unit="t01.v01")
    take("sign_for", own, village, monday)
    hand_in(own, village, monday)
    assert take("approve_result", own, coordinator, monday, outcome="settled").status == "settled"


def test_a_reopened_case_is_still_the_countys_order_with_a_new_date(
    reported, county_office, coordinator, clerk, monday
):
    now = monday + timedelta(days=7)
    take("approve_result", reported, county_office, now, outcome="settled")
    later = monday + timedelta(days=50)
    again = take("reopen", reported, coordinator, later, reason="又起争执")
    assert (again.managing_org.code, again.handed_down_by.code) == ("t01.centre", "county.centre")
    assert day_of(again, "county") == day_of(again, "resolve") > shanghai_date(later)


def test_a_withdrawn_one_leaves_no_clock_and_the_county_hears(in_hand, coordinator, monday):
    gone = take("withdraw", in_hand, coordinator, monday + timedelta(days=1), reason="当事人撤回")
    assert gone.next_due_at is None
    told = Notice.objects.filter(url__contains=gone.number, kind="withdrawn").values_list(
        "recipient__username", flat=True
    )
    assert {"county.office", "county.coordinator"} <= set(told)


def test_nothing_pends_twice(reported, village, monday):
    with pytest.raises(WrongState):
        take("request_return", reported, village, monday, ground="not_competent", reason="x")


def test_the_countys_page_shows_what_the_town_found_and_has_it_chosen(reported, county_office, client_of):
    answer = client_of(county_office).get(f"/disputes/{reported.number}/steps/approve_result/")
    page = answer.content.decode()
    assert "乡镇审结意见" in page
    (chosen,) = [one for one in page.split("<input") if 'name="outcome"' in one and " checked" in one]
    assert 'value="settled"' in chosen
