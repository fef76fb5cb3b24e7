"""Several questions in one statement answer as each would alone."""

from typing import Any

import pytest
from django.db.models import QuerySet

from accounts.models import Appointment
from core import together
from jurisdictions.models import Organization, Place

pytestmark = pytest.mark.django_db


def questions() -> dict[str, QuerySet[Any, Any]]:
    return {
        "all": Organization.objects.order_by("-code").values("pk"),
        "some": Organization.objects.filter(kind="governance_centre", name__contains="综")
        .order_by("pk")
        .values("pk"),
        "few": Place.objects.order_by("-pk").values("pk")[:2],
        "none": Place.objects.filter(name="%s 100%").values("pk"),
        "impossible": Place.objects.none().values("pk"),
        "kinds": Organization.objects.order_by().values("kind").distinct(),
    }


def test_each_keeps_its_rows_and_its_order(
    people: dict[str, Appointment], django_assert_num_queries: Any
) -> None:
    asked = {name: rows for name, rows in questions().items() if name != "kinds"}
    with django_assert_num_queries(1):
        found = together.ids(asked)
    assert found == {name: list(rows.values_list("pk", flat=True)) for name, rows in asked.items()}
    assert len(found["all"]) > len(found["few"]) == 2


def test_each_is_counted_as_alone(people: dict[str, Appointment], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = together.counts(questions())
    assert found == {name: rows.count() for name, rows in questions().items()}
    assert found["kinds"] < found["all"]


def test_each_is_found_as_alone(people: dict[str, Appointment], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = together.found(questions())
    assert found == {name: rows.exists() for name, rows in questions().items()}


def test_no_question_is_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert together.ids({}) == {}
        assert together.found({"impossible": Place.objects.none().values("pk")}) == {"impossible": False}
