from datetime import date

import pytest

from calendars.rules.calendar import DayOfPlan
from calendars.rules.plan_csv import MOST_ROWS, Problem, parse

GOOD = "日期,类型,名称\n2027-01-01,休,元旦\n2027/2/7,班,春节\n\n2027年10月1日,放假,国庆节\n"


def test_a_good_file_becomes_days() -> None:
    plan = parse("\ufeff" + GOOD, 2027)

    assert plan.is_usable
    assert plan.days == {
        date(2027, 1, 1): DayOfPlan(False, "元旦"),
        date(2027, 2, 7): DayOfPlan(True, "春节"),
        date(2027, 10, 1): DayOfPlan(False, "国庆节"),
    }


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2027-02-30,休,春节", Problem.DATE),
        ("tomorrow,休,春节", Problem.DATE),
        ("2026-10-01,休,国庆节", Problem.YEAR),
        ("2027-10-01,也许,国庆节", Problem.KIND),
        ("2027-10-01,休,", Problem.NAME),
        ("2027-10-01", Problem.KIND),
        ("2027-10-01,休," + "长" * 41, Problem.NAME),
        ("2027-10-08,班,国庆节", Problem.WORKS_ANYWAY),
    ],
)
def test_a_wrong_line_says_what_is_wrong_and_spoils_the_file(line: str, problem: Problem) -> None:
    plan = parse(f"2027-01-01,休,元旦\n{line}\n", 2027)

    assert [(row.line, row.problem) for row in plan.problems] == [(2, problem)]
    assert not plan.is_usable


def test_a_day_named_twice_is_a_problem_of_the_second_line() -> None:
    plan = parse("2027-01-01,休,元旦\n2027-01-01,休,元旦\n", 2027)

    assert [row.line for row in plan.problems] == [2]


def test_an_empty_file_is_not_usable() -> None:
    assert not parse("日期,类型,名称\n", 2027).is_usable


def test_a_file_longer_than_a_year_is_cut_and_refused() -> None:
    plan = parse("x\n" * 5000, 2027)

    assert len(plan.rows) == MOST_ROWS + 1
    assert plan.problems[-1].problem is Problem.TOO_MANY
