"""Whom a comment on a dispute may name: those who can read it, and nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import Appointment, User
from core.actor import Actor
from core.clock import shanghai_date
from core.numbers import whole
from disputes.choices import SUBJECT
from disputes.models import Dispute, EntryText
from disputes.selectors.intake import Option
from notifications.sight import Asked, Sight, guard_of

MOST = 5  # named in one comment
SHOWN = 12
SEQ_MOST = 2**31 - 1  # of the column
LOOKED_AT = 120  # people of that name whose sight is asked


def offered(dispute: Dispute, typed: str, working: Sequence[int], now: datetime) -> list[Option]:
    """Those who can read it, by name, account or unit; with nothing typed whoever has to do with it (`working`, users).
    Nine queries at most, however many people there are."""
    people = Appointment.objects.current(shanghai_date(now)).with_post().order_by("user_id", "pk")
    typed = typed.strip()
    meant = Q(user__name__icontains=typed) | Q(user__username__istartswith=typed)
    of_unit = Q(post__organization__name__icontains=typed) | Q(
        post__organization__short_name__icontains=typed
    )
    people = people.filter(meant | of_unit) if typed else people.filter(user__in=working)
    first: dict[int, Appointment] = {}
    for person in people[:LOOKED_AT]:
        first.setdefault(person.user_id, person)
    known = readers(dispute, first, now)
    rows = [person for user, person in first.items() if user in known]
    rows.sort(key=lambda row: (row.user_id not in working, typed not in row.user.name, row.pk))
    return [Option(row.user.username, row.user.name, str(row.post)) for row in rows[:SHOWN]]


def readers(dispute: Dispute, users: Iterable[int], now: datetime) -> set[int]:
    """Who among these users opens its content, level and plans included."""
    asked = {Asked(dispute.pk, user, inner=True) for user in users}
    if not asked:
        return set()
    return {one.user_id for one, sight in guard_of(SUBJECT)(asked, now).items() if sight is Sight.OPEN}


def readers_named(dispute: Dispute, usernames: Iterable[str], now: datetime) -> dict[str, int]:
    """Username → user, of those who can read it."""
    wanted = list(usernames)
    users = dict(User.objects.filter(username__in=wanted).values_list("username", "pk")) if wanted else {}
    known = readers(dispute, users.values(), now)
    return {name: pk for name, pk in users.items() if pk in known}


def words_of(dispute: Dispute, seq: int) -> str:
    """A comment as it stands: its words, or those of its last correction."""
    texts = EntryText.objects.filter(entry__dispute=dispute, name="comment").select_related("entry")
    said = {row.entry.seq: row for row in texts.order_by("entry__seq")}
    corrected = [row for row in said.values() if _corrects(row) == seq]
    last = corrected[-1] if corrected else said.get(seq)
    return last.text if last is not None else ""


def own_words(dispute: Dispute, typed: str, by: Actor) -> str:
    """The comment of that place in the trail as it stands, for who wrote it; empty for anybody else, and for none."""
    seq = whole(typed, most=SEQ_MOST)
    if seq is None or by.user_id is None:
        return ""
    mine = dispute.trail.filter(seq=seq, step="comment", user_id=by.user_id)
    return words_of(dispute, seq) if mine.exists() else ""


def _corrects(text: EntryText) -> int | None:
    found: int | None = json.loads(text.entry.payload)["data"].get("comment")
    return found


def label_of(username: str) -> str:
    """The name that stands for an account in the list."""
    user = User.objects.filter(username=username).first()
    return str(user) if user else username
