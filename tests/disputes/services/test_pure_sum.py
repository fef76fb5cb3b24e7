"""Whatever happens in whatever order, the resolve-by date is the limit, what was added and what rested: a pure sum.

The second count is tests/factories/day_list.py, which writes the days down and crosses them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import Appointment
from calendars.services.sweep import sweep
from core.clock import shanghai_date
from core.errors import DomainError
from disputes.models import Dispute
from disputes.services import clocks
from tests.factories.day_list import Count, Rest, last_day, works_in_2026
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db

Happening = tuple[str, int, int]  # what, how many days after the one before, how long or how much
HAPPENINGS = st.tuples(
    st.sampled_from(["pause", "resume", "extend", "reject", "return", "reopen"]),
    st.integers(0, 9),
    st.integers(1, 14),
)


@dataclass
class Story:
    """The dispute on its way through the services, and beside it what a clerk with a wall calendar would write down."""

    dispute: Dispute
    coordinator: Appointment
    village: Appointment
    deputy: Appointment
    now: datetime
    start: date
    counts: list[Count] = field(default_factory=lambda: [(30, "day")])
    rests: list[Rest] = field(default_factory=list)
    resting: Rest | None = None

    @property
    def today(self) -> date:
        return shanghai_date(self.now)

    def take(self, step: str, by: Appointment, **data: object) -> None:
        self.dispute = take(step, self.dispute, by, self.now, **data)

    def may(self, step: str, by: Appointment, **data: object) -> bool:
        try:
            self.take(step, by, **data)
        except DomainError:
            return False
        return True

    def go_on(self, days: int) -> None:
        self.now += timedelta(days=days)
        if self.resting and self.resting[1] <= self.today:
            self.end_rest()
        sweep(self.now)
        self.dispute.refresh_from_db()

    def end_rest(self) -> None:
        if self.resting:
            self.rests.append((self.resting[0], min(self.resting[1], self.today)))
            self.resting = None

    def take_in_hand(self) -> None:
        self.take("assign", self.coordinator, lead_unit="t01.v01")
        self.take("sign_for", self.village)

    def pause(self, length: int) -> None:
        until = self.today + timedelta(days=length)
        if self.may("suspend", self.village, reason="鉴定", until=until):
            self.resting = (self.today, until)

    def resume(self, _length: int) -> None:
        if self.may("resume", self.village):
            self.end_rest()

    def extend(self, length: int) -> None:
        if not self.may("request_extension", self.village, days=length, reason="测量"):
            return
        again = self.dispute.pending_org_id != self.dispute.managing_org_id
        self.take("decide_extension", self.deputy if again else self.coordinator, granted=True, reason="同意")
        self.counts.append((length, "day"))

    def reject(self, length: int) -> None:
        self.take("submit_result", self.village, outcome="oral_agreement", account="和好")
        self.end_rest()
        due = last_day(self.today, [(2, "working_day")], [], works_in_2026)
        self.now += timedelta(days=length)
        self.take("reject_result", self.coordinator, reason="没有协议文本")
        if self.today > due:
            self.rests.append((due + timedelta(days=1), self.today))

    def send_back(self, length: int) -> None:
        if self.dispute.requests.filter(kind="return").exists():
            return
        if not self.may("request_return", self.village, ground="not_competent", reason="非本村"):
            return
        asked = self.today
        self.now += timedelta(days=length)
        self.take("decide_return", self.coordinator, granted=True, reason="同意")
        self.end_rest()
        self.rests.append((asked, self.today))
        self.take_in_hand()

    def reopen(self, _length: int) -> None:
        self.take("withdraw", self.coordinator, reason="和好")
        self.take("reopen", self.coordinator, reason="又起争执")
        self.take_in_hand()
        self.start, self.counts, self.rests, self.resting = self.today, [(30, "day")], [], None

    def live(self, happening: Happening) -> None:
        what, after, length = happening
        self.go_on(after)
        {"return": self.send_back}.get(what, getattr(self, what, None))(length)

    def by_hand(self) -> date:
        rests = [*self.rests, *([self.resting] if self.resting else [])]
        return last_day(self.start, self.counts, rests, works_in_2026)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(HAPPENINGS, min_size=2, max_size=5))
@example([("pause", 1, 9), ("return", 0, 3), ("extend", 2, 12), ("reject", 3, 14), ("pause", 9, 10)])
@example([("extend", 2, 14), ("pause", 3, 14), ("extend", 5, 7), ("resume", 2, 1), ("reject", 1, 9)])
@example([("pause", 2, 14), ("reject", 4, 6), ("reopen", 1, 1), ("pause", 2, 5), ("extend", 1, 3)])
def test_any_order_of_happenings_gives_the_pure_sum(
    clerk, coordinator, village, deputy, monday, happenings: list[Happening]
) -> None:
    dispute = registered(clerk, monday)
    story = Story(dispute, coordinator, village, deputy, monday, shanghai_date(monday))
    story.take("accept", coordinator)
    story.take_in_hand()
    for happening in happenings:
        story.live(happening)
        clock = clocks.running(story.dispute, "resolve")
        assert shanghai_date(clock.due_at) == story.by_hand(), (happening, story.counts, story.rests)
        assert story.dispute.suspended == bool(story.resting)
