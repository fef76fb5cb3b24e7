"""Days that come with a step: refused at their own field, at every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.errors import InvalidInput
from disputes.models import Dispute
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
WRONG = ["2150-01-01", "0026-03-02", "1026-03-02"]


@pytest.mark.parametrize("day", WRONG)
def test_a_due_day_nobody_means_is_refused(
    new: Dispute, coordinator: Appointment, monday: Any, day: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take("accept", new, coordinator, monday, resolve_by=date.fromisoformat(day))
    assert set(refused.value.errors) == {"resolve_by"}
    new.refresh_from_db()
    assert new.status == "registered"


@pytest.mark.parametrize("day", WRONG)
def test_by_the_api_too(
    new: Dispute, coordinator: Appointment, api_client_of: Callable[[Appointment], Client], day: str
) -> None:
    answer = api_client_of(coordinator).post(
        f"/api/v1/disputes/{new.number}/steps/accept/", {"resolve_by": day}, content_type="application/json"
    )
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"resolve_by"}


@pytest.mark.parametrize("day", [*WRONG, "26-03-02"])
def test_and_by_the_form(
    new: Dispute, coordinator: Appointment, client_of: Callable[[Appointment], Client], day: str
) -> None:
    data = {"resolve_by": day, "version": new.version}
    answer = client_of(coordinator).post(f"/disputes/{new.number}/steps/accept/", data)
    assert answer.status_code == 422
    assert 'href="#id_resolve_by"' in answer.content.decode()


@pytest.mark.parametrize("day", WRONG)
def test_a_pause_until_a_day_nobody_means_is_refused(
    in_progress: Dispute, village: Appointment, monday: Any, day: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take("suspend", in_progress, village, monday, reason="等待鉴定结论。", until=date.fromisoformat(day))
    assert set(refused.value.errors) == {"until"}
