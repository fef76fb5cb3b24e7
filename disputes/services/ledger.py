"""Appends to the chain of a dispute. The caller holds the dispute's row lock (or has just created the row)."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from audit.recording import SEAL_LOCK
from core.actor import Actor
from core.inserted import insert
from disputes.models import Dispute, EntryText, TrailEntry
from disputes.rules import chain

# the lock in the same statement: the disputes' row locks keep the heads as they are while it waits
HEADS = (
    "SELECT 0, 0, pg_advisory_xact_lock_shared(%s)::text UNION ALL"
    " (SELECT DISTINCT ON (dispute_id) dispute_id, seq, hash FROM disputes_trailentry"
    " WHERE dispute_id = ANY(%s) ORDER BY dispute_id, seq DESC)"
)


@dataclass(frozen=True)
class NewEntry:
    """One entry to append: ids, codes and integers in `data`, people's words in `texts`."""

    step: str
    status_from: str
    status_to: str
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Signed:
    """An entry with the dispute it belongs to, who wrote it and when."""

    dispute: Dispute
    entry: NewEntry
    by: Actor
    now: datetime


def share_seal_lock() -> None:
    """Held to the end of the transaction; the sealer waits for every writer and the other way round."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEAL_LOCK])


def append(dispute: Dispute, entry: NewEntry, *, by: Actor, now: datetime) -> TrailEntry:
    """One entry after the dispute's last. Needs the dispute's row lock; takes the shared seal lock."""
    return append_all([(dispute, entry)], by=by, now=now)[0]


def append_all(entries: Sequence[tuple[Dispute, NewEntry]], *, by: Actor, now: datetime) -> list[TrailEntry]:
    """Entries in order, several of one dispute allowed; two bulk statements whatever their number."""
    return append_signed([Signed(dispute, entry, by, now) for dispute, entry in entries])


def append_signed(entries: Sequence[Signed]) -> list[TrailEntry]:
    """The same for a batch whose entries are of different people and moments."""
    return _write(entries, _heads_under_lock({signed.dispute.pk for signed in entries}))


def begin(entries: Sequence[Signed]) -> list[TrailEntry]:
    """The first entries of disputes that are just being created."""
    share_seal_lock()
    return _write(entries, {})


def _write(entries: Sequence[Signed], heads: dict[int, tuple[int, str]]) -> list[TrailEntry]:
    rows: list[TrailEntry] = []
    texts: list[EntryText] = []
    for signed in entries:
        dispute = signed.dispute
        seq, previous = heads.get(dispute.pk, (0, chain.GENESIS))
        row, row_texts = build_entry(dispute, signed.entry, seq + 1, previous, by=signed.by, now=signed.now)
        heads[dispute.pk] = (row.seq, row.hash)
        rows.append(row)
        texts += row_texts
    insert(rows)
    insert(texts)
    return rows


def _heads_under_lock(dispute_ids: set[int]) -> dict[int, tuple[int, str]]:
    """Sequence number and hash of each dispute's last entry; takes the shared seal lock."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [SEAL_LOCK, list(dispute_ids)])
        return {dispute: (seq, entry_hash) for dispute, seq, entry_hash in cursor.fetchall() if dispute}


def build_entry(
    dispute: Dispute, entry: NewEntry, seq: int, previous: str, *, by: Actor, now: datetime
) -> tuple[TrailEntry, list[EntryText]]:
    """The rows of one entry, unsaved: the only place where a payload is written down."""
    label = by.label[:200]
    salts = {name: secrets.token_hex(16) for name, text in entry.texts.items() if text}
    payload: dict[str, Any] = {
        "v": chain.FORMAT,
        "dispute": dispute.number,
        "seq": seq,
        "step": entry.step,
        "from": entry.status_from,
        "to": entry.status_to,
        "at": chain.utc_micros(now),
        "user": by.user_id,
        "appointment": by.appointment_id,
        "on_behalf_of": by.on_behalf_of.pk if by.on_behalf_of else None,
        "organization": by.organization.pk if by.organization else None,
        "actor": label,
        "data": dict(entry.data),
        "texts": {name: chain.text_hash(salt, entry.texts[name]) for name, salt in salts.items()},
    }
    text = chain.canonical(payload)
    row = TrailEntry(
        dispute=dispute,
        seq=seq,
        step=entry.step,
        status_from=entry.status_from,
        status_to=entry.status_to,
        at=now,
        recorded_at=now,  # the database writes its own clock over this
        user_id=payload["user"],
        appointment_id=payload["appointment"],
        on_behalf_of_id=payload["on_behalf_of"],
        organization_id=payload["organization"],
        actor_label=label,
        payload=text,
        previous_hash=previous,
        hash=chain.entry_hash(previous, text),
    )
    return row, [
        EntryText(entry=row, name=name, salt=salt, text=entry.texts[name]) for name, salt in salts.items()
    ]
