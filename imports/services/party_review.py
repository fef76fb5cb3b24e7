"""Looks over the numbers already stored: what was let in or refused wrongly, and hashes of an older spelling.

Counts only; nobody's number or name is given out. `mend` writes hashes, never what a person stated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from core.clock import shanghai_date
from disputes.choices import PartyKind
from disputes.models import Party
from disputes.rules import identity
from disputes.services import party_hashes
from imports.models import ImportRow
from imports.rules.headings import TITLE_OF

BATCH = 500
HASHES = ("id_hash", "phone_hash")


@dataclass
class Review:
    """How many party rows, and lines of imports, show what."""

    parties: int = 0
    wrong_citizen_numbers: int = 0
    wrong_credit_codes: int = 0
    placeholders: int = 0
    hashes_to_mend: int = 0
    refused_lines: int = 0
    refused_wrongly: int = 0

    def as_lines(self) -> Iterator[tuple[str, int]]:
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def review(*, mend: bool, now: datetime) -> Review:
    """Reads every party with a number, and every import line refused for one; safe to run again and beside users.

    Locks a batch at a time while it mends.
    """
    found, after, rows = Review(), 0, Party.objects.exclude(id_number="", phone="").order_by("pk")
    while batch := _next(rows.filter(pk__gt=after), found, mend=mend, today=shanghai_date(now)):
        after = batch[-1].pk
    for line in ImportRow.objects.filter(state=ImportRow.State.REFUSED).iterator(chunk_size=BATCH):
        _look_at_line(line, found, shanghai_date(now))
    return found


@transaction.atomic
def _next(rows: QuerySet[Party], found: Review, *, mend: bool, today: date) -> list[Party]:
    batch = list((rows.select_for_update() if mend else rows)[:BATCH])
    changed = [party for party in batch if _look_at(party, found, today)]
    if mend and changed:
        Party.objects.bulk_update(changed, HASHES)
    return batch


def _look_at(party: Party, found: Review, today: date) -> bool:
    """Counts what the row shows and puts the right hashes on the object; whether one was another."""
    number = party.id_number
    found.parties += 1
    found.wrong_citizen_numbers += party.kind == PartyKind.NATURAL and _is_wrong_citizen(number, today)
    found.wrong_credit_codes += party.kind == PartyKind.LEGAL and _is_wrong_code(number)
    found.placeholders += bool(number and identity.says_no_number(number))
    found.placeholders += bool(party.phone and identity.says_no_phone(party.phone))
    before = (party.id_hash, party.phone_hash)
    party.id_hash = party_hashes.of_id_number(number)
    party.phone_hash = party_hashes.of_phone(party.phone)
    changed = before != (party.id_hash, party.phone_hash)
    found.hashes_to_mend += changed
    return changed


def _is_wrong_citizen(number: str, today: date) -> bool:
    meant = identity.meant_as_citizen_number(number) and not identity.says_no_number(number)
    return meant and not identity.is_citizen_number(number, today)


def _is_wrong_code(number: str) -> bool:
    return len(identity.joined(number)) == identity.NUMBER_LENGTH and not identity.is_credit_code(number)


def _look_at_line(line: ImportRow, found: Review, today: date) -> None:
    """A line that was refused at the column of the number; right after all if the number is, and can be sent again."""
    if not any(column == TITLE_OF["applicant_id"] for column, _message in line.messages):
        return
    found.refused_lines += 1
    number = json.loads(line.cells).get("applicant_id", "") if line.cells else ""
    found.refused_wrongly += identity.is_citizen_number(number, today)
