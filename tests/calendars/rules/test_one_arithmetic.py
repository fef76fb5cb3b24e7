"""Pauses and extensions count alike on computed dates, named dates and days added to hours."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from calendars.rules.arithmetic import due, fixed_due
from calendars.rules.calendar import DayOfPlan, WorkCalendar
from calendars.rules.terms import SHANGHAI, Limit, Pause, Unit, day_of, end_of
from tests.factories.calendars import calendar_of_2026
from tests.factories.day_list import Rest, fixed_last_day, last_day

YEARS = range(2025, 2031)
FIRST = date(2026, 1, 1)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def resting(first: date, end: date) -> Pause:
    return Pause(at(first), at(end, 17))


def days(amount: int) -> Limit:
    return Limit(amount, Unit.DAY)


def test_a_pause_inside_days_added_to_a_named_date_counts() -> None:
    pause = resting(date(2026, 6, 12), date(2026, 6, 17))
    named = end_of(date(2026, 6, 10))

    found = fixed_due(date(2026, 6, 1), named, calendar_of_2026(), pauses=[pause], extensions=[days(10)])

    assert day_of(found.at) == date(2026, 6, 25)
    assert [part["kind"] for part in found.parts] == ["fixed", "extension", "pause"]


def test_a_pause_inside_days_added_to_hours_counts() -> None:
    start, pause = at(date(2026, 6, 2)), resting(date(2026, 6, 4), date(2026, 6, 6))
    one_day = Limit(24, Unit.HOUR)

    without = due(start, one_day, calendar_of_2026(), extensions=[days(5)])
    paused = due(start, one_day, calendar_of_2026(), extensions=[days(5)], pauses=[pause])

    assert (day_of(without.at), day_of(paused.at)) == (date(2026, 6, 8), date(2026, 6, 10))


def test_a_pause_beyond_the_end_leaves_a_named_day_off_alone() -> None:
    saturday, pause = date(2026, 6, 13), resting(date(2026, 6, 15), date(2026, 6, 17))

    assert fixed_due(date(2026, 6, 1), end_of(saturday), calendar_of_2026(), pauses=[pause]).at == end_of(
        saturday
    )


def test_a_named_day_that_is_the_first_day_moves_with_a_pause_that_covers_it() -> None:
    named, pause = at(date(2026, 6, 2), 18), Pause(at(date(2026, 6, 2), 12), at(date(2026, 6, 4)))

    assert day_of(fixed_due(at(date(2026, 6, 2)), named, calendar_of_2026(), pauses=[pause]).at) == date(
        2026, 6, 4
    )


DAYS = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
COUNTS = st.tuples(st.integers(1, 60), st.sampled_from(["day", "working_day"]))


@st.composite
def rests(draw: st.DrawFn) -> list[Rest]:
    lengths = st.integers(0, 30)
    starts = draw(st.lists(DAYS, max_size=4))
    return [(first, first + timedelta(days=draw(lengths))) for first in starts]


@st.composite
def plans(draw: st.DrawFn) -> set[date]:
    """Days on which the plan turns the week round: workdays off, weekends worked."""
    runs = draw(st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=8))
    return {first + timedelta(days=n) for first, length in runs for n in range(length)}


def worked(plan: set[date], day: date) -> bool:
    return (day.weekday() < 5) is not (day in plan)


def calendar_of(plan: set[date]) -> WorkCalendar:
    return WorkCalendar.of(YEARS, {day: DayOfPlan(worked(plan, day), "调整") for day in plan})


def limits(counts: list[tuple[int, str]]) -> list[Limit]:
    return [Limit(amount, Unit(unit)) for amount, unit in counts]


@given(DAYS, st.lists(COUNTS, min_size=1, max_size=4), rests(), plans())
def test_a_computed_end_is_the_day_counted_by_hand(
    start: date, counts: list[tuple[int, str]], rested: list[Rest], plan: set[date]
) -> None:
    first, *more = limits(counts)

    found = due(start, first, calendar_of(plan), extensions=more, pauses=[resting(*rest) for rest in rested])

    assert day_of(found.at) == last_day(start, counts, rested, lambda day: worked(plan, day))


@given(DAYS, st.integers(1, 90), st.lists(COUNTS, max_size=3), rests(), plans())
def test_a_named_day_moves_by_the_same_count(
    start: date, ahead: int, more: list[tuple[int, str]], rested: list[Rest], plan: set[date]
) -> None:
    named = start + timedelta(days=ahead)

    found = fixed_due(
        start,
        end_of(named),
        calendar_of(plan),
        extensions=limits(more),
        pauses=[resting(*rest) for rest in rested],
    )

    by_hand = fixed_last_day(start, named, more, rested, lambda day: worked(plan, day))
    assert day_of(found.at) == by_hand


@given(DAYS, st.integers(1, 72), st.lists(COUNTS, min_size=1, max_size=3), rests(), plans())
def test_days_after_hours_count_from_where_the_hours_ended(
    start: date, hours: int, more: list[tuple[int, str]], rested: list[Rest], plan: set[date]
) -> None:
    pauses = [resting(*rest) for rest in rested]
    calendar, limit = calendar_of(plan), Limit(hours, Unit.HOUR)
    ended = day_of(due(at(start), limit, calendar, pauses=pauses).at)

    found = due(at(start), limit, calendar, extensions=limits(more), pauses=pauses)

    assert day_of(found.at) == last_day(ended, more, rested, lambda day: worked(plan, day))
