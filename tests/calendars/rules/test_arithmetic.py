from datetime import UTC, date, datetime, timedelta

import pytest

from calendars.rules.arithmetic import due, due_soon_at, fixed_due
from calendars.rules.calendar import CalendarNotLoaded
from calendars.rules.terms import SHANGHAI, Due, ImpossibleLimit, Limit, Pause, Unit
from tests.factories.calendars import calendar_of_2026

CALENDAR = calendar_of_2026()


def days(amount: int) -> Limit:
    return Limit(amount, Unit.DAY)


def working_days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def hours(amount: int) -> Limit:
    return Limit(amount, Unit.HOUR)


def at(year: int, month: int, day: int, hour: int = 23, minute: int = 59, second: int = 59) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


def part(result: Due, kind: str) -> dict[str, object]:
    return next(part for part in result.parts if part["kind"] == kind)


def kinds(result: Due) -> list[str]:
    return [part["kind"] for part in result.parts]


def test_the_example_of_the_architecture() -> None:
    result = due(date(2026, 9, 28), working_days(12), CALENDAR)

    assert result.at == at(2026, 10, 20)
    assert part(result, "holiday") == {
        "kind": "holiday",
        "name": "国庆节",
        "first": "2026-10-01",
        "last": "2026-10-07",
        "days": 7,
    }
    assert part(result, "makeup")["days"] == ["2026-10-10"]


def test_the_start_day_is_not_counted() -> None:
    assert due(date(2026, 3, 2), days(1), CALENDAR).at == at(2026, 3, 3)
    assert due(date(2026, 3, 2), working_days(1), CALENDAR).at == at(2026, 3, 3)


def test_a_start_with_a_time_counts_by_its_shanghai_day() -> None:
    late_evening_utc = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # already 3 March in Shanghai

    assert due(late_evening_utc, days(1), CALENDAR).at == at(2026, 3, 4)


def test_days_that_end_on_a_weekend_roll_to_monday() -> None:
    result = due(date(2026, 3, 2), days(5), CALENDAR)

    assert result.at == at(2026, 3, 9)
    assert part(result, "rolled") == {
        "kind": "rolled",
        "from": "2026-03-07",
        "to": "2026-03-09",
        "name": "",
    }


def test_days_that_end_on_a_holiday_roll_behind_it() -> None:
    result = due(date(2026, 9, 5), days(30), CALENDAR)

    assert result.at == at(2026, 10, 8)
    assert part(result, "rolled")["name"] == "国庆节"


def test_days_may_end_on_a_make_up_day() -> None:
    assert due(date(2026, 10, 5), days(5), CALENDAR).at == at(2026, 10, 10)


def test_a_holiday_that_began_before_the_start_is_told_from_the_first_day_counted() -> None:
    result = due(date(2026, 10, 3), working_days(1), CALENDAR)

    assert result.at == at(2026, 10, 8)
    assert (part(result, "holiday")["first"], part(result, "holiday")["last"]) == ("2026-10-04", "2026-10-07")


def test_hours_are_exact_and_do_not_roll() -> None:
    result = due(at(2026, 10, 1, 22, 30, 15), hours(2), CALENDAR)

    assert result.at == at(2026, 10, 2, 0, 30, 15)
    assert kinds(result) == ["count"]


def test_hours_need_a_clock_time_to_start_from() -> None:
    with pytest.raises(ImpossibleLimit):
        due(date(2026, 10, 1), hours(2), CALENDAR)


def test_hours_never_ask_the_calendar() -> None:
    assert due(at(2031, 1, 1, 8, 0, 0), hours(24), CALENDAR).at == at(2031, 1, 2, 8, 0, 0)


def test_a_year_nobody_entered_is_not_guessed() -> None:
    with pytest.raises(CalendarNotLoaded) as raised:
        due(date(2026, 12, 28), working_days(5), CALENDAR)

    assert raised.value.year == 2027


def test_beyond_the_plan_weekends_are_assumed_only_when_asked_and_it_shows() -> None:
    result = due(date(2026, 12, 28), working_days(5), CALENDAR.assuming_weekends())

    assert result.at == at(2027, 1, 4)
    assert result.is_provisional
    assert part(result, "assumed")["years"] == [2027]


def test_a_period_that_only_ends_in_the_known_year_assumes_nothing() -> None:
    assert not due(date(2026, 12, 1), days(30), CALENDAR.assuming_weekends()).is_provisional


