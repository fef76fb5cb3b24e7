"""Escalations over the API, field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from tests.early_warning.escalations.conftest import asked

pytestmark = pytest.mark.django_db
ApiClients = Callable[[Appointment], Client]
FIELDS = {
    "id", "dispute", "town", "level", "step", "basis", "organization", "role", "holder", "confirmed", "notified_at",
    "acknowledged_at", "due_at", "outcome",
}  # fmt: skip


def test_my_escalations_are_listed_with_every_field(
    warned: Any, api_client_of: ApiClients, mayor: Appointment, deputy: Appointment
) -> None:
    warning = warned(2)
    body = api_client_of(mayor).get("/api/v1/escalations/").json()
    (row,) = body["results"]
    assert set(row) == FIELDS
    assert (row["holder"], row["basis"], row["step"], row["level"]) == ("t01.mayor", "§7", 1, 2)
    assert (row["confirmed"], row["outcome"], row["organization"]) == (False, None, "t01.gov")
    assert row["dispute"] == warning.dispute.number


def test_who_sees_the_dispute_lists_all_its_rows(
    warned: Any, api_client_of: ApiClients, coordinator: Appointment, outsider: Appointment
) -> None:
    number = warned(2).dispute.number
    path = f"/api/v1/escalations/?dispute={number}"
    assert api_client_of(coordinator).get(path).json()["results"]
    assert api_client_of(outsider).get(path).json()["results"] == []


def test_the_answers_are_posts(
    warned: Any, api_client_of: ApiClients, mayor: Appointment, outsider: Appointment, clerk: Appointment
) -> None:
    row = asked(warned(2))
    path = f"/api/v1/escalations/{row.pk}"
    assert api_client_of(outsider).post(f"{path}/acknowledge/").status_code == 404
    assert api_client_of(clerk).post(f"{path}/acknowledge/").status_code == 403
    client = api_client_of(mayor)
    assert client.post(f"{path}/acknowledge/").json()["acknowledged_at"]
    wrong = client.post(f"{path}/instruct/", {}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["text"])
    assert (
        client.post(f"{path}/instruct/", {"text": "到现场。"}, content_type="application/json").status_code
        == 200
    )
    done = client.post(f"{path}/no_result/", {"account": "谈不拢。"}, content_type="application/json")
    assert done.json()["outcome"] == "no_result"
    assert (
        client.post(
            f"{path}/no_result/", {"account": "谈不拢。"}, content_type="application/json"
        ).status_code
        == 409
    )


def test_the_disputes_api_shows_the_warning(
    warned: Any, api_client_of: ApiClients, coordinator: Appointment, now: datetime
) -> None:
    number = warned(2).dispute.number
    warning = api_client_of(coordinator).get(f"/api/v1/disputes/{number}/").json()["warning"]
    assert (warning["level"], warning["proposed"], warning["evidence"]) == (2, True, [])


def test_without_a_warning_its_level_is_zero(
    warned: Any, api_client_of: ApiClients, clerk: Appointment, now: datetime
) -> None:
    body: dict[str, Any] = {
        "title": "田埂之争",
        "narrative": "两家为田埂起了争执，要求村里量一量。",
        "category": "neighbour",
        "source": "walk_in",
        "place": "t01.v01",
        "people_count": 2,
        "parties": [{"role": "applicant", "kind": "natural", "name": "张建国"}],
        "jurisdiction": {"towns": [], "sectors": []},
    }
    answer = api_client_of(clerk).post("/api/v1/disputes/", body, content_type="application/json").json()
    assert answer["warning"] == {
        "level": 0,
        "proposed": False,
        "confirmed": False,
        "confirmed_by": None,
        "confirmed_at": None,
        "evidence": [],
    }
    assert answer["responsibility"]["rule"] == "within_town"
