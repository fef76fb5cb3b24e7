"""Somebody with the database's keys changes the ledger: the verification says where and what."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from core import signatures
from core.clock import shanghai_date
from disputes.models import Dispute, EntryText, TrailEntry
from disputes.rules import chain
from safekeeping.services import seal, verify, witness
from safekeeping.services.ledger_export import write_chain
from tests.disputes.conftest import Make

OFFLINE = Path(__file__).resolve().parents[2] / "deploy" / "verify_offline.py"
Tamper = Callable[..., None]


@pytest.fixture
def tamper() -> Tamper:
    """Runs SQL with every trigger off, as the database's superuser could."""

    def run(statement: str, *params: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, params)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


def faults() -> set[tuple[str, str, int | None, str]]:
    """What the chain itself shows; what the recorded rows show beside it is in tests/safekeeping/witness."""
    found = verify.verify().faults
    return {(fault.kind.value, fault.where, fault.seq, fault.what) for fault in found if not fault.row}


def test_an_untouched_ledger_is_intact(in_hand: Make) -> None:
    in_hand()
    found = verify.verify()
    assert (found.fault_count, found.entries, found.unsealed) == (0, 5, 5)
    assert found.texts >= 2


def test_a_changed_payload_is_located(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    entry = TrailEntry.objects.get(dispute=dispute, seq=4)
    changed = entry.payload.replace("t01.justice", "t01.police")
    tamper("UPDATE disputes_trailentry SET payload = %s WHERE id = %s", changed, entry.pk)
    assert faults() == {("content", dispute.number, 4, "payload")}


def test_a_payload_changed_with_its_hash_breaks_the_next_link(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    entry = TrailEntry.objects.get(dispute=dispute, seq=4)
    changed = entry.payload.replace("t01.justice", "t01.police")
    digest = chain.entry_hash(entry.previous_hash, changed)
    tamper("UPDATE disputes_trailentry SET payload = %s, hash = %s WHERE id = %s", changed, digest, entry.pk)
    assert faults() == {("link", dispute.number, 5, "previous_hash")}


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("actor_label", "别人", "actor"),
        ("at", "2020-01-01T00:00:00Z", "at"),
        ("step", "decline", "step"),
        ("user_id", 999_999, "user"),
        ("organization_id", 999_999, "organization"),
        ("status_from", "closed", "from"),
    ],
)
def test_a_changed_column_is_located(
    in_hand: Make, tamper: Tamper, column: str, value: object, what: str
) -> None:
    dispute = in_hand()
    tamper(
        f"UPDATE disputes_trailentry SET {column} = %s WHERE dispute_id = %s AND seq = 2", value, dispute.pk
    )
    assert ("column", dispute.number, 2, what) in faults()


