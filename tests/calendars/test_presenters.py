from datetime import date, datetime

import pytest

from calendars.presenters import WORDS, explanation
from calendars.rules.arithmetic import by_the_latest, due, fixed_due
from calendars.rules.terms import SHANGHAI, Limit, Pause, Unit
from tests.factories.calendars import calendar_of_2026

CALENDAR = calendar_of_2026()


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def words(start: date, amount: int, unit: Unit, **more: object) -> str:
    return explanation(due(start, Limit(amount, unit), CALENDAR, **more).parts)  # type: ignore[arg-type]


def test_the_sentence_of_the_architecture() -> None:
    said = words(date(2026, 9, 28), 12, Unit.WORKING_DAY)

    assert said == "自2026-09-28起12个工作日：跳过国庆节10月1日至7日；10月10日为调休上班日"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words(date(2026, 3, 2), 4, Unit.DAY), "自2026-03-02起4日"),
        (words(date(2026, 3, 2), 5, Unit.DAY), "自2026-03-02起5日：末日3月7日逢周末，顺延至3月9日"),
        (words(date(2026, 9, 5), 30, Unit.DAY), "自2026-09-05起30日：末日10月5日逢国庆节，顺延至10月8日"),
        (words(at(3, 2), 2, Unit.HOUR), "自2026-03-02 09:00起2小时"),
        (
            words(at(3, 2), 2, Unit.HOUR, pauses=[Pause(at(3, 2, 10), at(3, 2, 12))]),
            "自2026-03-02 09:00起2小时：中止计时2小时",
        ),
        (
            words(date(2026, 3, 2), 4, Unit.DAY, pauses=[Pause(at(3, 4), at(3, 14), "司法鉴定")]),
            "自2026-03-02起4日：3月4日至13日中止计时（司法鉴定）",
        ),
        (
            words(date(2026, 3, 2), 4, Unit.DAY, extensions=[Limit(3, Unit.WORKING_DAY)]),
            "自2026-03-02起4日：延期3个工作日",
        ),
        (
            words(date(2026, 3, 2), 30, Unit.DAY, extensions=[Limit(10, Unit.DAY)]),
            "自2026-03-02起40日：其中延期10日；末日4月11日逢周末，顺延至4月13日",
        ),
        (
            words(at(3, 2), 2, Unit.HOUR, extensions=[Limit(3, Unit.HOUR), Limit(1, Unit.HOUR)]),
            "自2026-03-02 09:00起6小时：其中延期3小时；其中延期1小时",
        ),
    ],
)
def test_every_reason_has_its_words(said: str, expected: str) -> None:
    assert said == expected


def test_a_date_set_by_a_person_says_so() -> None:
    assert explanation(fixed_due(date(2026, 3, 2), at(3, 20), CALENDAR).parts) == "指定期限2026-03-20"


def test_a_date_from_above_bounds_it_and_says_so() -> None:
    thirty = due(date(2026, 3, 2), Limit(30, Unit.DAY), CALENDAR)
    bounded = by_the_latest(thirty, at(3, 20, 17))

    assert bounded.at == at(3, 20, 17)
    assert explanation(bounded.parts) == "自2026-03-02起30日：不晚于上级要求的2026-03-20"
    assert by_the_latest(thirty, at(4, 20)) == by_the_latest(thirty, None) == thirty


def test_an_assumed_year_is_said_aloud() -> None:
    parts = due(date(2026, 12, 30), Limit(5, Unit.DAY), CALENDAR.assuming_weekends()).parts

    assert explanation(parts).endswith("2027年放假安排尚未录入，暂按周末和法定节假日推算，录入后自动重算")


def test_no_parts_say_nothing() -> None:
    assert explanation([]) == ""


def test_every_kind_of_part_the_rules_make_has_words() -> None:
    assert set(WORDS) == {
        *("count", "fixed", "extension", "pause", "stood_still", "weekend", "holiday", "makeup", "rolled"),
        *("assumed", "why", "bounded"),
    }
