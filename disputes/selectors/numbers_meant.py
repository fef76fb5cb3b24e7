"""The dispute that a typed number means, in whichever way people write it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from core.actor import Actor
from core.clock import shanghai_date
from disputes.models import LedgerBook
from disputes.rules import numbers


def own_books(by: Actor, now: datetime) -> Iterable[int]:
    """This year's book of the reader's town, of the county for those who sit there. One small query."""
    if by.organization is None:
        return []
    place = by.organization.place
    mine = LedgerBook.objects.filter(
        year=shanghai_date(now).year, centre__place__code=place.town_code or place.code
    )
    return mine.values_list("pk", flat=True)


def in_own_book(seq: int, by: Actor, now: datetime) -> Q:
    return Q(book__in=list(own_books(by, now)), seq=seq)


def meant_by(typed: str, by: Actor, now: datetime) -> Q:
    """The code, the printed number, or the bare figure of this year's own book; nothing for words."""
    match numbers.parse(typed):
        case numbers.AsNumber(number):
            return Q(number=number)
        case numbers.AsPrinted(year, printed_name, seq):
            return Q(book__year=year, book__printed_name=printed_name, seq=seq)
        case numbers.InOwnBook(seq):
            return in_own_book(seq, by, now)
    return Q(pk__in=[])
