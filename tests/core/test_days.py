"""Years nobody means, at every form of the house."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from core import days
from core.forms import Form

TODAY = date(2026, 3, 2)


class Asking(Form):
    day = forms.DateField()
    moment = forms.DateTimeField(required=False)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "typed", ["26-03-02", "03/02/26", "0026-03-02", "2150-01-01", "1899-12-31", "2026-02-30", "明天"]
)
def test_a_year_is_asked_in_four_figures_whatever_the_language(language: str, typed: str) -> None:
    with translation.override(language):
        form = Asking({"day": typed, "moment": f"{typed} 08:00"})
        assert not form.is_valid()
        assert set(form.errors) == {"day", "moment"}


@pytest.mark.parametrize("typed", ["2026-03-02", "2026/03/02", "2026.3.2", "2026年3月2日"])
def test_a_day_is_read_however_it_is_usually_written(typed: str) -> None:
    form = Asking({"day": typed, "moment": f"{typed} 08:00"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == TODAY


@pytest.mark.parametrize(
    ("day", "early", "far"),
    [
        ("1899-12-31", True, False),
        ("1900-01-01", False, False),
        ("2046-12-31", False, False),
        ("2047-01-01", False, True),
    ],
)
def test_the_first_and_the_last_day_that_may_be_meant(day: str, early: bool, far: bool) -> None:
    found = date.fromisoformat(day)
    assert (days.is_too_early(found), days.is_too_far(found, TODAY)) == (early, far)
