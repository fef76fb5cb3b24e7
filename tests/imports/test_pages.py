"""The pages on which an old ledger is brought in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute, RestrictionQuestion
from imports.models import LedgerImport
from imports.services import importing
from notifications.models import Notice
from tests.imports.test_import import confirmed, line, sheet

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def imported(coordinator: Appointment, actor: Actors, now: datetime) -> Callable[..., LedgerImport]:
    def run(upload: SimpleUploadedFile) -> LedgerImport:
        row = confirmed(upload, actor(coordinator), now)
        importing.run(import_id=row.pk, now=now)
        row.refresh_from_db()
        return row

    return run


@pytest.fixture
def village_name(places: dict[str, Any]) -> str:
    return str(places["t01.v01"].name)


def test_the_pages_show_upload_progress_and_report(
    imported: Any, village_name: str, client_of: Clients, coordinator: Appointment
) -> None:
    row = imported(sheet(line(place=village_name), line(old_number="旧-2", place="火星")))
    client = client_of(coordinator)
    assert "旧台账.xlsx" in client.get("/disputes/ledger/imports/").content.decode()
    page = client.get(f"/disputes/ledger/imports/{row.pk}/").content.decode()
    assert Dispute.objects.get().number in page
    assert "火星" in page
    only = client.get(f"/disputes/ledger/imports/{row.pk}/?state=refused").content.decode()
    assert Dispute.objects.get().number not in only
    assert client.get(f"/disputes/ledger/imports/{row.pk}/progress/")["HX-Refresh"] == "true"


def test_another_units_import_is_not_there(
    imported: Any, village_name: str, client_of: Clients, outside_coordinator: Appointment
) -> None:
    row = imported(sheet(line(place=village_name)))
    assert client_of(outside_coordinator).get(f"/disputes/ledger/imports/{row.pk}/").status_code == 404


def test_uploading_on_the_page_starts_the_work(
    village_name: str, client_of: Clients, coordinator: Appointment, now: datetime
) -> None:
    client = client_of(coordinator)
    answer = client.post("/disputes/ledger/imports/", {"file": sheet(line(place=village_name))})
    assert answer.status_code == 302
    wrong = client.post("/disputes/ledger/imports/", {"file": SimpleUploadedFile("a.xlsx", b"x")})
    assert wrong.status_code == 400
    assert "xlsx" in wrong.content.decode()


def test_lines_that_ask_whether_few_should_know_are_listed_and_wake_nobody(
    imported: Callable[..., LedgerImport],
    coordinator: Appointment,
    client_of: Callable[[Appointment], Client],
) -> None:
    said = "小学生王小某（9岁）体育课摔伤，家长要求学校赔偿。"
    row = imported(sheet(line(), line(old_number="旧-2", title="体育课摔伤赔偿", narrative=said)))
    asking = Dispute.objects.get(title="体育课摔伤赔偿")
    question = RestrictionQuestion.objects.get()
    assert (question.dispute, question.grounds, question.answer) == (asking, ["minor"], "")
    client = client_of(coordinator)
    report = client.get(f"/disputes/ledger/imports/{row.pk}/").content.decode()
    assert "有 1 件的文字可能涉及未成年人" in report
    assert "restriction_open=1" in report
    listed = client.get("/disputes/?restriction_open=1").content.decode()
    assert "体育课摔伤赔偿" in listed
    assert "田埂移位纠纷" not in listed
    assert not Notice.objects.filter(subject_id=asking.pk).exists()
