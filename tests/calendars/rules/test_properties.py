"""What must hold for every start, limit, pause and extension."""

import itertools
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.rules.arithmetic import due, due_soon_at
from calendars.rules.terms import SHANGHAI, Due, Limit, Pause, Unit, day_of, end_of, start_of
from tests.factories.calendars import calendar_of_2026

CALENDAR = calendar_of_2026().assuming_weekends()
STARTS = st.dates(date(2025, 12, 1), date(2026, 12, 31))
DATE_LIMITS = st.builds(Limit, st.integers(1, 90), st.sampled_from([Unit.DAY, Unit.WORKING_DAY]))
MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 3, 1), timezones=st.just(SHANGHAI))


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    since = draw(MOMENTS)
    return Pause(since, since + draw(st.timedeltas(timedelta(0), timedelta(days=60))))


PAUSES = st.lists(pauses(), max_size=3)
EXTENSIONS = st.lists(DATE_LIMITS, max_size=2)


def stepped_over(result: Due) -> int:
    """Every day between start and end that the explanation says did not count."""
    days = sum(
        part.get("days", 0) for part in result.parts if part["kind"] in {"weekend", "holiday", "pause"}
    )
    for part in result.parts:
        if part["kind"] == "rolled":
            days += (date.fromisoformat(part["to"]) - date.fromisoformat(part["from"])).days
    return days


@given(STARTS, DATE_LIMITS, PAUSES, EXTENSIONS)
def test_the_explanation_accounts_for_every_day(
    start: date, limit: Limit, pauses: list[Pause], extensions: list[Limit]
) -> None:
    result = due(start, limit, CALENDAR, pauses=pauses, extensions=extensions)

    counted = limit.amount + sum(extension.amount for extension in extensions)
    assert (day_of(result.at) - start).days == counted + stepped_over(result)


@given(STARTS, DATE_LIMITS, PAUSES, EXTENSIONS)
def test_a_date_limit_ends_at_the_end_of_a_working_day_after_the_start(
    start: date, limit: Limit, pauses: list[Pause], extensions: list[Limit]
) -> None:
    result = due(start, limit, CALENDAR, pauses=pauses, extensions=extensions)

    assert result.at > end_of(start)
    assert result.at == end_of(day_of(result.at))
    assert CALENDAR.is_workday(day_of(result.at))


@given(STARTS, st.integers(0, 30), DATE_LIMITS, PAUSES)
def test_a_later_start_never_ends_earlier(start: date, later: int, limit: Limit, pauses: list[Pause]) -> None:
    early = due(start, limit, CALENDAR, pauses=pauses)
    late = due(start + timedelta(days=later), limit, CALENDAR, pauses=pauses)

    assert late.at >= early.at


@given(STARTS, DATE_LIMITS, st.integers(1, 30), PAUSES)
def test_a_longer_limit_never_ends_earlier(start: date, limit: Limit, more: int, pauses: list[Pause]) -> None:
    longer = Limit(limit.amount + more, limit.unit)

    assert due(start, longer, CALENDAR, pauses=pauses).at >= due(start, limit, CALENDAR, pauses=pauses).at


@given(STARTS, DATE_LIMITS, pauses(), PAUSES)
def test_a_pause_never_brings_the_end_nearer(
    start: date, limit: Limit, pause: Pause, others: list[Pause]
) -> None:
    without = due(start, limit, CALENDAR, pauses=others)

    assert due(start, limit, CALENDAR, pauses=[*others, pause]).at >= without.at


@given(STARTS, DATE_LIMITS, PAUSES, DATE_LIMITS)
def test_an_extension_always_ends_later_or_on_the_same_working_day(
    start: date, limit: Limit, pauses: list[Pause], extension: Limit
) -> None:
    without = due(start, limit, CALENDAR, pauses=pauses)

    assert due(start, limit, CALENDAR, pauses=pauses, extensions=[extension]).at >= without.at


@given(STARTS, st.integers(1, 60))
def test_working_days_never_end_before_as_many_days(start: date, amount: int) -> None:
    in_working_days = due(start, Limit(amount, Unit.WORKING_DAY), CALENDAR)

    assert in_working_days.at >= end_of(start + timedelta(days=amount))


@given(STARTS, st.integers(1, 40))
def test_working_days_are_as_many_as_the_limit_says(start: date, amount: int) -> None:
    end = day_of(due(start, Limit(amount, Unit.WORKING_DAY), CALENDAR).at)

    days = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in days) == amount


@given(MOMENTS, st.integers(1, 2000))
def test_hours_are_exactly_so_many_hours(start: datetime, amount: int) -> None:
    assert due(start, Limit(amount, Unit.HOUR), CALENDAR).at - start == timedelta(hours=amount)


@given(MOMENTS, st.integers(1, 200), PAUSES)
def test_paused_hours_run_only_outside_the_pauses(start: datetime, amount: int, pauses: list[Pause]) -> None:
    end = due(start, Limit(amount, Unit.HOUR), CALENDAR, pauses=pauses).at

    ran = timedelta(0)
    edges = sorted({start, end, *(edge for p in pauses for edge in (p.since, p.until) if start < edge < end)})
    for left, right in itertools.pairwise(edges):
        if not any(pause.since <= left and right <= pause.until for pause in pauses):
            ran += right - left
    assert ran == timedelta(hours=amount)


@settings(max_examples=50)
@given(STARTS, DATE_LIMITS, st.builds(Limit, st.integers(1, 5), st.sampled_from(list(Unit))))
def test_due_soon_lies_between_start_and_end(start: date, limit: Limit, lead: Limit) -> None:
    end = due(start, limit, CALENDAR).at

    assert start_of(start) < due_soon_at(start_of(start), end, lead, CALENDAR) < end
