"""What was typed and not yet taken: one's own, encrypted, a week, and forgotten when it was taken."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from accounts.models import Appointment, KeptForm
from accounts.services import kept_forms
from core.errors import InvalidInput

pytestmark = pytest.mark.django_db
PAGE = "/disputes/T01-2026-000001/steps/decline/"


def keep(
    who: Appointment, now: datetime, text: str = "理由很长", key: str = f"{PAGE}#", page: str = PAGE
) -> None:
    kept_forms.keep(user=who.user, key=key, page=page, values={"reason": [text]}, now=now)


def test_it_comes_back_to_who_typed_it_and_to_nobody_else(
    clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    keep(clerk, monday)
    keep(clerk, monday, "改了")
    mine = kept_forms.of_page(user=clerk.user, page=PAGE)
    assert mine == {f"{PAGE}#": {"values": {"reason": ["改了"]}, "at": int(monday.timestamp() * 1000)}}
    assert kept_forms.of_page(user=coordinator.user, page=PAGE) == {}
    assert kept_forms.of_page(user=clerk.user, page="/") == {}


def test_on_the_disk_it_is_encrypted(clerk: Appointment, monday: datetime) -> None:
    keep(clerk, monday, "张建国")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_keptform")
        assert "张建国" not in str(cursor.fetchone())


def test_one_person_fills_no_disk(
    clerk: Appointment, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_forms, "MOST_FORMS", 3)
    for number in range(5):
        keep(clerk, monday + timedelta(minutes=number), key=f"/{number}/#")
    assert {row.key for row in KeptForm.objects.all()} == {"/2/#", "/3/#", "/4/#"}
    with pytest.raises(InvalidInput):
        keep(clerk, monday, "长" * kept_forms.LONGEST)
    with pytest.raises(InvalidInput):
        keep(clerk, monday, key="")


def test_after_a_week_it_is_forgotten(clerk: Appointment, monday: datetime) -> None:
    keep(clerk, monday)
    assert kept_forms.purge(now=monday + timedelta(days=6)) == 0
    assert kept_forms.purge(now=monday + timedelta(days=8)) == 1
