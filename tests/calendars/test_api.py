import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from calendars.models import Deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


Ask = Callable[..., Any]


@pytest.fixture
def ask(api_client_of: Callable[[Appointment], Client], clerk: Appointment) -> Ask:
    client = api_client_of(clerk)

    def post(**body: object) -> Any:
        return client.post("/api/v1/calendars/due/", json.dumps(body), content_type="application/json")

    return post


def test_the_example_of_the_architecture(ask: Ask) -> None:
    answer = ask(start="2026-09-28", limit=12, unit="working_day")

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
def test_hours_count_from_the_moment_given(start: str, due_at: str, ask: Ask) -> None:
    assert ask(start=start, limit=2, unit="hour").json()["due_at"] == due_at


def test_a_time_counts_by_its_shanghai_day(ask: Ask) -> None:
    answer = ask(start="2026-03-02T17:00:00Z", limit=1, unit="day")

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
def test_a_wrong_question_names_the_field(body: dict[str, object], field: str, ask: Ask) -> None:
    answer = ask(**body)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_a_year_not_loaded_is_named_and_not_guessed(ask: Ask) -> None:
    answer = ask(start="2026-12-28", limit=5, unit="working_day")

    assert "2027年放假安排尚未录入" in answer.json()["errors"]["start"][0]


def test_without_a_token_nothing_is_answered() -> None:
    answer = Client().post("/api/v1/calendars/due/", "{}", content_type="application/json")

    assert answer.status_code == 401
