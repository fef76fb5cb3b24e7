from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from safekeeping.models import LedgerCheck
from safekeeping.services import verify
from tests.disputes.conftest import Make

Clients = Callable[[Appointment], Client]
CHECK = "/disputes/ledger/check/"


def test_the_auditor_runs_a_check_and_reads_the_result(
    in_hand: Make, client_of: Clients, auditor: Appointment, django_capture_on_commit_callbacks: Any
) -> None:
    in_hand()
    client = client_of(auditor)
    assert "还没有核验过" in client.get(CHECK).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CHECK)
    text = client.get(CHECK).content.decode()
    assert "台账完好" in text
    assert "尚未封存的记录，只受数据库触发器和权限保护" in text
    assert AccessEvent.objects.filter(action="ledger_checked", user_id=auditor.user_id).count() == 1


def test_a_fault_is_shown_with_its_place(
    in_hand: Make, client_of: Clients, auditor: Appointment, django_capture_on_commit_callbacks: Any
) -> None:
    dispute = in_hand()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disputes_dispute SET status = 'settled' WHERE id = %s", [dispute.pk])
    client = client_of(auditor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(CHECK)
    text = client.get(CHECK).content.decode()
    assert "发现 1 处问题" in text
    assert f"{dispute.display_number} 第 5 条" in text


def test_progress_is_asked_for_until_it_is_done(
    client_of: Clients, county_office: Appointment, now: datetime
) -> None:
    check = LedgerCheck.objects.create(asked_at=now, state="running", total=10, done=3)
    client = client_of(county_office)
    part = client.get(f"{CHECK}{check.pk}/").content.decode()
    assert "3 / 10 件" in part
    assert "hx-trigger" in part
    LedgerCheck.objects.filter(pk=check.pk).update(state="done")
    answer = client.get(f"{CHECK}{check.pk}/")
    assert "hx-trigger" not in answer.content.decode()
    assert answer.headers["HX-Refresh"] == "true"  # the button and the list of runs waited too


def test_a_second_click_while_one_runs_starts_nothing(
    actor: Callable[[Appointment], Actor], auditor: Appointment, monday: datetime
) -> None:
    first = verify.ask(by=actor(auditor), now=monday)
    assert verify.ask(by=actor(auditor), now=monday) == first


def test_a_lost_run_is_taken_up(
    in_hand: Make, actor: Callable[[Appointment], Actor], auditor: Appointment, now: datetime
) -> None:
    in_hand()
    check = verify.ask(by=actor(auditor), now=now)
    assert verify.take_up_lost(now=now + timedelta(minutes=3)) == 1
    check.refresh_from_db()
    assert (check.state, check.fault_count, check.total) == ("done", 0, 1)


@pytest.mark.parametrize("role", ["clerk", "handler", "coordinator", "admin"])
def test_others_have_no_such_page(request: pytest.FixtureRequest, client_of: Clients, role: str) -> None:
    assert client_of(request.getfixturevalue(role)).get(CHECK).status_code == 403


def test_verification_reads_in_pieces(in_hand: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chain is checked whichever piece it falls into, and queries grow with pieces, not with rows."""
    monkeypatch.setattr("safekeeping.selectors.ledger_check.BATCH", 2)
    for _ in range(5):
        in_hand()
    done: list[int] = []
    found = verify.verify(lambda _found, count: done.append(count))
    assert (found.entries, found.fault_count, done) == (25, 0, [2, 4, 5])
