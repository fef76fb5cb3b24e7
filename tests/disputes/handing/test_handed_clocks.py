"""In whatever order: no clock of the town ends after the county's date, nor that after the sender's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.services.sweep import sweep
from core.clock import SHANGHAI, shanghai_date
from core.errors import DomainError, InvalidInput
from disputes.models import Dispute, Handing
from disputes.rules.origin import OriginFacts
from disputes.services import clocks
from tests.disputes.handing.conftest import hand_in
from tests.disputes.handing.test_hand_down import THIRTY_DAYS, day_of
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db

# the town's clocks, written down beside the code and not taken from it
OF_THE_TOWN = ("accept", "dispatch", "sign_for", "resolve", "review", "return_consent", "extension_decision")
THEIRS = datetime(2026, 5, 11, 17, 30, tzinfo=SHANGHAI)
Happening = tuple[str, int, int]
HAPPENINGS = st.tuples(
    st.sampled_from(
        ["accept", "give", "sign", "pause", "resume", "extend", "result", "approve", "county_no", "town_no",
         "send_back", "give_back", "again", "urgent", "take_back"]
    ),
    st.integers(0, 12),
    st.integers(1, 25),
)  # fmt: skip


@dataclass
class Life:
    """Takes what can be taken; what the services refuse changes nothing."""

    dispute: Dispute
    people: dict[str, Appointment]
    now: datetime

    def may(self, step: str, who: str, **data: object) -> None:
        try:
            self.dispute = take(step, self.dispute, self.people[who], self.now, **data)
        except DomainError:
            self.dispute.refresh_from_db()

    def happen(self, what: str, length: int) -> None:
        town, village, county, until = (
            "t01.coordinator",
            "t01.v01",
            "county.office",
            self.now + timedelta(days=length),
        )
        decided = {"granted": True, "reason": "同意"}
        steps: dict[str, list[tuple[str, str, dict[str, object]]]] = {
            "accept": [("accept", town, {})],
            "give": [("pass_to", town, {"unit": "t01.v01"}), ("assign", town, {"lead_unit": "t01.v01"})],
            "sign": [("sign_for", village, {})],
            "pause": [("suspend", village, {"reason": "鉴定", "until": until.date()})],
            "resume": [("resume", village, {})],
            "extend": [
                ("request_extension", village, {"days": length, "reason": "测量"}),
                *[("decide_extension", who, decided) for who in (town, county, "t01.deputy")],
            ],
            "result": [("submit_result", village, {"outcome": "oral_agreement", "account": "和好"})],
            "approve": [("approve_result", town, {"outcome": "settled"})],
            "county_no": [("reject_result", county, {"reason": "不实"})],
            "town_no": [("reject_result", town, {"reason": "不全"})],
            "send_back": [
                ("request_return", village, {"ground": "not_competent", "reason": "非本村"}),
                ("decide_return", town, decided),
            ],
            "give_back": [("report_up", town, {"reason": "办不了"}), ("accept_report", county, {})],
            "again": [("hand_down", county, {"town": "t01"})],
            "take_back": [("recall", county, {"reason": "县里直接办理"})],
            "urgent": [("withdraw", town, {"reason": "和好"}), ("reopen", town, {"reason": "又起"})],
        }
        for step, who, data in steps[what]:
            self.may(step, who, **data)

    def check(self) -> None:
        row = Dispute.objects.get(pk=self.dispute.pk)
        unmet = list(Deadline.objects.of("dispute", row.pk).unmet())
        self.check_hands(row, {clock.kind for clock in unmet})
        if row.county_due_at is None:
            return
        for clock in unmet:
            if clock.kind in OF_THE_TOWN:
                began_later = clock.kind != "resolve" and clock.starts_at > row.county_due_at
                assert clock.due_at <= row.county_due_at or began_later, (clock.kind, clock.due_at)
            if clock.kind == "county":
                assert clock.due_at == row.county_due_at
                assert clock.due_at <= THEIRS

    def check_hands(self, row: Dispute, kinds: set[str]) -> None:
        """Whoever manages it now has clocks of their own and none of the other's; one order at a time."""
        order = Handing.objects.filter(dispute=row, ended_at=None, kind="down").exists()
        assert order == (row.county_due_at is not None) == (row.managing_org.code == "t01.centre")
        if order:
            return
        assert not kinds & {"county", "county_review"}
        if row.lead_unit_id is None:
            assert not kinds & {"sign_for", "review", "return_consent", "extension_decision"}
        if row.status in ("registered", "accepted", "reopened"):
            own = {"registered": "accept"}.get(row.status, "dispatch")
            assert kinds & {own, "report_accept"}, (row.status, kinds)
            assert row.status == "registered" or "resolve" in kinds


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(HAPPENINGS, min_size=3, max_size=9))
@example(
    [("accept", 0, 1), ("give", 0, 1), ("sign", 0, 1), ("pause", 2, 25), ("extend", 3, 20), ("pause", 1, 25)]
)
@example(
    [
        ("give", 0, 1),
        ("sign", 0, 1),
        ("result", 4, 1),
        ("approve", 12, 1),
        ("county_no", 12, 1),
        ("pause", 1, 20),
    ]
)
@example(
    [
        ("give", 12, 1),
        ("send_back", 2, 1),
        ("give_back", 1, 1),
        ("again", 9, 1),
        ("give", 12, 1),
        ("sign", 12, 1),
    ]
)
@example(
    [
        ("give", 0, 1),
        ("sign", 0, 1),
        ("result", 4, 1),
        ("approve", 1, 1),
        ("take_back", 1, 1),
        ("again", 2, 1),
    ]
)
@example(
    [("give", 0, 1), ("sign", 0, 1), ("pause", 2, 25), ("extend", 1, 5), ("take_back", 1, 1), ("again", 2, 1)]
)
@example([("take_back", 0, 1), ("again", 1, 1), ("accept", 1, 1), ("take_back", 3, 1)])
def test_in_whatever_order(county_office, people, monday, happenings: list[Happening]) -> None:
    sent = registered(
        county_office, monday, source="petition", origin=OriginFacts(sender="县信访局", due_at=THEIRS)
    )
    life = Life(take("hand_down", sent, county_office, monday, town="t01"), people, monday)
    for what, after, length in happenings:
        life.now += timedelta(days=after)
        sweep(life.now)
        life.dispute.refresh_from_db()
        life.happen(what, length)
        life.check()


