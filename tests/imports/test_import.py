"""Bringing in a ledger kept elsewhere, line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from disputes.errors import InvalidInput, NotPermitted
from disputes.models import Dispute
from disputes.services import intake
from imports.models import ImportRow, LedgerImport
from imports.rules.answers import Answers
from imports.rules.headings import COLUMNS
from imports.services import batches, importing
from notifications.models import Notice

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]
TITLES = [column.title for column in COLUMNS]
STATE = ImportRow.State


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def line(**cells: Any) -> list[Any]:
    """A line that is fine, apart from what is given."""
    said = {
        "old_number": "旧-1",
        "title": "田埂移位纠纷",
        "narrative": "两家承包地相邻，春耕时因田埂移位发生争执，要求到现场丈量。",
        "category": "邻里",
        "place": "石桥村",
        "occurred_on": "2026-02-27",
        "people_count": 2,
        "amount": "1,200.50",
        "applicant": "田建国",
        "respondent": "武春来",
    } | cells
    return [said.get(column.name) for column in COLUMNS]


def sheet(*lines: list[Any], titles: list[str] = TITLES) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(titles)
    for cells in lines:
        book.active.append(cells)
    store = BytesIO()
    book.save(store)
    return SimpleUploadedFile("旧台账.xlsx", store.getvalue())


def confirmed(upload: SimpleUploadedFile, by: Actor, now: datetime, **answers: Any) -> LedgerImport:
    """Uploaded, answered and confirmed; the worker has not come yet."""
    row = importing.take_in(upload=upload, by=by, now=now)
    importing.answer(import_id=row.pk, answers=Answers(**answers), by=by)
    return importing.confirm(import_id=row.pk, by=by, now=now)


@pytest.fixture
def imported(coordinator: Appointment, actor: Actors, now: datetime) -> Callable[..., LedgerImport]:
    def run(upload: SimpleUploadedFile, by: Appointment = coordinator, **answers: Any) -> LedgerImport:
        row = confirmed(upload, actor(by), now, **answers)
        importing.run(import_id=row.pk, now=now)
        row.refresh_from_db()
        return row

    return run


def states(row: LedgerImport) -> list[str]:
    return list(row.rows.values_list("state", flat=True))


@pytest.fixture
def village_name(places: dict[str, Any]) -> str:
    return str(places["t01.v01"].name)


def test_a_line_becomes_a_dispute_with_number_and_deadline(
    imported: Any, village_name: str, places: Any
) -> None:
    row = imported(sheet(line(place=village_name)))
    dispute = Dispute.objects.get()
    assert (row.state, row.done, row.total) == ("done", 1, 1)
    assert row.rows.get().dispute == dispute
    assert (dispute.source, dispute.place, dispute.amount_fen) == ("import", places["t01.v01"], 120_050)
    assert dispute.occurred_on is not None
    assert dispute.next_due_at is not None
    assert [party.name for party in dispute.parties.order_by("position")] == ["田建国", "武春来"]


def test_a_wrong_line_is_refused_with_its_reasons_and_the_others_are_registered(
    imported: Any, village_name: str
) -> None:
    wrong = line(old_number="旧-2", title="", category="没有的类别", occurred_on="三月初", place="火星")
    row = imported(sheet(line(place=village_name), wrong, line(old_number="旧-3", place=village_name)))
    assert states(row) == [STATE.REGISTERED, STATE.REFUSED, STATE.REGISTERED]
    assert {column for column, _said in row.rows.get(line=3).messages} == {
        "标题",
        "类别",
        "发生日期",
        "发生地",
    }
    assert Dispute.objects.count() == 2


def test_what_only_the_registration_knows_is_said_at_its_column(imported: Any, village_name: str) -> None:
    row = imported(
        sheet(line(place=village_name, applicant_id="110101199003070000", occurred_on="2030-01-01"))
    )
    assert {column for column, _said in row.rows.get().messages} == {"申请人证件号", "发生日期"}


def test_the_same_file_again_registers_nothing_twice(imported: Any, village_name: str) -> None:
    imported(sheet(line(place=village_name)))
    again = imported(sheet(line(place=village_name), line(old_number="旧-9", place=village_name)))
    assert states(again) == [STATE.KNOWN, STATE.REGISTERED]
    assert again.rows.first().dispute == Dispute.objects.earliest("pk")
    assert Dispute.objects.count() == 2


def test_the_same_line_in_another_writing_is_the_same_line(imported: Any, village_name: str) -> None:
    imported(sheet(line(place=village_name, occurred_on="2026-02-27", amount="1,200.50")))
    again = imported(sheet(line(place=village_name, occurred_on="2026年2月27日", amount="1200.5元")))
    assert states(again) == [STATE.KNOWN]


def test_a_worker_that_died_is_followed_by_one_that_goes_on_where_it_stopped(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    lines = [line(old_number=f"旧-{n}", place=village_name) for n in range(5)]
    row = confirmed(sheet(*lines), actor(coordinator), now)
    register, calls = intake.register_imported, iter(range(10))

    def dies(**given: Any) -> Any:
        done = register(**given)
        if next(calls) == 1:
            raise SystemExit
        return done

    monkeypatch.setattr(intake, "register_imported", dies)
    with pytest.raises(SystemExit):
        importing.run(import_id=row.pk, now=now)
    # lines whose report is not written are not registered either
    assert states(row) == [STATE.REGISTERED] * 2
    assert Dispute.objects.count() == 2
    assert LedgerImport.objects.get().state == "running"
    last_sign = LedgerImport.objects.get().alive_at
    assert last_sign is not None
    assert importing.take_up_lost(now=last_sign + timedelta(minutes=5)) == 1
    assert states(row) == [STATE.REGISTERED] * 5
    assert Dispute.objects.count() == 5


def test_a_line_that_cannot_be_written_costs_the_others_of_its_batch_nothing(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line(old_number=f"旧-{n}", title=f"纠纷{n}", place=village_name) for n in range(4)]
    row = confirmed(sheet(*lines), actor(coordinator), now)
    register = intake.register_imported

    def fails_on_the_third(*, batch: Any, memo: Any) -> Any:
        if any(one.facts.title == "纠纷2" for one in batch):
            raise RuntimeError("this line cannot be written")
        return register(batch=batch, memo=memo)

    monkeypatch.setattr(intake, "register_imported", fails_on_the_third)
    importing.run(import_id=row.pk, now=now)
    assert [dispute.title for dispute in Dispute.objects.order_by("pk")] == ["纠纷0", "纠纷1", "纠纷3"]
    assert states(row) == [STATE.REGISTERED] * 2 + [STATE.REFUSED, STATE.REGISTERED]
    ((column, said),) = row.rows.get(state=STATE.REFUSED).messages
    assert (column, "意外问题" in said) == ("整行", True)
    assert LedgerImport.objects.get().state == "done"


def test_while_the_database_is_away_no_line_is_blamed(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = confirmed(sheet(line(place=village_name)), actor(coordinator), now)
    register = intake.register_imported

    def away(**given: Any) -> Any:
        raise OperationalError

    monkeypatch.setattr(intake, "register_imported", away)
    with pytest.raises(OperationalError):
        importing.run(import_id=row.pk, now=now)
    assert (states(row), LedgerImport.objects.get().state) == ([], "running")
    monkeypatch.setattr(intake, "register_imported", register)
    importing.take_up_lost(now=now + timedelta(minutes=5))
    assert states(row) == [STATE.REGISTERED]


def test_a_line_another_import_brought_in_meanwhile_is_known_and_its_batch_is_registered(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line(old_number=f"旧-{n}", place=village_name) for n in range(3)]
    row, other = (confirmed(sheet(*said), actor(coordinator), now)
                  for said in (lines, lines[1:2]))  # fmt: skip
    past_of = batches.past_of

    def and_then_the_other_one_runs(*given: Any) -> Any:
        found = past_of(*given)
        monkeypatch.setattr(batches, "past_of", past_of)
        importing.run(import_id=other.pk, now=now)
        return found

    monkeypatch.setattr(batches, "past_of", and_then_the_other_one_runs)
    importing.run(import_id=row.pk, now=now)
    assert states(row) == [STATE.REGISTERED, STATE.KNOWN, STATE.REGISTERED]
    assert Dispute.objects.count() == 3


def test_a_line_that_stands_twice_in_one_file_is_registered_once(imported: Any, village_name: str) -> None:
    row = imported(sheet(line(place=village_name), line(place=village_name)))
    assert states(row) == [STATE.REGISTERED, STATE.KNOWN]
    assert Dispute.objects.count() == 1


def test_many_lines_take_hardly_more_statements_than_one(
    coordinator: Appointment, actor: Actors, now: datetime, village_name: str
) -> None:
    def statements(*numbers: int) -> int:
        lines = [line(old_number=f"旧-{n}", place=village_name) for n in numbers]
        row = confirmed(sheet(*lines), actor(coordinator), now)
        with CaptureQueriesContext(connection) as seen:
            importing.run(import_id=row.pk, now=now)
        assert states(row) == [STATE.REGISTERED] * len(numbers)
        return len(seen)

    statements(0)  # the book's first row and the policy are read once
    assert statements(*range(10, 30)) <= statements(1) + 5


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (SimpleUploadedFile("a.xlsx", b"not a sheet"), "xlsx"),
        (sheet(line(), titles=["标题", "标题", *TITLES[2:]]), "两次"),
        (sheet(line(), titles=["a", *TITLES[1:2], "b", *TITLES[3:]]), "缺少“事由”"),
        (sheet(line(), titles=["a", *["b"] * (len(TITLES) - 1)]), "没有找到列名行"),
        (sheet(), "没有可以导入"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(
    upload: SimpleUploadedFile, said: str, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    upload.seek(0)
    with pytest.raises(InvalidInput) as refused:
        importing.take_in(upload=upload, by=actor(coordinator), now=now)
    assert any(said in str(message) for message in refused.value.errors["file"])
    assert not LedgerImport.objects.exists()


def test_only_those_who_work_on_many_at_once_may_import(
    clerk: Appointment, actor: Actors, now: datetime
) -> None:
    with pytest.raises(NotPermitted):
        importing.take_in(upload=sheet(line()), by=actor(clerk), now=now)


def test_who_uploaded_it_is_told_once_and_nobody_gets_a_notice_for_each_line(
    imported: Any, village_name: str, coordinator: Appointment
) -> None:
    imported(sheet(*(line(old_number=f"旧-{n}", place=village_name) for n in range(3))))
    notice = Notice.objects.get()
    assert (notice.recipient_id, notice.title) == (
        coordinator.user_id,
        "台账导入结束：登记 3 件，未登记 0 行",
    )


def test_an_import_is_recorded_in_the_access_log(imported: Any, village_name: str) -> None:
    row = imported(sheet(line(place=village_name)))
    event = AccessEvent.objects.get(action="imported")
    assert (event.target_id, event.details["rows"]) == (str(row.pk), 1)


def test_refused_lines_come_back_as_a_sheet_with_their_reasons(
    imported: Any, client_of: Clients, coordinator: Appointment
) -> None:
    row = imported(sheet(line(place="火星", title="=1+1")))
    answer = client_of(coordinator).get(f"/disputes/ledger/imports/{row.pk}/refused/")
    head, cells = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert list(head) == [*TITLES, "未登记原因"]
    assert "火星" in cells[-1]
    assert not str(cells[1]).startswith("=")


def test_refused_lines_are_forgotten_after_a_month(imported: Any, now: datetime) -> None:
    row = imported(sheet(line(place="火星")))
    assert importing.forget_cells(now=now + timedelta(days=31)) == 1
    assert row.rows.get().cells == ""
