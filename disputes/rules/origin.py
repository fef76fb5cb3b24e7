"""Who sent a matter here, under which number, and what they ask: stated at intake, judged without a database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from calendars.rules.terms import day_of
from core import days

SENDER_LIMIT, NUMBER_LIMIT = 100, 60
# the sources that hand a matter on: their form asks at once who sent it and what they want back
FORWARDED = ("hotline", "petition", "police", "court", "department")
BLANKS = re.compile(r"\s+")


class OriginFault(StrEnum):
    """What can be wrong with what is stated; disputes.wording_origin says it in words."""

    NO_SENDER = "no_sender"
    TOO_LONG = "too_long"
    RECEIVED_IN_FUTURE = "received_in_future"
    YEAR_TOO_EARLY = "year_too_early"
    YEAR_TOO_FAR = "year_too_far"
    DUE_BEFORE_RECEIVED = "due_before_received"
    ANSWERED_IN_FUTURE = "answered_in_future"
    ANSWERED_BEFORE_RECEIVED = "answered_before_received"
    ANSWER_WAS_GIVEN = "answer_was_given"


@dataclass(frozen=True)
class OriginFacts:
    """As stated. `ledger_number`: in the ledger an import was kept in before, which is no sender's."""

    sender: str = ""
    number: str = ""
    received_on: date | None = None  # the day it came here
    due_at: datetime | None = None  # by when the sender wants it done
    answer_wanted: bool = False  # in writing
    ledger_number: str = ""

    @property
    def was_sent(self) -> bool:
        """Whether anything is said that only a sender can have said."""
        return bool(self.number or self.received_on or self.due_at or self.answer_wanted or self.sender)

    @property
    def says_something(self) -> bool:
        return self.was_sent or bool(self.ledger_number)


def faults(origin: OriginFacts, today: date) -> Iterator[tuple[str, OriginFault]]:
    """Every fault by field. `today` is the day in Shanghai."""
    due = origin.due_at and _day(origin.due_at)
    received = origin.received_on
    checks = (
        ("sender", origin.was_sent and not origin.sender, OriginFault.NO_SENDER),
        ("sender", len(origin.sender) > SENDER_LIMIT, OriginFault.TOO_LONG),
        ("number", len(origin.number) > NUMBER_LIMIT, OriginFault.TOO_LONG),
        ("received_on", bool(received and received > today), OriginFault.RECEIVED_IN_FUTURE),
        ("received_on", bool(received and days.is_too_early(received)), OriginFault.YEAR_TOO_EARLY),
        ("due_at", bool(due and days.is_too_early(due)), OriginFault.YEAR_TOO_EARLY),
        ("due_at", bool(due and days.is_too_far(due, today)), OriginFault.YEAR_TOO_FAR),
        ("due_at", bool(due and received and due < received), OriginFault.DUE_BEFORE_RECEIVED),
    )
    yield from ((name, fault) for name, wrong, fault in checks if wrong)


def answer_faults(on: date, received_on: date | None, today: date) -> Iterator[OriginFault]:
    """What is wrong with the day an answer was given."""
    if on > today:
        yield OriginFault.ANSWERED_IN_FUTURE
    if received_on is not None and on < received_on:
        yield OriginFault.ANSWERED_BEFORE_RECEIVED


def faults_after_answer(origin: OriginFacts, answered_on: date | None) -> Iterator[tuple[str, OriginFault]]:
    """What a correction may not make of an origin that was answered: the answer stays, so it was wanted, and came
    after the matter did."""
    if answered_on is None:
        return
    if not origin.answer_wanted:
        yield "answer_wanted", OriginFault.ANSWER_WAS_GIVEN
    if origin.received_on is not None and answered_on < origin.received_on:
        yield "received_on", OriginFault.ANSWERED_BEFORE_RECEIVED


def key_of(number: str) -> str:
    """A number as it is compared: without regard to width, case and blanks."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", number)).lower()


def _day(moment: datetime) -> date:
    """In Shanghai; a moment of year 1 has no day there, and is too early anyway."""
    return moment.date() if days.is_too_early(moment.date()) else day_of(moment)
