"""Two events of one subject never reach a person in the same words: the second says that it is the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.language import in_house_language
from core.written_once import OneOf, written_once
from notifications.models import Notice

LONGEST = 200
ROOM = 12  # for what tells them apart
Words = tuple[int, str]  # recipient and title


@dataclass
class _Known:
    """Keys of what was told in the same words, and how many titles begin with them."""

    keys: set[str] = field(default_factory=set)
    count: int = 0


def told_apart(rows: Sequence[Notice]) -> None:
    """Changes the titles of unsaved notices of one subject or several; one query, two where words come again.

    The same key is the same event and stays as it is: it is not told again. The callers hold the subjects' locks.
    """
    known = _known(rows)
    for row in rows:
        told = known.setdefault((row.recipient_id, row.title), _Known())
        if row.dedupe_key in told.keys:
            continue
        told.keys.add(row.dedupe_key)
        told.count += 1
        if told.count > 1:
            row.title = _again(row.title, told.count)


@in_house_language
def _mark() -> str:
    """What follows the second title; it begins alike whatever the count."""
    return _("（第%(count)d次）")


def _again(title: str, count: int) -> str:
    return title[: LONGEST - ROOM] + _mark() % {"count": count}


def _beginning(title: str) -> str:
    return title[: LONGEST - ROOM] + _mark().partition("%(count)d")[0]


def _known(rows: Sequence[Notice]) -> dict[Words, _Known]:
    """What these people were told in these words before, with what was told apart from it."""
    recipients, titles = {row.recipient_id for row in rows}, {row.title for row in rows}
    known: dict[Words, _Known] = {}
    for recipient, title, key in _told(sorted(recipients), sorted(titles)):
        told = known.setdefault((recipient, title), _Known())
        told.keys.add(key)
        told.count += 1
    if known:
        _count_later(known)
    return known


@written_once
def _told(recipients: Any, titles: Any) -> QuerySet[Notice, Any]:
    rows = Notice.objects.filter(OneOf("recipient", recipients), OneOf("title", titles))
    return rows.values_list("recipient_id", "title", "dedupe_key")


def _count_later(known: dict[Words, _Known]) -> None:
    """Those that were told apart already begin with the same words."""
    beginnings = sorted({_beginning(title) for _recipient, title in known})
    later = Notice.objects.filter(
        reduce(or_, (Q(title__startswith=words) for words in beginnings)),
        recipient__in={recipient for recipient, _title in known},
    )
    for recipient, title, key in later.values_list("recipient_id", "title", "dedupe_key"):
        for (person, words), told in known.items():
            if person == recipient and title.startswith(_beginning(words)):
                told.keys.add(key)
                told.count += 1
