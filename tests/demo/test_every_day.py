"""On whatever day the demo county is loaded, no step of its plans comes when its rule refuses it.

Without a database: the limits are read off the table of first values here and counted day by day with the published
holidays, by other means than the product's own. A sample of days is walked with the other tests, among them those
on which long holidays end; all of two years with EVERY_DAY=1 (some minutes).
"""

import itertools
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest

from core.clock import SHANGHAI
from demo.build.course import Move
from demo.build.plans import Plan, all_plans
from disputes.rules import intake

FIRST, DAYS = date(2026, 11, 1), 730
AFTER_HOLIDAYS = (date(2027, 1, 4), date(2027, 2, 12), date(2027, 2, 15), date(2027, 5, 6), date(2027, 10, 8))
OFF_BY_LAW = {
    (1, 1),
    (5, 1),
    (5, 2),
    (10, 1),
    (10, 2),
    (10, 3),
}  # 全国年节及纪念日放假办法, of those by the sun
HOURS = (time(0, 5), time(8, 0), time(10, 30), time(15, 20), time(23, 50))
Before = Mapping[str, Move]  # the last of each step until then
EVERY_DAY = os.environ.get("EVERY_DAY") == "1"


def days() -> list[datetime]:
    step = 1 if EVERY_DAY else 122
    found = {FIRST + timedelta(days=number) for number in range(0, DAYS, step)} | set(AFTER_HOLIDAYS)
    return [datetime.combine(day, HOURS[day.toordinal() % len(HOURS)], SHANGHAI) for day in sorted(found)]


def is_workday(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # no plan is published yet
        return day.isoweekday() <= 5 and (day.month, day.day) not in OFF_BY_LAW


def working_days_after(at: datetime, count: int) -> date:
    """The day at whose end a limit of so many working days from then is over."""
    day = at.astimezone(SHANGHAI).date()
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def day_of(move: Move) -> date:
    return move.at.astimezone(SHANGHAI).date()


def expiry(plan: Plan) -> date:
    """Days from acceptance: 信访工作条例, 劳动争议调解仲裁法, 道路交通安全法实施条例; else a month."""
    limits = {"wage_arrears": 15, "labour_other": 15, "traffic": 10}
    days = 60 if plan.facts.source == "petition" else limits.get(plan.facts.category, 30)
    accepted = next(move for move in plan.moves if move.step == "accept")
    return day_of(accepted) + timedelta(days=days)


def late_return(plan: Plan, move: Move, before: Before) -> bool:
    days = 5 if plan.facts.source == "petition" else 2
    return day_of(move) > working_days_after(before["assign"].at, days)


def return_decided_after_it_moved_up(plan: Plan, move: Move, before: Before) -> bool:
    return day_of(move) > working_days_after(before["request_return"].at, 1)


def extension_that_leaves_no_working_day(plan: Plan, move: Move, before: Before) -> bool:
    return working_days_after(move.at, 1) > expiry(plan)


def extension_decided_when_it_was_void(plan: Plan, move: Move, before: Before) -> bool:
    return day_of(move) > expiry(plan)


def until_a_day_that_has_passed(plan: Plan, move: Move, before: Before) -> bool:
    until = move.data.get("until") or move.data.get("performance_until")
    return until is not None and until <= day_of(move)


def closed_while_the_agreement_is_performed(plan: Plan, move: Move, before: Before) -> bool:
    result = before.get("submit_result")
    until = result.data.get("performance_until") if result else None
    return until is not None and until > day_of(move)


RULES: dict[str, Callable[[Plan, Move, Before], bool]] = {
    "request_return": late_return,
    "decide_return": return_decided_after_it_moved_up,
    "request_extension": extension_that_leaves_no_working_day,
    "decide_extension": extension_decided_when_it_was_void,
    "suspend": until_a_day_that_has_passed,
    "submit_result": until_a_day_that_has_passed,
    "close": closed_while_the_agreement_is_performed,
}


def refusals(plan: Plan) -> Iterator[str]:
    """What the rules would say to the steps of a plan."""
    before: dict[str, Move] = {}
    for move in plan.moves:
        rule = RULES.get(move.step)
        if rule is not None and rule(plan, move, before):
            yield f"{plan.story.index}: {rule.__name__}"
        before[move.step] = move


@pytest.mark.parametrize("now", days(), ids=lambda now: f"{now:%Y-%m-%d}")
def test_no_step_of_the_plans_is_refused_on_this_day(now: datetime) -> None:
    plans = all_plans(now)
    assert [words for plan in plans for words in refusals(plan)] == []
    for plan in plans:
        moments = [plan.story.registered_at, *(move.at for move in plan.moves), now]
        assert all(earlier < later for earlier, later in itertools.pairwise(moments))
        assert intake.faults(plan.facts, plan.story.registered_at.date()) == {}


@pytest.mark.parametrize("step", ["request_return", "decide_return", "request_extension", "decide_extension"])
def test_the_walk_sees_a_step_that_comes_too_late(step: str) -> None:
    plans = all_plans(datetime(2027, 2, 15, 10, 30, tzinfo=SHANGHAI))
    plan = next(plan for plan in plans if step in [move.step for move in plan.moves])
    plan.moves = [
        replace(move, at=move.at + timedelta(days=60)) if move.step == step else move for move in plan.moves
    ]
    assert len(list(refusals(plan))) == 1
