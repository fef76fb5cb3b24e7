from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from disputes.models import Dispute, ExportJob
from disputes.rules import spreadsheet
from disputes.services import bulk, export
from tests.disputes.conftest import Make
from tests.factories import disputes

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]
OFFICIAL = ["序号", "单位", "简要情况", "责任单位/责任人", "化解时限", "化解情况", "交办督办情况", "销号情况"]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def exported_sheet(actor: Actors, now: datetime) -> Callable[..., Any]:
    """Asks, writes, and opens the file with another program's reader."""

    def run(by: Appointment, query: str = "") -> Any:
        job = export.ask(query=query, by=actor(by), now=now)
        export.write(job_id=job.pk, now=now)
        path = export.fetch(job_id=job.pk, by=actor(by), now=now)
        return load_workbook(BytesIO(b"".join(export.content(path)))).active

    return run


@pytest.fixture
def exported(exported_sheet: Callable[..., Any]) -> Callable[..., list[list[Any]]]:
    """The same as rows."""
    return lambda *given: [list(row) for row in exported_sheet(*given).iter_rows(values_only=True)]


def test_the_file_has_the_official_columns_and_a_row_for_each_dispute(
    in_hand: Make, register: Make, exported: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    handled = in_hand()
    register(title="田埂之争")
    bulk.remind(numbers=[handled.number], note="", by=actor(coordinator), now=now)
    rows = exported(coordinator, "sort=registered")
    assert rows[0] == OFFICIAL
    number, town, summary, who, due, state, orders, closing = rows[1]
    assert (number, town, who, closing) == (1, "青石镇", "青石镇司法所 / 张t01.justice", "未销号")
    assert "〔2026〕青石镇第000001号 排水沟改道引起的争执" in summary
    assert due == handled.resolve_by.strftime("%Y-%m-%d")
    assert (state, orders) == ("办理中", "预警：系统未发现，请核；2026-03-02 交办青石镇司法所；催办 1 次")
    assert [row[0] for row in rows[1:]] == [1, 2]


def test_the_filters_of_the_page_hold_in_the_file(register: Make, exported: Any, clerk: Appointment) -> None:
    register(), register(title="田埂之争", narrative="两家为田埂起了争执，要求村里量一量。")
    assert len(exported(clerk, "q=田埂")) == 2


def test_nobody_exports_what_he_may_not_see(register: Make, exported: Any, outsider: Appointment) -> None:
    register()
    assert exported(outsider) == [OFFICIAL]


def test_batches_lose_no_row(
    register: Make, exported: Any, clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disputes.selectors.ledger_export.BATCH", 2)
    for _ in range(5):
        register()
    assert [row[0] for row in exported(clerk)[1:]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "'", "-3月2日"])
def test_a_text_that_looks_like_a_formula_is_a_string_and_comes_out_unchanged(
    in_hand: Make, exported_sheet: Any, coordinator: Appointment, start: str
) -> None:
    dispute = in_hand()
    said = f"{start}1+1"
    Dispute.objects.filter(pk=dispute.pk).update(result_summary=said, submitted_at=dispute.registered_at)
    cell = exported_sheet(coordinator).cell(2, 6)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (said, "s", True)


def test_characters_that_break_the_file_are_left_out() -> None:
    assert spreadsheet.fit("好\x00\x0b\ud800事\n再说") == "好事\n再说"


def test_a_unit_that_gave_the_case_back_does_not_read_on(
    in_hand: Make, exported: Any, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    disputes.take("request_return", dispute, handler, now, ground="other_competent", reason="应由派出所办理")
    disputes.take("decide_return", dispute, coordinator, now, granted=True, reason="同意")
    later = now + timedelta(hours=1)
    disputes.take("assign", dispute, coordinator, later, lead_unit="t01.police")
    (_head, row) = exported(coordinator)
    assert "青石镇派出所" in row[6]


def test_asking_and_fetching_are_recorded(register: Make, exported: Any, clerk: Appointment) -> None:
    register()
    exported(clerk, "status=open")
    asked, fetched = AccessEvent.objects.filter(action="exported").order_by("id")
    assert asked.details == {"query": {"status": "open"}, "rows": 1}
    assert fetched.details == {"fetched": True, "rows": 1}


def test_the_page_exports_in_the_background_and_gives_the_file(
    register: Make, client_of: Clients, clerk: Appointment, django_capture_on_commit_callbacks: Any
) -> None:
    register()
    client = client_of(clerk)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/disputes/ledger/export/", {"query": "status=open"}, follow=True)
    job = ExportJob.objects.get()
    assert (job.state, job.total, job.done) == ("done", 1, 1)
    assert job.file_name in client.get(answer.request["PATH_INFO"]).content.decode()
    assert "hx-get" not in client.get(f"/disputes/ledger/exports/{job.pk}/").content.decode()
    file = client.get(f"/disputes/ledger/exports/{job.pk}/file/")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert load_workbook(BytesIO(file.getvalue())).active.max_row == 2


def test_only_who_asked_may_fetch(
    register: Make,
    client_of: Clients,
    clerk: Appointment,
    coordinator: Appointment,
    actor: Actors,
    now: datetime,
) -> None:
    job = export.ask(query="", by=actor(clerk), now=now)
    export.write(job_id=job.pk, now=now)
    for address in ("", "file/"):
        assert client_of(coordinator).get(f"/disputes/ledger/exports/{job.pk}/{address}").status_code == 404


def test_posts_without_the_right_cannot_export(client_of: Clients, handler: Appointment) -> None:
    assert client_of(handler).post("/disputes/ledger/export/", {"query": ""}).status_code == 403


def test_writing_twice_changes_nothing(
    register: Make, actor: Actors, clerk: Appointment, now: datetime
) -> None:
    job = export.ask(query="", by=actor(clerk), now=now)
    export.write(job_id=job.pk, now=now)
    written = export.path_of(ExportJob.objects.get(pk=job.pk)).stat().st_mtime_ns
    export.write(job_id=job.pk, now=now)
    assert export.path_of(ExportJob.objects.get(pk=job.pk)).stat().st_mtime_ns == written


def test_a_lost_message_and_a_dead_worker_are_found(
    register: Make, actor: Actors, clerk: Appointment, now: datetime
) -> None:
    lost, stuck = (export.ask(query="", by=actor(clerk), now=now) for _ in range(2))
    ExportJob.objects.filter(pk=stuck.pk).update(state="running", started_at=now)
    assert export.take_up_lost(now=now + timedelta(minutes=1)) == 0
    assert export.take_up_lost(now=now + timedelta(minutes=3)) == 1
    assert export.take_up_lost(now=now + timedelta(minutes=40)) == 1
    assert set(ExportJob.objects.values_list("state", flat=True)) == {"done"}
    assert lost.pk != stuck.pk


def test_files_are_gone_after_a_week(
    register: Make, actor: Actors, clerk: Appointment, now: datetime
) -> None:
    job = export.ask(query="", by=actor(clerk), now=now)
    export.write(job_id=job.pk, now=now)
    path = export.path_of(ExportJob.objects.get(pk=job.pk))
    assert export.expire(now=now + timedelta(days=6)) == 0
    assert path.exists()
    assert export.expire(now=now + timedelta(days=8)) == 1
    assert not path.exists()
    assert ExportJob.objects.get(pk=job.pk).state == "expired"


def test_the_file_lies_encrypted_on_the_disk_and_nothing_beside_it(
    register: Make, exported: Any, clerk: Appointment
) -> None:
    register(title="田埂之争")
    exported(clerk)
    (path,) = export.folder().iterdir()
    assert path.read_bytes()[:2] != b"PK"
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_no_key_opens_is_asked_for_anew(
    register: Make, actor: Actors, client_of: Clients, clerk: Appointment, now: datetime, settings: Any
) -> None:
    job = export.ask(query="", by=actor(clerk), now=now)
    export.write(job_id=job.pk, now=now)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    answer = client_of(clerk).get(f"/disputes/ledger/exports/{job.pk}/file/")
    assert answer.status_code == 409
    assert "请重新导出" in answer.content.decode()


def test_what_a_dead_worker_left_is_swept(
    register: Make, actor: Actors, clerk: Appointment, now: datetime
) -> None:
    left = export.folder() / f"{export.AT_WORK}dead"
    left.mkdir(parents=True)
    (left / "ledger.xlsx").write_bytes(b"in clear")
    export.expire(now=datetime.now().astimezone() + timedelta(minutes=20))
    assert left.exists()
    export.expire(now=datetime.now().astimezone() + timedelta(minutes=40))
    assert not left.exists()


def test_an_ended_appointment_gets_no_file(
    register: Make, actor: Actors, clerk: Appointment, now: datetime
) -> None:
    job = export.ask(query="", by=actor(clerk), now=now)
    clerk.ends_on = (now - timedelta(days=1)).date()
    clerk.save()
    with pytest.raises(Exception, match="没有导出权限"):
        export.write(job_id=job.pk, now=now)
    assert ExportJob.objects.get(pk=job.pk).state == "failed"