def test_a_pause_moves_the_end_by_the_days_it_lasted() -> None:
    pause = Pause(at(2026, 3, 4, 10, 0, 0), at(2026, 3, 14, 9, 0, 0), "appraisal")

    result = due(date(2026, 3, 2), days(4), CALENDAR, pauses=[pause])

    assert result.at == at(2026, 3, 16)
    assert part(result, "pause") == {
        "kind": "pause",
        "first": "2026-03-04",
        "last": "2026-03-13",
        "days": 10,
        "route": "appraisal",
        "until": "2026-03-14",
    }


def test_a_pause_ended_on_its_first_day_changes_nothing() -> None:
    pause = Pause(at(2026, 3, 4, 9, 0, 0), at(2026, 3, 4, 17, 0, 0))

    assert due(date(2026, 3, 2), days(4), CALENDAR, pauses=[pause]).at == at(2026, 3, 6)


def test_a_pause_after_the_end_changes_nothing() -> None:
    pause = Pause(at(2026, 3, 9, 9, 0, 0), at(2026, 3, 20, 9, 0, 0))

    result = due(date(2026, 3, 2), days(4), CALENDAR, pauses=[pause])

    assert (result.at, kinds(result)) == (at(2026, 3, 6), ["count"])


def test_overlapping_pauses_count_once() -> None:
    one = Pause(at(2026, 3, 4, 9, 0, 0), at(2026, 3, 10, 9, 0, 0))
    other = Pause(at(2026, 3, 6, 9, 0, 0), at(2026, 3, 12, 9, 0, 0))

    both = due(date(2026, 3, 2), days(10), CALENDAR, pauses=[one, other])

    assert both.at == due(date(2026, 3, 2), days(10), CALENDAR, pauses=[Pause(one.since, other.until)]).at


def test_a_pause_stops_hours_to_the_second() -> None:
    pause = Pause(at(2026, 3, 2, 9, 0, 0), at(2026, 3, 2, 12, 30, 0))

    assert due(at(2026, 3, 2, 8, 0, 0), hours(2), CALENDAR, pauses=[pause]).at == at(2026, 3, 2, 13, 30, 0)


def test_an_extension_in_the_same_unit_is_one_longer_period() -> None:
    extended = due(date(2026, 9, 5), days(30), CALENDAR, extensions=[days(15)])

    assert extended.at == due(date(2026, 9, 5), days(45), CALENDAR).at
    assert part(extended, "extension") == {"kind": "extension", "limit": 15, "unit": "day"}


def test_an_extension_in_days_of_working_days_rolls_at_the_end() -> None:
    result = due(date(2026, 3, 2), working_days(5), CALENDAR, extensions=[days(5)])

    assert result.at == at(2026, 3, 16)  # Monday 9 March + 5 days = Saturday 14 March


def test_a_date_set_by_a_person_stays_even_on_a_day_off() -> None:
    result = fixed_due(date(2026, 9, 1), at(2026, 10, 3), CALENDAR)

    assert (result.at, kinds(result)) == (at(2026, 10, 3), ["fixed"])


def test_a_date_set_by_a_person_moves_with_pauses_and_extensions() -> None:
    pause = Pause(at(2026, 3, 4, 10, 0, 0), at(2026, 3, 14, 9, 0, 0))

    paused = fixed_due(date(2026, 3, 2), at(2026, 3, 6), CALENDAR, pauses=[pause])
    extended = fixed_due(date(2026, 3, 2), at(2026, 3, 6), CALENDAR, extensions=[working_days(3)])

    assert paused.at == at(2026, 3, 16)
    assert extended.at == at(2026, 3, 11)


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_a_limit_must_be_a_sensible_number(amount: int) -> None:
    with pytest.raises(ImpossibleLimit):
        days(amount)


def test_a_start_outside_the_calendar_s_age_is_refused() -> None:
    with pytest.raises(ImpossibleLimit):
        due(datetime(9999, 1, 1, tzinfo=UTC), hours(87_840), CALENDAR)


def test_due_soon_begins_so_many_working_days_before() -> None:
    start, end = at(2026, 9, 1, 9, 0, 0), at(2026, 10, 9)

    soon = due_soon_at(start, end, working_days(2), CALENDAR)

    assert soon == at(2026, 9, 30, 0, 0, 0)


def test_due_soon_never_begins_before_half_the_time_is_gone() -> None:
    start = at(2026, 3, 2, 10, 0, 0)

    assert due_soon_at(start, start + timedelta(hours=2), hours(3), CALENDAR) == start + timedelta(hours=1)
