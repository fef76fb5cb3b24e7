"""The check page of an import, and what a damaged file is told on the upload."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute
from disputes.services import attachments, intake
from imports.models import LedgerImport
from imports.services import importing
from tests.imports.rules import damaged
from tests.imports.test_check import case
from tests.imports.test_import import confirmed, line, sheet

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def imported(coordinator: Appointment, actor: Actors, now: datetime) -> Callable[..., LedgerImport]:
    def run(upload: SimpleUploadedFile, **answers: Any) -> LedgerImport:
        row = confirmed(upload, actor(coordinator), now, **answers)
        importing.run(import_id=row.pk, now=now)
        row.refresh_from_db()
        return row

    return run


@pytest.fixture
def village_name(places: dict[str, Any]) -> str:
    return str(places["t01.v01"].name)


def test_the_page_is_looked_at_answered_and_confirmed_without_javascript(
    client_of: Clients, coordinator: Appointment, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(coordinator)
    answer = client.post("/disputes/ledger/imports/", {"file": case("official.xlsx")})
    row = LedgerImport.objects.get()
    assert answer["Location"] == f"/disputes/ledger/imports/{row.pk}/check/"
    page = client.get(answer["Location"]).content.decode()
    for said in ("现在还没有登记任何一件", "“封面”不读", "1 行是隐藏的", "确认登记 4 件"):
        assert said in page
    asked = client.post(answer["Location"], {"confirm": "1"})
    assert (asked.status_code, Dispute.objects.count()) == (400, 0)
    assert "请选择隐藏的行是否登记" in asked.content.decode()
    again = client.post(answer["Location"], {"again": "1", "hidden_rows": "no"}, follow=True)
    assert "确认登记 3 件" in again.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(answer["Location"], {"confirm": "1", "hidden_rows": "no"})
    assert done["Location"] == f"/disputes/ledger/imports/{row.pk}/"
    assert Dispute.objects.count() == 3
    assert "隐藏的 1 行不登记" in client.get(done["Location"]).content.decode()


def test_a_clean_file_needs_one_click(
    client_of: Clients, coordinator: Appointment, now: datetime, village_name: str
) -> None:
    client = client_of(coordinator)
    answer = client.post("/disputes/ledger/imports/", {"file": sheet(line(place=village_name))})
    page = client.get(answer["Location"]).content.decode()
    assert "请回答" not in page
    assert client.post(answer["Location"], {"confirm": "1"}).status_code == 302
    assert LedgerImport.objects.get().state == "waiting"


def test_twins_are_shown_beside_what_they_resemble(
    imported: Any, client_of: Clients, coordinator: Appointment
) -> None:
    imported(case("march-1-2.xlsx"))
    client = client_of(coordinator)
    answer = client.post("/disputes/ledger/imports/", {"file": case("april-1-2.xlsx")})
    page = client.get(answer["Location"]).content.decode()
    assert Dispute.objects.earliest("pk").number in page
    assert "另有 2 行等您回答" in page
    client.post(answer["Location"], {"confirm": "1", "twins": "both", "twin_0_3": "skip"})
    row = LedgerImport.objects.first()
    assert row is not None
    assert (row.answers["twins"], row.answers["lines"]) == ("both", {"0:2": "", "0:3": "skip"})


def test_an_import_can_be_given_up_before_anything_is_written(
    client_of: Clients, coordinator: Appointment, now: datetime, village_name: str
) -> None:
    client = client_of(coordinator)
    client.post("/disputes/ledger/imports/", {"file": sheet(line(place=village_name))})
    row = LedgerImport.objects.get()
    assert client.post(f"/disputes/ledger/imports/{row.pk}/stop/").status_code == 302
    row.refresh_from_db()
    assert (row.state, Dispute.objects.count()) == ("stopped", 0)


def test_what_waits_for_its_check_is_kept_a_week_and_no_longer(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str
) -> None:
    row = importing.take_in(upload=sheet(line(place=village_name)), by=actor(coordinator), now=now)
    much_later = datetime.now(tz=now.tzinfo) + timedelta(days=400)
    assert attachments.sweep_orphans(much_later) == 0
    importing.forget_cells(now=row.uploaded_at + timedelta(days=8))
    assert attachments.sweep_orphans(much_later) == 1


@pytest.mark.parametrize(
    "name",
    [
        "cut at 10/20",
        "xl/workbook.xml entity bomb",
        "a million strings",
        "locked xlsx",
        "Word",
        "web page",
        "nothing",
        "bytes",
        "broken xls",
    ],
)
def test_a_damaged_file_is_a_message_at_the_file_and_never_a_failure(
    name: str, client_of: Clients, coordinator: Appointment
) -> None:
    data = next(data for its, data, _faults in damaged.files() if its == name)
    answer = client_of(coordinator).post(
        "/disputes/ledger/imports/", {"file": SimpleUploadedFile("台账.xlsx", data or b" ")}
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not LedgerImport.objects.exists()


def test_an_import_can_be_stopped_and_what_is_registered_stays(
    coordinator: Appointment, actor: Actors, client_of: Clients, now: datetime, village_name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    lines = [line(old_number=f"旧-{n}", place=village_name) for n in range(3)]
    row = confirmed(sheet(*lines), actor(coordinator), now)
    register = intake.register_imported

    def stopped_meanwhile(**given: Any) -> Any:
        done = register(**given)
        client_of(coordinator).post(f"/disputes/ledger/imports/{row.pk}/stop/")
        return done

    monkeypatch.setattr(intake, "register_imported", stopped_meanwhile)
    importing.run(import_id=row.pk, now=now)
    assert LedgerImport.objects.get().state == "stopped"
    assert Dispute.objects.count() == 1
