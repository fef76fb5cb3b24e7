from __future__ import annotations

import hashlib
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts.models import Appointment
from core import signatures
from core.clock import shanghai_date
from disputes.models import DailySeal, TrailEntry
from disputes.rules import chain
from disputes.services import ledger
from safekeeping.services import seal
from tests.disputes.conftest import Make
from tests.factories import disputes

LATER = timedelta(days=400)


def backdate(days: int) -> None:
    """Moves what was recorded so far into the past, as if the days had gone by."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE disputes_trailentry SET recorded_at = recorded_at - %s", [timedelta(days=days)]
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_every_day_that_is_over_is_sealed_once_and_in_order(in_hand: Make) -> None:
    in_hand()
    backdate(3)
    now = datetime.now(UTC)
    made = seal.seal_complete_days(now=now)
    assert [row.entry_count for row in made] == [5, 0, 0]
    assert [row.day for row in made] == [shanghai_date(now) - timedelta(days=n) for n in (3, 2, 1)]
    assert [row.previous_hash for row in made] == [chain.GENESIS, made[0].hash, made[1].hash]
    assert seal.seal_complete_days(now=now) == []


def test_the_signature_is_by_our_key(in_hand: Make) -> None:
    in_hand()
    backdate(1)
    row = seal.seal_complete_days(now=datetime.now(UTC))[0]
    late = hashlib.sha256(b"").hexdigest()
    facts = f"{row.fact_count}:{row.fact_hash}"
    message = f"hejie-seal:2:1:{row.day}:5:{row.hash}:{facts}:{late}"  # as the offline verifier writes it
    assert signatures.is_signed(message, row.signature, signatures.public_key())
    assert not signatures.is_signed(message.replace(":5:", ":6:"), row.signature, signatures.public_key())


def test_today_is_never_sealed_whatever_moment_the_sweep_is_told(in_hand: Make) -> None:
    in_hand()
    assert seal.seal_complete_days(now=datetime.now(UTC) + LATER) == []


def test_nothing_recorded_nothing_sealed(db: None) -> None:
    assert seal.seal_complete_days(now=datetime.now(UTC)) == []


@pytest.mark.django_db(transaction=True)
def test_the_sealer_waits_for_writers_that_have_not_committed(clerk: Appointment, now: datetime) -> None:
    """An entry recorded before midnight and committed after it is in the seal."""
    recorded, go_on, waited = threading.Event(), threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            disputes.registered(clerk, now)
            recorded.set()
            go_on.wait(60)
        connection.close()

    def wait() -> None:
        seal.wait_for_writers()
        waited.set()
        connection.close()

    writer, sealer = threading.Thread(target=write), threading.Thread(target=wait)
    writer.start()
    recorded.wait(60)
    sealer.start()
    assert not waited.wait(0.5)
    assert TrailEntry.objects.count() == 0
    go_on.set()
    writer.join(60)
    sealer.join(60)
    assert waited.is_set()
    assert TrailEntry.objects.count() == 2  # registered, leader named
    assert DailySeal.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_waiting_for_a_seal_does_not_keep_others_from_writing(clerk: Appointment, now: datetime) -> None:
    """The lock is given back at once: writers pass while the hashes are read."""
    seal.wait_for_writers()
    with transaction.atomic():
        ledger.share_seal_lock()
        disputes.registered(clerk, now)
    assert TrailEntry.objects.count() == 2  # registered, leader named
