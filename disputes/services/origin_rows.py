"""What is written of a sender when a dispute is registered: its row, its clock, its words in the first entry."""

from __future__ import annotations

from datetime import datetime

from calendars.services.opening import Opening
from core.clock import start_of_day
from disputes.choices import DeadlineKind, Source
from disputes.models import Dispute, Origin
from disputes.rules.origin import OriginFacts
from disputes.services import clocks


def row_of(dispute: Dispute, facts: OriginFacts | None) -> Origin | None:
    """The row, unsaved; None where nobody sent it."""
    return None if facts is None else Origin.of(dispute, facts)


def opening_of(dispute: Dispute, origin: Origin | None, now: datetime) -> Opening | None:
    """The clock up to the sender's date, from the day it came. An old ledger's past dates hurry nobody."""
    if origin is None or origin.due_at is None:
        return None
    if dispute.source == Source.IMPORT and origin.due_at <= now:
        return None
    came = start_of_day(origin.received_on) if origin.received_on else now
    since = min(came, origin.due_at, now)
    opening = clocks.opening(dispute, DeadlineKind.ORIGIN, now, due_at=origin.due_at, since=since)
    return opening


def entry_data(origin: Origin | None) -> dict[str, object]:
    """Dates and yes or no, for the chain."""
    if origin is None:
        return {}
    return {
        "origin": {
            "received_on": origin.received_on and origin.received_on.isoformat(),
            "due_at": origin.due_at and origin.due_at.isoformat(),
            "answer_wanted": origin.answer_wanted,
        }
    }


def entry_texts(origin: Origin | None) -> dict[str, str]:
    """Who sent it and under which number: words, of which the chain keeps a salted hash."""
    if origin is None:
        return {}
    return {
        "origin": " ".join(part for part in (origin.sender, origin.number or origin.ledger_number) if part)
    }
