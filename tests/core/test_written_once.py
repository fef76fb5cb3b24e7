"""Questions compiled once: the rows of now each time, as the queryset would give them."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import together
from core.written_once import OneOf, written_once

pytestmark = pytest.mark.django_db


@written_once
def named(name: Any) -> QuerySet[User]:
    return User.objects.filter(name=name).order_by("username")


@written_once
def among(ids: Any) -> QuerySet[User, Any]:
    return User.objects.filter(OneOf("pk", ids), is_active=True).order_by("-pk").values_list("pk", "name")


@written_once
def outside(ids: Any) -> QuerySet[User]:
    return User.objects.filter(~OneOf("pk", ids)).defer("password").order_by("pk")


@together.found_once
def any_named(one: Any, other: Any) -> together.Questions:
    return {
        "one": User.objects.filter(name=one).values("pk"),
        "none": User.objects.none().values("pk"),
        "other": User.objects.filter(name=other).values("pk"),
    }


def person(username: str, name: str) -> User:
    return User.objects.create(username=username, name=name)


def test_each_question_is_answered_with_its_own_values_and_the_rows_of_now() -> None:
    li, wang = person("a", "李"), person("b", "王")
    assert named("李") == [li]
    assert named("王") == [wang]
    User.objects.filter(pk=li.pk).update(name="王")
    assert named("李") == []
    assert [row.name for row in named("王")] == ["王", "王"]


def test_each_answer_has_rows_of_its_own() -> None:
    person("a", "李")
    first, second = named("李")[0], named("李")[0]
    first.name = "changed"
    assert first is not second
    assert second.name == "李"


def test_columns_and_rows_come_as_the_queryset_gives_them() -> None:
    li, wang, _gone = person("a", "李"), person("b", "王"), person("c", "赵")
    User.objects.filter(username="c").update(is_active=False)
    assert among([li.pk, wang.pk, _gone.pk]) == [(wang.pk, "王"), (li.pk, "李")]
    assert among([]) == []
    (row,) = outside([wang.pk, _gone.pk])
    assert row == li
    assert row.get_deferred_fields() == {"password"}


def test_what_a_value_says_stays_a_value() -> None:
    person("a", "李")
    assert named("李' OR '1'='1") == []


def test_several_questions_are_one_statement_and_answered_anew() -> None:
    assert any_named("李", "王") == {"one": False, "none": False, "other": False}
    person("a", "李")
    with CaptureQueriesContext(
        connection,
    ) as sent:
        assert any_named("李", "王") == {"one": True, "none": False, "other": False}
    assert len(sent) == 1
