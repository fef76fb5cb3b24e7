"""The ledger no longer vouches for itself: what the seals said stands outside, and nothing is signed anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Appointment
from core import signatures
from core.clock import shanghai_date
from disputes.models import DailySeal, Dispute, TrailEntry
from disputes.rules import chain
from notifications.models import Notice
from safekeeping.rules import witness as rules
from safekeeping.services import seal, verify, witness
from tests.factories.disputes import registered, take
from tests.safekeeping.witness.conftest import Tamper

DAY = timedelta(days=1)
RECORD, OF_DISPUTE = "UPDATE audit_factrecord SET facts =", "WHERE kind = 'disputes_dispute' AND facts ?"
BACK = "UPDATE disputes_trailentry SET recorded_at = recorded_at - %s"


@pytest.fixture
def present() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def entered(clerk: Appointment, auditor: Appointment, now: datetime) -> Dispute:
    return registered(clerk, now)


@pytest.fixture
def sealed(entered: Dispute, tamper: Tamper, present: datetime) -> list[DailySeal]:
    """Yesterday, sealed in time."""
    tamper(BACK, DAY)
    return seal.seal_complete_days(now=present)


def kinds() -> set[tuple[str, str]]:
    return {(fault.kind.value, fault.where) for fault in verify.verify().faults}


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "seals.log").read_text("utf-8").splitlines()]


def test_the_head_of_a_seal_stands_outside_at_once(sealed: list[DailySeal], witness_dir: Path) -> None:
    (line,) = lines(witness_dir)
    (row,) = sealed
    said = (line["serial"], line["day"], line["count"], line["hash"], line["facts"], line["fact_hash"])
    assert said == (1, str(row.day), row.entry_count, row.hash, row.fact_count, row.fact_hash)
    assert line["signature"] == row.signature
    assert kinds() == set()


def test_the_auditor_is_told_every_head(sealed: list[DailySeal], auditor: Appointment) -> None:
    notice = Notice.objects.get(recipient=auditor.user, kind="ledger.seal")
    assert sealed[0].hash in notice.body


def rewrite_and_sign_anew(tamper: Tamper) -> None:
    """The owner changes an old entry, computes every hash after it, and removes the seals."""
    previous: dict[int, str] = {}
    for entry in TrailEntry.objects.order_by("dispute", "seq"):
        payload = entry.payload.replace("walk_in", "hotline")
        before = previous.get(entry.dispute_id, chain.GENESIS)
        digest = previous[entry.dispute_id] = chain.entry_hash(before, payload)
        tamper(
            "UPDATE disputes_trailentry SET payload = %s, previous_hash = %s, hash = %s WHERE id = %s",
            payload, before, digest, entry.pk,
        )  # fmt: skip
    tamper(
        "UPDATE audit_factrecord SET facts = jsonb_build_object('whole', encode(sha256(convert_to(t.hash, 'UTF8')),"
        " 'hex')) FROM disputes_trailentry t WHERE kind = 'disputes_trailentry' AND row_id = t.id"
    )
    tamper("UPDATE disputes_dispute SET source = 'hotline'")
    tamper(f"{RECORD} facts || '{{\"source\": \"hotline\"}}' {OF_DISPUTE} 'source'")
    tamper("DELETE FROM disputes_dailyseal")


def test_what_was_rewritten_is_not_signed_anew(
    sealed: list[DailySeal], tamper: Tamper, present: datetime, auditor: Appointment
) -> None:
    rewrite_and_sign_anew(tamper)
    assert seal.seal_complete_days(now=present) == []
    day = sealed[0].day.isoformat()
    assert kinds() == {("witness_lost", day), ("seal_missing", day)}
    told = Notice.objects.filter(recipient=auditor.user, title__contains="没有封存")
    assert told.count() == 1


def test_a_copy_kept_elsewhere_finds_what_was_signed_anew_where_the_file_was_removed_too(
    sealed: list[DailySeal], tamper: Tamper, present: datetime, witness_dir: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.log"
    kept.write_bytes((witness_dir / "seals.log").read_bytes())
    rewrite_and_sign_anew(tamper)
    (witness_dir / "seals.log").unlink()
    seal.seal_complete_days(now=present)
    assert kinds() == set()
    found = {(fault.kind.value, fault.where) for fault in verify.verify(witness_file=kept).faults}
    assert found == {("witness_differs", sealed[0].day.isoformat())}
    with pytest.raises(SystemExit):
        call_command("verify_ledger", witness=kept)


def test_seals_without_their_file_are_a_fault(sealed: list[DailySeal], witness_dir: Path) -> None:
    (witness_dir / "seals.log").unlink()
    assert kinds() == {("witness_missing", "seals.log")}


def test_a_changed_or_cut_line_is_a_fault(
    sealed: list[DailySeal], witness_dir: Path, present: datetime
) -> None:
    file = witness_dir / "seals.log"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace('"count":2', '"count":3'), "utf-8")
    assert kinds() == {("witness_differs", sealed[0].day.isoformat())}
    file.write_text(whole[:40], "utf-8")  # a crash in the middle of the write
    assert kinds() == {("witness_behind", sealed[0].day.isoformat())}
    assert witness.catch_up() == 1
    assert witness.read().last == witness.heads()[-1]  # type: ignore[union-attr]


def test_a_day_older_than_yesterday_is_sealed_as_late_and_told(
    entered: Dispute, tamper: Tamper, present: datetime, auditor: Appointment
) -> None:
    """The machine was off for a week."""
    tamper(BACK, 7 * DAY)
    made = seal.seal_complete_days(now=present)
    assert [bool(row.late) for row in made] == [True] * 6 + [False]
    found = verify.verify()
    assert (found.fault_count, [remark.kind.value for remark in found.remarks]) == (0, ["late"] * 6)
    assert "补封 6 天" in Notice.objects.get(recipient=auditor.user, kind="ledger.seal").title


def test_a_demo_county_recorded_today_needs_no_seal(entered: Dispute, present: datetime) -> None:
    """Business times lie in the past, the database recorded everything today."""
    assert seal.seal_complete_days(now=present) == []
    assert kinds() == set()


def test_a_day_that_is_over_and_has_no_seal_is_a_fault(entered: Dispute, tamper: Tamper) -> None:
    tamper(BACK, 3 * DAY)
    first = shanghai_date(TrailEntry.objects.earliest("recorded_at").recorded_at)
    assert kinds() == {("seal_missing", first.isoformat())}


@pytest.mark.parametrize(
    "column", ["fact_hash = 'x'", "fact_count = 1", "late = 'x'", "serial = 7", "signature = 'x'"]
)
def test_a_changed_seal_is_located(sealed: list[DailySeal], tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE disputes_dailyseal SET {column}")
    assert sealed[0].day.isoformat() in {where for _kind, where in kinds()}


def test_a_changed_record_of_facts_breaks_the_seal(sealed: list[DailySeal], tamper: Tamper) -> None:
    """Row and record changed together fit each other, but not what was sealed."""
    tamper("UPDATE disputes_dispute SET danger = true")
    tamper(f"{RECORD} facts || '{{\"danger\": true}}' {OF_DISPUTE} 'danger'")
    assert kinds() == {("seal_facts", sealed[0].day.isoformat())}


def test_an_older_state_put_back_is_said_and_sealing_goes_on(
    sealed: list[DailySeal], tamper: Tamper, present: datetime, auditor: Appointment
) -> None:
    """A backup from before the last seal: the file says which seals went, and new numbers follow."""
    tamper(BACK, DAY)
    tamper("UPDATE disputes_trailentry SET recorded_at = recorded_at + %s", DAY)
    second = seal.seal_day(sealed[0].day + DAY, now=present)
    witness.catch_up()
    tamper("DELETE FROM disputes_dailyseal WHERE serial = 2")
    assert ("witness_lost", second.day.isoformat()) in kinds()
    lost = witness.note_restore(reason="硬盘损坏", now=present)
    assert [head.serial for head in lost] == [2]
    found = verify.verify()
    assert (found.fault_count, [remark.kind.value for remark in found.remarks]) == (0, ["restored"])
    assert seal.seal_day(second.day, now=present).serial == 3
    assert witness.catch_up() == 1
    assert kinds() == set()
    assert witness.note_restore(reason="", now=present) == []


def test_old_seals_verify_as_before_and_say_what_they_do_not_cover(
    sealed: list[DailySeal], tamper: Tamper, witness_dir: Path
) -> None:
    """As an installation of the earlier format had them."""
    row = sealed[0]
    signature = signatures.sign(f"hejie-seal:1:{row.day}:{row.entry_count}:{row.hash}")
    tamper(
        "UPDATE disputes_dailyseal SET format = 1, serial = NULL, fact_count = 0, fact_hash = '', last_fact_id = 0,"
        " signature = %s", signature,
    )  # fmt: skip
    (witness_dir / "seals.log").unlink()
    witness.catch_up()
    found = verify.verify()
    assert (found.fault_count, [remark.kind.value for remark in found.remarks]) == (0, ["old_seals"])


def test_a_line_reads_back_as_the_seal_it_was(sealed: list[DailySeal]) -> None:
    (head,) = witness.heads()
    assert rules.parse(rules.line_of(head) + "\n").last == head


def test_a_clock_that_was_ahead_leaves_no_fault(
    clerk: Appointment, entered: Dispute, tamper: Tamper, present: datetime, now: datetime
) -> None:
    """Recorded and sealed two days ahead, then the clock was put right: the next entry follows, nothing is amiss."""
    tamper(BACK, -2 * DAY)
    for ahead in (0, 1, 2):
        seal.seal_day(shanghai_date(present) + ahead * DAY, now=present)
    witness.catch_up()
    later = registered(clerk, now)
    times = TrailEntry.objects.filter(dispute=later).order_by("seq").values_list("recorded_at", flat=True)
    assert list(times) == sorted(times)
    assert shanghai_date(times[0]) == shanghai_date(present) + 3 * DAY
    assert kinds() == set()


def test_entries_told_in_the_wrong_order_of_time_are_a_remark(
    clerk: Appointment, coordinator: Appointment, now: datetime, actor: Callable[..., Any]
) -> None:
    dispute = registered(clerk, now)
    take("accept", dispute, coordinator, now - timedelta(minutes=5))
    found = verify.verify()
    assert (found.fault_count, [remark.kind.value for remark in found.remarks]) == (0, ["clock"])


def test_the_page_shows_the_last_head_and_where_it_is_kept(
    sealed: list[DailySeal], client_of: Callable[..., Any], auditor: Appointment
) -> None:
    client = client_of(auditor)
    text = client.get("/disputes/ledger/check/").content.decode()
    assert sealed[0].hash in text
    printed = client.get("/disputes/ledger/check/seals/").content.decode()
    assert sealed[0].hash in printed