def test_a_pause_gives_the_town_no_time_beyond_the_countys_date(in_hand, village, monday):
    far = (monday + timedelta(days=90)).date()
    rests = take("suspend", in_hand, village, monday + timedelta(days=2), reason="鉴定", until=far)
    assert (rests.suspended, day_of(rests, "resolve"), day_of(rests, "county")) == (
        True,
        THIRTY_DAYS,
        THIRTY_DAYS,
    )


def test_within_the_countys_date_the_town_decides_an_extension_itself(handed, coordinator, village, monday):
    early = (monday + timedelta(days=14)).date()
    take("pass_to", handed, coordinator, monday, unit="t01.v01", resolve_by=early)
    take("sign_for", handed, village, monday)
    asked = take("request_extension", handed, village, monday + timedelta(days=1), days=4, reason="测量")
    assert asked.pending_org.code == "t01.centre"
    longer = take(
        "decide_extension", asked, coordinator, monday + timedelta(days=1), granted=True, reason="同意"
    )
    assert (day_of(longer, "resolve"), day_of(longer, "county")) == (early + timedelta(days=4), THIRTY_DAYS)


def test_beyond_it_the_county_decides_and_both_dates_move(
    in_hand, village, coordinator, county_office, monday
):
    now = monday + timedelta(days=2)
    asked = take("request_extension", in_hand, village, now, days=10, reason="测量")
    assert (asked.pending_org.code, asked.waiting_role) == ("county.centre", "coordinator")
    with pytest.raises(DomainError):
        take("decide_extension", asked, coordinator, now, granted=True, reason="同意")
    longer = take("decide_extension", asked, county_office, now, granted=True, reason="同意")
    assert day_of(longer, "resolve") == day_of(longer, "county") == shanghai_date(longer.county_due_at)
    assert day_of(longer, "county") >= THIRTY_DAYS + timedelta(days=10)


