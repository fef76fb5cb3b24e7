"""Disputes in hand: what is done with them within a block is saved once, at its end.

A block within a block on the same dispute joins it, as `transaction.atomic` does: the outermost one saves. Where a
block fails, the objects say again what they said before it, and what it wanted to write is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from disputes.models import Dispute, TrailEntry
from disputes.services import following, ledger, notices
from disputes.services.ledger import Signed

Columns = dict[str, Any]


@dataclass
class InHand:
    """A dispute under its row lock, its columns as the database has them, and the entries still to be written."""

    dispute: Dispute
    saved: Columns
    entries: list[Signed] = field(default_factory=list)


_IN_HAND: ContextVar[Mapping[int, InHand] | None] = ContextVar("disputes_in_hand", default=None)


def columns(dispute: Dispute) -> Columns:
    """The values of its loaded columns, lists copied: whoever holds the object may add to them in place."""
    loaded = dispute.__dict__
    return {
        name: deepcopy(value) if isinstance(value, list | dict) else value
        for name in _names()
        if (value := loaded.get(name, ...)) is not ...
    }


def changed(dispute: Dispute, before: Mapping[str, Any]) -> list[str]:
    """The columns that say something else than `before`, those loaded since then among them."""
    return [name for name, value in columns(dispute).items() if before.get(name, ...) != value]


def of(dispute_id: int) -> Dispute | None:
    """The object that is in hand for that row: nobody reads it a second time."""
    found = _held().get(dispute_id)
    return found.dispute if found else None


@contextmanager
def hold(disputes: Iterable[Dispute]) -> Iterator[None]:
    """The block; needs the row locks. Whoever goes on after a block that failed has it in a savepoint.

    Raises RuntimeError for another object of a row that is in hand already.
    """
    given, held = list(disputes), _held()
    fresh = {one.pk: InHand(one, columns(one)) for one in given if one.pk not in held}
    joined = [_same(held[one.pk], one) for one in given if one.pk in held]
    before = [(one, one.saved, list[Signed]()) for one in fresh.values()]
    before += [(one, columns(one.dispute), list(one.entries)) for one in joined]
    token = _IN_HAND.set({**held, **fresh})
    try:
        with notices.held_back() as send_notices:
            yield
            _save(list(fresh.values()), send_notices)
    except BaseException:
        for one, said, entries in before:
            _put_back(one, said, entries)
        raise
    finally:
        _IN_HAND.reset(token)


def save(dispute: Dispute, *names: str) -> None:
    """These columns, now, or with the rest where the dispute is in hand."""
    if _held().get(dispute.pk) is None:
        dispute.save(update_fields=names)


def write_down(entry: Signed) -> None:
    """A trail entry, now, or after those that wait where the dispute is in hand; who follows it hears of it."""
    held = _held().get(entry.dispute.pk)
    if held is None:
        _append([entry])
    else:
        held.entries.append(entry)


def write_entries(dispute: Dispute) -> None:
    """Those that wait, now: somebody is about to append another after them."""
    held = _held().get(dispute.pk)
    if held is not None and held.entries:
        waiting, held.entries = held.entries, []
        _append(waiting)


def _held() -> Mapping[int, InHand]:
    return _IN_HAND.get() or {}


def _names() -> list[str]:
    return [column.attname for column in Dispute._meta.concrete_fields]


def _same(held: InHand, given: Dispute) -> InHand:
    if held.dispute is not given:
        raise RuntimeError(f"dispute {given.pk} is in hand already, as another object")
    return held


def _save(held: list[InHand], send_notices: Callable[[], None]) -> None:
    """The columns that changed of each, in one statement, then the notices, then every entry, of which followers hear
    who heard nothing yet."""
    written = [(one, changed(one.dispute, one.saved)) for one in held]
    written = [(one, names) for one, names in written if names]
    if len(written) == 1:
        one, names = written[0]
        one.dispute.save(update_fields=names)
    elif written:
        every = sorted({name for _one, names in written for name in names})
        Dispute.objects.bulk_update([one.dispute for one, _names in written], every)
    send_notices()
    _append([entry for one in held for entry in one.entries])


def _append(entries: list[Signed]) -> None:
    if not entries:
        return
    rows = ledger.append_signed(entries)
    acts: dict[tuple[int, datetime], list[tuple[Signed, TrailEntry]]] = {}
    for signed, row in zip(entries, rows, strict=True):
        acts.setdefault((id(signed.by), signed.now), []).append((signed, row))
    for (_by, now), written in acts.items():
        said = [(signed.dispute, row) for signed, row in written]
        following.tell_of_entries(said, by=written[0][0].by, now=now)


def _put_back(held: InHand, said: Columns, entries: list[Signed]) -> None:
    """Entries that waited wait again, also those that were written early within: the savepoint took them back."""
    for name in changed(held.dispute, said):
        if name in said:
            setattr(held.dispute, name, said[name])
    held.entries = entries
