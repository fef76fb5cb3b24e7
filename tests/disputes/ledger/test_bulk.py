from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted
from disputes.models import Dispute, TrailEntry
from disputes.services import bulk
from notifications.models import Notice
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.factories import disputes

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]


@pytest.fixture
def accepted(register: Make, coordinator: Appointment, now: datetime) -> Make:
    def make() -> Dispute:
        return disputes.take("accept", register(), coordinator, now)

    return make


def test_the_confirmation_page_says_what_will_happen_to_each_row(
    accepted: Make, register: Make, client_of: Clients, coordinator: Appointment
) -> None:
    able, unable = accepted(), register()
    page = client_of(coordinator).post(
        "/disputes/ledger/bulk/", {"action": "assign", "number": [able.number, unable.number]}
    )
    text = page.content.decode()
    assert "选了 2 件，其中 1 件可以办理" in text
    assert "该纠纷目前为“待受理”" in text
    assert Dispute.objects.get(pk=able.pk).status == "accepted"


def test_bulk_accept_says_in_each_row_what_was_found_so_far(
    register: Make, client_of: Clients, coordinator: Appointment
) -> None:
    one, two = register(), register()
    sent = {"action": "accept", "number": [one.number, two.number]}
    page = client_of(coordinator).post("/disputes/ledger/bulk/", sent).content.decode()
    assert page.count("系统未发现，请核") == 2
    for row in (one, two):
        assert f'id="id_level-{row.number}_helptext"' in page
        assert f'aria-describedby="id_level-{row.number}_helptext"' in page


def test_bulk_assign_takes_each_row_and_says_which_could_not(
    accepted: Make, client_of: Clients, coordinator: Appointment
) -> None:
    one, two = accepted(), accepted()
    answer = client_of(coordinator).post(
        "/disputes/ledger/bulk/",
        {
            "action": "assign",
            "confirm": "1",
            "number": [one.number, two.number],
            f"version-{one.number}": one.version,
            f"version-{two.number}": two.version - 1,
            "lead_unit": "t01.justice",
        },
    )
    results = {row.number: row.done for row in answer.context["results"]}
    assert results == {one.number: True, two.number: False}
    assert "刚刚办理了" in answer.content.decode()
    one.refresh_from_db()
    assert (one.status, one.lead_unit.code) == ("assigned", "t01.justice")
    assert Dispute.objects.get(pk=two.pk).status == "accepted"


def test_bulk_assign_needs_a_unit(accepted: Make, client_of: Clients, coordinator: Appointment) -> None:
    one = accepted()
    page = client_of(coordinator).post(
        "/disputes/ledger/bulk/", {"action": "assign", "confirm": "1", "number": one.number}
    )
    assert page.context["form"].errors["lead_unit"]
    assert Dispute.objects.get(pk=one.pk).status == "accepted"


def test_a_reminder_tells_whose_turn_it_is_and_stands_in_the_trail(
    in_hand: Make, actor: Actors, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    (result,) = bulk.remind(numbers=[dispute.number], note="请本周内到现场", by=actor(coordinator), now=now)
    assert (result.done, result.message) == (True, "已催办，将通知 1 人")
    entry = TrailEntry.objects.get(dispute=dispute, step="reminded")
    assert entry.texts.get().text == "请本周内到现场"
    assert Notice.objects.filter(recipient=handler.user, kind="reminder").count() == 1
    assert verify.verify().fault_count == 0


def test_a_dispute_is_reminded_once_a_day(
    in_hand: Make, actor: Actors, coordinator: Appointment, now: datetime
) -> None:
    dispute, by = in_hand(), actor(coordinator)
    outcomes = [
        bulk.remind(numbers=[dispute.number], note="", by=by, now=moment)[0].done
        for moment in (now, now + timedelta(hours=5), now + timedelta(days=1))
    ]
    assert outcomes == [True, False, True]


def test_a_reminder_changes_no_version(
    in_hand: Make, actor: Actors, coordinator: Appointment, now: datetime
) -> None:
    """Whoever has the page open can still act."""
    dispute = in_hand()
    bulk.remind(numbers=[dispute.number], note="", by=actor(coordinator), now=now)
    assert Dispute.objects.get(pk=dispute.pk).version == dispute.version


def test_nobody_reminds_himself_or_what_has_ended(
    register: Make, actor: Actors, coordinator: Appointment, now: datetime
) -> None:
    mine, ended = register(), register()
    disputes.take("decline", ended, coordinator, now, reason="不属于受理范围", routes=["litigation"])
    results = bulk.remind(
        numbers=[mine.number, ended.number, "t01-2026-999999"], note="", by=actor(coordinator), now=now
    )
    assert [row.done for row in results] == [False, False, False]


def test_out_of_sight_is_not_found(
    register: Make, actor: Actors, outside_coordinator: Appointment, now: datetime
) -> None:
    (result,) = bulk.remind(numbers=[register().number], note="", by=actor(outside_coordinator), now=now)
    assert (result.done, result.message) == (False, "没有找到这件纠纷，或您无权查看。")


def test_the_right_is_needed(
    register: Make, actor: Actors, client_of: Clients, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    with pytest.raises(NotPermitted):
        bulk.remind(numbers=[dispute.number], note="", by=actor(clerk), now=now)
    answer = client_of(clerk).post("/disputes/ledger/bulk/", {"action": "remind", "number": dispute.number})
    assert answer.status_code == 403


def test_more_than_a_hundred_at_once_are_refused(
    actor: Actors, coordinator: Appointment, now: datetime
) -> None:
    with pytest.raises(InvalidInput):
        bulk.remind(
            numbers=[f"t01-2026-{n:06d}" for n in range(101)], note="", by=actor(coordinator), now=now
        )
