"""Screening finds, anonymous letters, what offices hand on: registered at every door without an applicant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.errors import InvalidInput, WrongState
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.services import papers
from imports.services import importing
from jurisdictions.models import Place
from tests.disputes.conftest import Make
from tests.disputes.intake.conftest import filled
from tests.factories.disputes import take
from tests.imports.test_import import confirmed, line, sheet

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
LETTER = {  # case 17 of the played week
    "title": "匿名信：采石场夜间放炮震裂房屋",
    "narrative": "镇里收到匿名来信，称红砂采石场夜间放炮，附近十几家房屋震裂，不敢署名。",
    "source": "letter",
    "category": "mineral_rights",
    "people_count": 12,
    "place": "t01",
}
QUARRY = {"role": "party", "kind": "legal", "name": "红砂采石场"}


def test_the_api_takes_an_anonymous_letter(clerk: Appointment, api_client_of: Clients, now: datetime) -> None:
    client = api_client_of(clerk)
    for parties in ([QUARRY], []):
        answer = client.post(
            "/api/v1/disputes/", LETTER | {"parties": parties}, content_type="application/json"
        )
        assert answer.status_code == 201, answer.json()
        shown = client.get(f"/api/v1/disputes/{answer.json()['number']}/").json()
        assert [(row["role"], row["name"]) for row in shown["parties"]] == [("party", "红砂采石场")][
            : len(parties)
        ]
    assert client.post("/api/v1/disputes/", LETTER, content_type="application/json").status_code == 201


def test_who_came_in_person_is_still_asked_for(
    clerk: Appointment, api_client_of: Clients, now: datetime
) -> None:
    body = LETTER | {"source": "walk_in", "parties": [QUARRY]}
    answer = api_client_of(clerk).post("/api/v1/disputes/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "parties" in str(answer.json())
    assert Dispute.objects.count() == 0


def test_the_form_takes_a_screening_find_with_the_first_row_left_blank(
    clerk: Appointment, client_of: Clients, by: Actor, key: UUID
) -> None:
    browser = client_of(clerk)
    nobody = {"parties-0-name": "", "parties-0-phone": "", "parties-1-role": "party"}
    assert browser.post(f"/disputes/new/?draft={uuid4()}", filled(**nobody)).status_code == 422
    answer = browser.post(f"/disputes/new/?draft={key}", filled(source="screening", **nobody))
    assert answer.status_code == 302
    assert [party.role for party in Dispute.objects.get().parties.all()] == ["party"]


def test_a_line_of_an_import_names_parties_without_sides(
    coordinator: Appointment, actor: Any, now: datetime, places: dict[str, Place]
) -> None:
    place = places["t01.v01"].name
    upload = sheet(
        line(
            applicant=None,
            respondent=None,
            party="竹山村果农龚某",
            applicant_phone="13800001234",
            place=place,
        ),
        line(old_number="旧-2", applicant=None, party=None, place=place),
        line(old_number="旧-3", applicant=None, party="龚\ufffd", place=place),
    )
    row = confirmed(upload, actor(coordinator), now)
    importing.run(import_id=row.pk, now=now)
    dispute = Dispute.objects.get(source="import")
    (party,) = dispute.parties.all()
    assert (party.role, party.name, party.phone) == ("party", "竹山村果农龚某", "13800001234")
    refused = dict(row.rows.filter(state="refused").values_list("line", "messages"))
    assert [[column for column, _why in found] for found in refused.values()] == [["申请人"], ["当事人"]]


def test_nobody_who_did_not_apply_gets_a_paper(
    register: Make,
    coordinator: Appointment,
    clerk: Appointment,
    actor: Any,
    now: datetime,
    client_of: Clients,
) -> None:
    found = register(source="screening", parties=(PartyFacts("party", "natural", "龚某"),))
    take("accept", found, coordinator, now)
    by: Actor = actor(clerk)
    for kind in ("receipt", "acceptance"):
        with pytest.raises(WrongState):
            papers.hand_out(number=found.number, asked=papers.Asked(kind), form="html", by=by, now=now)
    assert "受理告知书" not in client_of(coordinator).get(f"/disputes/{found.number}/").content.decode()
    walked_in = register()
    receipt = papers.Asked("receipt")
    handed = papers.hand_out(number=walked_in.number, asked=receipt, form="html", by=by, now=now)
    assert [party.role for party in handed.recipients] == ["applicant"]


def test_a_walk_in_without_the_other_side_is_registered(register: Make) -> None:
    """Case 22: nobody knows against whom."""
    found = register(
        category="other", people_count=3, parties=(PartyFacts("applicant", "natural", "果农龚某"),)
    )
    assert found.parties.count() == 1


def test_a_walk_in_whom_nobody_names_is_refused(register: Make) -> None:
    with pytest.raises(InvalidInput) as refused:
        register(parties=(PartyFacts("party", "natural", "果农龚某"),))
    assert list(refused.value.errors) == ["parties"]
