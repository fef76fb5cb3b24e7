import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.rules.periods import period

TODAY = date(2026, 11, 23)
KEYS = ("this_month", "last_month", "this_quarter", "this_year", "last_12_months", "custom")
days = st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31))


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("this_month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this_quarter", date(2026, 10, 1), TODAY),
        ("this_year", date(2026, 1, 1), TODAY),
        ("last_12_months", date(2025, 11, 1), TODAY),
    ],
)
def test_named_periods_begin_and_end_where_their_names_say(key, first, last):
    found = period(key, TODAY)
    assert (found.first, found.last) == (first, last)


@given(today=days, key=st.sampled_from(KEYS))
def test_the_period_before_is_as_long_and_ends_the_day_before(today, key):
    found = period(key, today)
    assert found.before.last.toordinal() == found.first.toordinal() - 1
    assert found.before.last - found.before.first == found.last - found.first


@given(today=days)
def test_twelve_months_follow_each_other_without_a_gap(today):
    months = period("this_year", today).months()
    assert len(months) == 12
    for (_first, last), (following, _last) in itertools.pairwise(months):
        assert following.toordinal() == last.toordinal() + 1