def test_a_removed_entry_is_located(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    tamper("DELETE FROM disputes_trailentry WHERE dispute_id = %s AND seq = 2", dispute.pk)
    assert ("gap", dispute.number, 3, "2–2") in faults()


def test_the_last_entry_removed_shows_by_the_status(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    tamper("DELETE FROM disputes_trailentry WHERE dispute_id = %s AND seq = 5", dispute.pk)
    assert ("status", dispute.number, 4, "in_progress") in faults()


def test_a_status_set_by_hand_is_located(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    tamper("UPDATE disputes_dispute SET status = 'settled' WHERE id = %s", dispute.pk)
    assert faults() == {("status", dispute.number, 5, "settled")}


def test_a_removed_dispute_leaves_a_gap_and_its_entries(
    in_hand: Make, register: Make, tamper: Tamper
) -> None:
    gone, _kept = in_hand(), register()
    tamper("DELETE FROM disputes_dispute WHERE id = %s", gone.pk)
    found = faults()
    assert ("number_gap", "t01.centre 2026", None, "1") in found
    assert ("orphan", f"#{gone.pk}", 1, "5") in found


def test_a_narrative_rewritten_in_the_ledger_row_is_located(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    tamper("UPDATE disputes_dispute SET narrative = '没有这回事。' WHERE id = %s", dispute.pk)
    assert faults() == {("fact", dispute.number, 1, "narrative")}


def test_a_text_replaced_or_removed_is_located(in_hand: Make, tamper: Tamper) -> None:
    dispute = in_hand()
    texts = EntryText.objects.filter(entry__dispute=dispute, entry__seq=1)
    texts.filter(name="title").update(text="另一件事")
    texts.filter(name="narrative").delete()
    found = faults()
    assert ("text", dispute.number, 1, "title") in found
    assert ("text_gone", dispute.number, 1, "narrative") in found


def test_blanking_a_text_without_its_entry_is_no_erasure(in_hand: Make, monday: datetime) -> None:
    dispute = in_hand()
    EntryText.objects.filter(entry__dispute=dispute, name="narrative").update(
        text="", salt="", erased_at=monday
    )
    assert ("text_gone", dispute.number, 1, "texts_erased") in faults()


def _rewrite_history(dispute: Dispute, tamper: Tamper) -> None:
    """Changes the entry of the acceptance and computes every hash after it anew: the chain itself fits again."""
    previous = chain.GENESIS
    for entry in TrailEntry.objects.filter(dispute=dispute).order_by("seq"):
        payload = (
            entry.payload.replace('"accepted"', '"declined"') if entry.step == "accept" else entry.payload
        )
        digest = chain.entry_hash(previous, payload)
        tamper(
            "UPDATE disputes_trailentry SET payload = %s, previous_hash = %s, hash = %s, status_to = %s WHERE id = %s",
            payload, previous, digest, json.loads(payload)["to"], entry.pk,
        )  # fmt: skip
        previous = digest


def test_a_whole_chain_computed_anew_is_caught_by_the_seal(
    in_hand: Make, tamper: Tamper, monday: datetime
) -> None:
    dispute = in_hand()
    today = shanghai_date(TrailEntry.objects.latest("id").recorded_at)
    seal.seal_day(today, now=monday)
    witness.catch_up()
    assert faults() == set()
    _rewrite_history(dispute, tamper)
    assert faults() == {("seal", today.isoformat(), None, "5/5")}


def test_a_seal_made_anew_by_somebody_else_has_the_wrong_signature(
    in_hand: Make, tamper: Tamper, monday: datetime, settings: object
) -> None:
    dispute = in_hand()
    today = shanghai_date(TrailEntry.objects.latest("id").recorded_at)
    _rewrite_history(dispute, tamper)
    ours = settings.SEAL_KEY  # type: ignore[attr-defined]
    settings.SEAL_KEY = "c29tZWJvZHktZWxzZXMtc2VlZC0zMi1ieXRlcyEhISE="  # type: ignore[attr-defined]
    foreign = seal.seal_day(today, now=monday)
    witness.catch_up()
    settings.SEAL_KEY = ours  # type: ignore[attr-defined]
    assert faults() == {("seal_signature", today.isoformat(), None, foreign.public_key[:12])}


def test_a_removed_or_backdated_day_is_caught(in_hand: Make, tamper: Tamper, monday: datetime) -> None:
    in_hand()
    today = shanghai_date(TrailEntry.objects.latest("id").recorded_at)
    for offset in (0, 1, 2):
        seal.seal_day(today + timedelta(days=offset), now=monday)
    witness.catch_up()
    tamper("UPDATE disputes_trailentry SET recorded_at = recorded_at - interval '3 days' WHERE seq = 1")
    tamper("DELETE FROM disputes_dailyseal WHERE day = %s", today + timedelta(days=1))
    kinds = {(kind, where) for kind, where, _seq, _what in faults()}
    assert kinds == {
        ("seal", today.isoformat()),
        ("seal_chain", today.isoformat()),
        ("seal_chain", (today + timedelta(days=2)).isoformat()),
        ("seal_facts", (today + timedelta(days=2)).isoformat()),
        ("witness_lost", (today + timedelta(days=1)).isoformat()),
    }


def test_the_command_ends_with_one_and_names_the_entry(
    in_hand: Make, tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    dispute = in_hand()
    call_command("verify_ledger")
    assert "the ledger is intact" in capsys.readouterr().out
    tamper("UPDATE disputes_trailentry SET step = 'decline' WHERE dispute_id = %s AND seq = 2", dispute.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_ledger")
    assert ended.value.code == 1
    assert f"{dispute.display_number} 第 2 条: 字段“step”与记录内容不一致" in capsys.readouterr().out


def _offline(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(OFFLINE), str(path), *options], capture_output=True, text=True)


def _exported(path: Path, monday: datetime) -> list[dict[str, object]]:
    with path.open("w", encoding="utf-8") as out:
        write_chain(out, now=monday)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_export_verifies_without_the_system(in_hand: Make, monday: datetime, tmp_path: Path) -> None:
    in_hand(), in_hand()
    today = shanghai_date(TrailEntry.objects.latest("id").recorded_at)
    seal.seal_day(today, now=monday)
    path = tmp_path / "ledger.jsonl"
    _exported(path, monday)
    done = _offline(path, "--key", signatures.public_key())
    assert (done.returncode, "10 entries of 2 disputes, 1 seals, 0 faults" in done.stdout) == (0, True)
    assert _offline(path, "--key", "AAAA").returncode == 1


def test_an_entry_recorded_before_the_one_it_follows_is_no_fault_offline(
    in_hand: Make, tamper: Tamper, monday: datetime, tmp_path: Path
) -> None:
    """The clock was put back an hour between two steps."""
    in_hand()
    tamper("UPDATE disputes_trailentry SET recorded_at = recorded_at - interval '1 hour' WHERE seq = 3")
    path = tmp_path / "ledger.jsonl"
    _exported(path, monday)
    done = _offline(path)
    assert (done.returncode, "5 entries of 1 disputes" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize(
    "damage", ["seals", "seals and counts", "all but the head", "cut after a line", "witness"]
)
def test_an_export_without_its_seals_or_its_end_is_refused(
    in_hand: Make, tamper: Tamper, tmp_path: Path, damage: str, witness_dir: Path
) -> None:
    in_hand()
    tamper("UPDATE disputes_trailentry SET recorded_at = recorded_at - interval '2 days'")
    now = datetime.now(UTC)
    seal.seal_complete_days(now=now)
    path, given = tmp_path / "ledger.jsonl", []
    rows = _exported(path, now)
    assert _offline(path, "--witness", str(witness_dir / "seals.log")).returncode == 0
    if damage == "cut after a line":
        rows = rows[:-2]
    elif damage == "all but the head":
        rows = [row for row in rows if row["kind"] not in ("entry", "end")]
    elif damage != "witness":
        rows = [row for row in rows if row["kind"] != "seal"]
    if damage == "seals and counts":
        rows[0] |= {"seals": 0, "seal": None, "format": 1}
        rows[-1] = {"kind": "end", "entries": 5}
    if damage == "witness":  # what another, younger state of the ledger had sealed
        given = ["--witness", str(tmp_path / "kept.log")]
        line = (witness_dir / "seals.log").read_text("utf-8").splitlines()[-1]
        later = json.loads(line) | {"serial": 3, "day": "2040-01-01"}
        (tmp_path / "kept.log").write_text(f"{line}\n{json.dumps(later)}\n", "utf-8")
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert _offline(path, *given).returncode == 1


@pytest.mark.parametrize("damage", ["payload", "drop", "seal", "cut", "signature"])
def test_a_damaged_export_does_not_verify(
    in_hand: Make, monday: datetime, tmp_path: Path, damage: str
) -> None:
    in_hand(), in_hand()
    seal.seal_day(shanghai_date(TrailEntry.objects.latest("id").recorded_at), now=monday)
    path = tmp_path / "ledger.jsonl"
    rows = _exported(path, monday)
    entries = [row for row in rows if row["kind"] == "entry"]
    sealed = next(row for row in rows if row["kind"] == "seal")
    match damage:
        case "payload":
            entries[3]["payload"] = str(entries[3]["payload"]).replace("t01.justice", "t01.police")
        case "drop":
            rows.remove(entries[7])
        case "seal":
            sealed["count"] = 7
        case "cut":
            rows.pop()
        case "signature":
            sealed["signature"] = "A" * 86 + "=="
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert _offline(path).returncode == 1
