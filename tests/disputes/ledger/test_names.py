from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted
from disputes.selectors import asked_names
from disputes.services import query_names
from tests.disputes.conftest import Make

Clients = Callable[[Appointment], Client]
FORM = {"name": "张建国", "reason": "当事人来电询问进展"}


def test_an_exact_name_finds_its_disputes_and_is_recorded_without_the_name(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    dispute = register()
    answer = client_of(clerk).post("/disputes/ledger/names/", FORM, follow=True)
    assert [row.dispute.number for row in answer.context["rows"]] == [dispute.number]
    assert "张建国" not in answer.request["QUERY_STRING"]
    assert [chip.value for chip in answer.context["chips"]] == ["张**"]
    event = AccessEvent.objects.get(action="searched_name")
    assert (event.reason, event.details["found"], event.target_label) == (FORM["reason"], 1, "张**")


def test_part_of_a_name_finds_nothing(register: Make, client_of: Clients, clerk: Appointment) -> None:
    register()
    answer = client_of(clerk).post("/disputes/ledger/names/", FORM | {"name": "张建"}, follow=True)
    assert answer.context["rows"] == []


def test_spaces_and_width_do_not_matter(register: Make, client_of: Clients, clerk: Appointment) -> None:
    register()
    answer = client_of(clerk).post("/disputes/ledger/names/", FORM | {"name": " 张 建国　"}, follow=True)
    assert len(answer.context["rows"]) == 1


def test_another_town_finds_nothing(register: Make, client_of: Clients, outsider: Appointment) -> None:
    register()
    answer = client_of(outsider).post("/disputes/ledger/names/", FORM, follow=True)
    assert answer.context["rows"] == []
    assert AccessEvent.objects.get(action="searched_name").details["found"] == 0


@pytest.mark.parametrize("reason", ["", "  ", "查一"])
def test_a_reason_is_needed(client_of: Clients, clerk: Appointment, reason: str) -> None:
    answer = client_of(clerk).post("/disputes/ledger/names/", FORM | {"reason": reason})
    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]
    assert not AccessEvent.objects.filter(action="searched_name").exists()


def test_the_right_is_needed(
    actor: Callable[[Appointment], Actor], handler: Appointment, monday: datetime
) -> None:
    with pytest.raises(NotPermitted):
        query_names.search(name="张建国", reason="想看一看", by=actor(handler), now=monday)


def test_the_token_is_one_persons_and_one_hours(
    actor: Callable[[Appointment], Actor], clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    token = query_names.search(**FORM, by=actor(clerk), now=monday)
    assert asked_names.hash_in(token, by=actor(clerk))
    assert asked_names.hash_in(token, by=actor(coordinator)) is None
    with time_machine.travel(datetime.now().astimezone() + timedelta(hours=1, minutes=1)):
        assert asked_names.hash_in(token, by=actor(clerk)) is None


def test_a_name_of_endless_length_is_refused(
    actor: Callable[[Appointment], Actor], clerk: Appointment, monday: datetime
) -> None:
    with pytest.raises(InvalidInput) as refused:
        query_names.search(name="张" * 61, reason="当事人来电", by=actor(clerk), now=monday)
    assert list(refused.value.errors) == ["name"]
