import json
from typing import Any

import pytest
from django.test import Client

from accounts.services import tokens
from calendars.models import Deadline
from core import clock
from core.actor import Actor
from tests.calendars.conftest import a_post_holder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def secret(by: Actor) -> str:
    appointment = a_post_holder("clerk").appointments.get()
    _token, secret = tokens.issue(appointment=appointment, by=by, now=clock.now())
    return secret


def ask(secret: str, **body: object) -> Any:
    return Client().post(
        "/api/v1/calendars/due/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Token {secret}"},
    )


def test_the_example_of_the_architecture(secret: str) -> None:
    answer = ask(secret, start="2026-09-28", limit=12, unit="working_day")

    assert answer.status_code == 200
    assert answer.json() == {
        "due_at": "2026-10-20T23:59:59+08:00",
        "explanation": "自2026-09-28起12个工作日：跳过国庆节10月1日至7日；10月10日为调休上班日",
    }
    assert not Deadline.objects.exists()


@pytest.mark.parametrize(
    ("start", "due_at"),
    [
        ("2026-03-02T09:00:00+08:00", "2026-03-02T11:00:00+08:00"),
        ("2026-03-02T01:00:00Z", "2026-03-02T11:00:00+08:00"),
        ("2026-03-02T09:00", "2026-03-02T11:00:00+08:00"),
    ],
)
def test_hours_count_from_the_moment_given(start: str, due_at: str, secret: str) -> None:
    assert ask(secret, start=start, limit=2, unit="hour").json()["due_at"] == due_at


def test_a_time_counts_by_its_shanghai_day(secret: str) -> None:
    answer = ask(secret, start="2026-03-02T17:00:00Z", limit=1, unit="day")

    assert answer.json()["due_at"] == "2026-03-04T23:59:59+08:00"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"start": "2026-12-28", "limit": 5, "unit": "working_day"}, "start"),
        ({"start": "2026-03-02", "limit": 2, "unit": "hour"}, "start"),
        ({"start": "2026-02-30", "limit": 2, "unit": "day"}, "start"),
        ({"start": 20260302, "limit": 2, "unit": "day"}, "start"),
        ({"start": "9999-12-31", "limit": 2, "unit": "day"}, "start"),
        ({"start": "2026-03-02", "limit": 0, "unit": "day"}, "limit"),
        ({"start": "2026-03-02", "limit": 80_000, "unit": "day"}, "limit"),
        ({"start": "2026-03-02", "limit": 10**30, "unit": "day"}, "limit"),
        ({"start": "2026-03-02", "limit": 2, "unit": "month"}, "unit"),
        ({"limit": 2, "unit": "day"}, "start"),
    ],
)
def test_a_wrong_question_names_the_field(body: dict[str, object], field: str, secret: str) -> None:
    answer = ask(secret, **body)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_a_year_not_loaded_is_named_and_not_guessed(secret: str) -> None:
    answer = ask(secret, start="2026-12-28", limit=5, unit="working_day")

    assert "2027年放假安排尚未录入" in answer.json()["errors"]["start"][0]


def test_without_a_token_nothing_is_answered() -> None:
    assert ask("nonsense", start="2026-03-02", limit=1, unit="day").status_code == 401