def test_no_extension_leads_past_the_date_of_who_sent_it(county_office, coordinator, village, monday):
    due = datetime(2026, 3, 20, 17, 30, tzinfo=SHANGHAI)
    sent = registered(
        county_office, monday, source="hotline", origin=OriginFacts(sender="热线中心", due_at=due)
    )
    take("hand_down", sent, county_office, monday, town="t01")
    take("pass_to", sent, coordinator, monday, unit="t01.v01")
    take("sign_for", sent, village, monday)
    with pytest.raises(InvalidInput, match="来件"):
        take("request_extension", sent, village, monday, days=5, reason="测量")


def test_what_the_town_takes_on_after_the_date_is_overdue_at_once(handed, coordinator, village, monday):
    late = monday + timedelta(days=60)
    sweep(late)
    given = take("pass_to", handed, coordinator, late, unit="t01.v01")
    assert day_of(given, "resolve") == THIRTY_DAYS
    assert given.is_overdue(late)
    assert clocks.running(given, "sign_for").due_at > late  # nothing ends before it has begun


def test_a_merge_carries_the_order_and_the_earlier_date(handed, clerk, coordinator, monday):
    own = registered(clerk, monday)
    take("accept", own, coordinator, monday)
    take("merge", handed, coordinator, monday + timedelta(days=1), into=own.number)
    own.refresh_from_db()
    assert (own.handed_down_by.code, shanghai_date(own.county_due_at)) == ("county.centre", THIRTY_DAYS)
    assert day_of(own, "county") == THIRTY_DAYS
    assert day_of(own, "resolve") <= THIRTY_DAYS
    assert own.next_due_at is not None
    rows = list(Handing.objects.order_by("pk").values_list("dispute", "ended_by_step"))
    assert rows == [(handed.pk, "merge"), (own.pk, "")]
    handed.refresh_from_db()
    assert not Deadline.objects.of("dispute", handed.pk).unmet().exists()


def test_merged_by_the_county_into_its_own_it_is_the_countys(handed, county_office, monday):
    other = registered(county_office, monday, place="t02.v01")
    take("merge", other, county_office, monday, into=handed.number)
    handed.refresh_from_db()
    assert (handed.managing_org.code, handed.handed_down_by) == ("county.centre", None)
    assert day_of(handed, "county") is None


def test_a_mark_against_the_town_takes_it_back_to_the_county(in_hand, coordinator, county_office, monday):
    marked = take("mark_conflict", in_hand, coordinator, monday, units=["t01.gov"], reason="反映镇政府")
    assert (marked.managing_org.code, marked.handed_down_by, marked.county_due_at) == (
        "county.centre",
        None,
        None,
    )
    assert day_of(marked, "resolve") == THIRTY_DAYS
    assert Handing.objects.get().ended_by_step == "mark_conflict"


def test_a_mark_while_the_county_is_asked_ends_the_asking(reported, coordinator, monday):
    now = monday + timedelta(days=7)
    marked = take("mark_conflict", reported, coordinator, now, units=["t01.v01"], reason="反映村委会")
    assert (marked.status, marked.pending, marked.lead_unit) == ("accepted", "", None)
    assert (day_of(marked, "resolve"), day_of(marked, "county")) == (THIRTY_DAYS, THIRTY_DAYS)
    assert clocks.running(marked, "county_review") is None


def test_a_result_handed_in_twice(reported, county_office, village, coordinator, monday):
    take("reject_result", reported, county_office, monday + timedelta(days=7), reason="再核")
    hand_in(reported, village, monday + timedelta(days=8))
    take("reject_result", reported, coordinator, monday + timedelta(days=9), reason="不全")
    assert (day_of(reported, "resolve"), day_of(reported, "county")) == (THIRTY_DAYS, THIRTY_DAYS)
