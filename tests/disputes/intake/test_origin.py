"""来件: who sent a matter comes in by every door, has a clock and an answer of its own, and is found by its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute, Origin
from disputes.rules.origin import OriginFacts
from disputes.selectors.origins import disputes_numbered
from imports.services import importing
from jurisdictions.models import Place
from tests.disputes.conftest import Make
from tests.disputes.intake.conftest import filled
from tests.imports.test_import import confirmed, line, sheet

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)
SENT = OriginFacts(
    "县信访局", "信访2026-031", date(2026, 2, 27), datetime(2026, 3, 20, 9, 0, tzinfo=UTC), answer_wanted=True
)
PETITION = {  # case 14 of the played week
    "title": "信访局转来：违建未拆举报答复不服",
    "narrative": "信访局转来信访件：群众反映邻居在承包田里建房，镇里答复不清，要求限期60日办结并答复信访人。",
    "source": "petition",
    "category": "land_forest",
    "place": "t01",
    "parties": [{"role": "applicant", "kind": "natural", "name": "信访人吴某"}],
    "origin": {
        "sender": "县信访局",
        "number": "信访2026-031",
        "received_on": "2026-02-27",
        "answer_wanted": True,
    },
}
HOTLINE = {  # case 15: five working days from Monday 2 March are over with Monday the 9th
    "title": "12345：小区电梯停用一周",
    "narrative": "12345工单：小区3栋电梯停用一周，物业与业委会互相推诿，请5个工作日内答复市民。",
    "source": "hotline",
    "category": "property_mgmt",
    "place": "t01",
    "parties": [{"role": "party", "kind": "legal", "name": "阳光物业"}],
    "origin": {
        "sender": "市12345热线",
        "number": "G20260302015",
        "received_on": "2026-03-02",
        "due_at": "2026-03-09",
        "answer_wanted": True,
    },
}


def post(client: Client, body: dict[str, Any]) -> Any:
    return client.post("/api/v1/disputes/", body, content_type="application/json")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """The doors ask what time it is: Monday."""
    for module in ("disputes.api.views", "disputes.views.intake", "disputes.views.steps"):
        monkeypatch.setattr(f"{module}.now", lambda: now)
    return now


def test_the_api_keeps_number_date_and_what_is_wanted(
    clerk: Appointment, api_client_of: Clients, today: datetime
) -> None:
    client = api_client_of(clerk)
    for body, due in ((PETITION, None), (HOTLINE, "2026-03-09T23:59:59+08:00")):
        answer = post(client, body)
        assert answer.status_code == 201, answer.json()
        shown = client.get(f"/api/v1/disputes/{answer.json()['number']}/").json()["origin"]
        stated: dict[str, Any] = body["origin"]  # type: ignore[assignment]
        assert {name: shown[name] for name in ("sender", "number", "received_on", "answer_wanted")} == {
            name: stated[name] for name in ("sender", "number", "received_on", "answer_wanted")
        }
        assert (shown["due_at"], shown["answered_on"]) == (due, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sender": ""}, "sender"),
        ({"received_on": "2026-03-03"}, "received_on"),
        ({"due_at": "2026-03-01"}, "due_at"),
        ({"due_at": "0026-03-09"}, "due_at"),
        ({"due_at": "bald"}, "due_at"),
        ({"number": "9" * 61}, "number"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_the_api_names_what_is_wrong(
    changes: dict[str, str], field: str, clerk: Appointment, api_client_of: Clients, today: datetime
) -> None:
    origin: dict[str, Any] = HOTLINE["origin"] | changes  # type: ignore[operator]
    answer = post(api_client_of(clerk), HOTLINE | {"origin": origin})
    assert answer.status_code == 400
    assert field in str(answer.json())
    assert not Dispute.objects.exists()


def test_the_form_asks_and_says_what_is_wrong_at_its_field(
    clerk: Appointment, client_of: Clients, by: Actor, key: UUID, today: datetime
) -> None:
    browser, address = client_of(clerk), f"/disputes/new/?draft={key}"
    page = browser.get(address).content.decode()
    assert "来件信息" in page
    typed = {"source": "hotline", "origin-number": "G20260302015", "origin-received_on": "2026-03-02"}
    with transaction.atomic():
        answer = browser.post(address, filled(**typed, **{"origin-due_at": "2026-03-09"}))
        transaction.set_rollback(True)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明来件单位" in page
    assert 'value="G20260302015"' in page
    typed |= {"origin-sender": "市12345热线", "origin-due_at": "2026-03-09", "origin-answer_wanted": "on"}
    assert browser.post(address, filled(**typed)).status_code == 302
    row = Origin.objects.get()
    assert (row.sender, row.number, row.received_on) == ("市12345热线", "G20260302015", date(2026, 3, 2))
    assert row.due_at == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    assert row.answer_wanted


def test_an_import_reads_it_under_the_names_offices_use(
    coordinator: Appointment, actor: Any, now: datetime, places: dict[str, Place]
) -> None:
    place = places["t01.v01"].name
    upload = sheet(
        line(place=place, origin_sender="市12345热线", origin_number="G1", origin_received_on="2026.2.26"),
        line(old_number="旧-2", place=place, origin_number="G2"),
        line(
            old_number="旧-3",
            place=place,
            origin_sender="县法院",
            origin_due_at="2026-2-1",
            origin_received_on="2026-2-2",
        ),
        line(old_number="旧-4", place=place, origin_sender="县法院", origin_answer_wanted="也许"),
    )
    row = confirmed(upload, actor(coordinator), now)
    importing.run(import_id=row.pk, now=now)
    origin = Origin.objects.get()
    assert (origin.sender, origin.number, origin.ledger_number) == ("市12345热线", "G1", "旧-1")
    refused = dict(row.rows.filter(state="refused").values_list("line", "messages"))
    named = {number: [column for column, _why in found] for number, found in refused.items()}
    assert named == {3: ["来件单位"], 4: ["来件要求办结"], 5: ["要求书面答复"]}


@pytest.mark.parametrize("typed", ["信访2026-031", "信访 2026-031", "信访２０２６-031"])
def test_the_senders_number_alone_finds_it(
    typed: str, register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    register()
    dispute = register(source="petition", origin=SENT)
    browser = client_of(coordinator)
    answer = browser.get("/disputes/", {"q": typed}, follow=True)
    assert dispute.number in answer.content.decode() or dispute.display_number in answer.content.decode()


def test_a_bare_figure_of_a_sender_finds_it_and_nobody_elses(
    register: Make, coordinator: Appointment, api_client_of: Clients, people: dict[str, Appointment]
) -> None:
    dispute = register(source="hotline", origin=OriginFacts("市12345热线", "302015"))
    found = api_client_of(coordinator).get("/api/v1/disputes/", {"q": "302015"}).json()["results"]
    assert [row["number"] for row in found] == [dispute.number]
    elsewhere = (
        api_client_of(people["t02.coordinator"]).get("/api/v1/disputes/", {"q": "302015"}).json()["results"]
    )
    assert elsewhere == []


def test_it_is_found_by_an_index(register: Make) -> None:
    dispute = register(source="petition", origin=SENT)
    with CaptureQueriesContext(connection) as asked:
        assert disputes_numbered("信访2026-031") == [dispute.pk]
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "origin_number" in plan
    assert "origin_ledger_number" in plan


def test_the_database_keeps_the_rules(register: Make) -> None:
    row = Origin.objects.get(dispute=register(source="petition", origin=SENT))
    for wrong in (
        {"sender": ""},
        {"answered_on": date(2026, 3, 2)},
        {"due_at": datetime(2026, 2, 20, tzinfo=UTC)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Origin.objects.filter(pk=row.pk).update(**wrong)


def test_the_receipt_names_the_office_and_its_number(
    register: Make, clerk: Appointment, client_of: Clients
) -> None:
    dispute = register(source="petition", origin=SENT)
    page = client_of(clerk).get(f"/disputes/{dispute.number}/papers/receipt/").content.decode()
    assert "县信访局 信访2026-031" in page


def test_its_first_entry_tells_who_sent_it(
    register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    dispute = register(source="petition", origin=SENT)
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    timeline = page[page.index("流转记录") :]
    assert "来件：县信访局 信访2026-031" in timeline
    assert "来件要求 2026-03-20 前办结，要求书面答复" in timeline
