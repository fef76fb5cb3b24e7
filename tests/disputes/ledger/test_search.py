"""Search in the ledger: numbers of one's own book, figures beside characters, the way on when nothing is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Appointment
from audit.models import AccessEvent
from disputes.services import search_index
from tests.disputes.conftest import Make

Clients = Callable[[Appointment], Client]
LEDGER = "/disputes/"


def listed(response: object) -> list[str]:
    return [row.dispute.number for row in response.context["rows"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["2", "000002", "第2号", "２"])
def test_a_bare_number_opens_the_own_towns_case_of_this_year(
    register: Make, client_of: Clients, clerk: Appointment, typed: str
) -> None:
    register(), register()
    answer = client_of(clerk).get(LEDGER, {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/disputes/t01-2026-000002/")


def test_a_bare_number_of_no_case_is_a_word_of_the_text(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    told = register(narrative="群众拨打12345热线反映路灯不亮。")
    assert listed(client_of(clerk).get(LEDGER, {"q": "12345"})) == [told.number]


def test_another_towns_reader_is_not_taken_to_it(
    register: Make, client_of: Clients, outsider: Appointment
) -> None:
    register()
    answer = client_of(outsider).get(LEDGER, {"q": "1"})
    assert (answer.status_code, listed(answer)) == (200, [])


def test_figures_and_traditional_characters_are_found_beside_their_words(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    told = register(narrative="群众拨打12345热线反映补偿款3.5万元未付。")
    register(narrative="12345转办，热线已答复，共3户、5万元。")
    for words in ("12345热线", "3.5万", "補償款 熱線"):
        assert listed(client_of(clerk).get(LEDGER, {"q": words})) == [told.number]


def test_nothing_found_leads_to_the_recorded_search_by_name_in_one_click(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    client = client_of(clerk)
    page = client.get(LEDGER, {"q": "张建国"}).content.decode()
    assert 'name="fill" value="张建国"' in page
    form = client.post("/disputes/ledger/names/", {"fill": "张建国"})
    assert 'value="张建国"' in form.content.decode()
    assert not form.context["form"].errors
    assert not AccessEvent.objects.filter(action="searched_name").exists()


def test_who_may_not_search_by_name_is_not_sent_there(client_of: Clients, handler: Appointment) -> None:
    assert 'name="fill" value=' not in client_of(handler).get(LEDGER, {"q": "张建国"}).content.decode()


def test_disputes_indexed_before_are_indexed_anew_and_erased_ones_left(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    old, erased = register(narrative="群众拨打12345热线反映。"), register()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disputes_dispute SET search = '''旧'':1' WHERE id = %s", [old.pk])
        cursor.execute("UPDATE disputes_dispute SET search = NULL WHERE id = %s", [erased.pk])
    assert search_index.rebuild(at_once=1) == 1
    assert listed(client_of(clerk).get(LEDGER, {"q": "12345热线"})) == [old.number]
    erased.refresh_from_db()
    assert erased.search is None
