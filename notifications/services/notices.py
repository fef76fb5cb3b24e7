"""Telling people. The in-app notice is delivered by being written; what leaves the system is queued beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from notifications.models import Notice
from notifications.services import outbox, words
from notifications.sight import Asked, Sight, guard_of

BATCH = 1000


@dataclass(frozen=True)
class NewNotice:
    """What to tell whom (user ids); `dedupe_key` makes it happen once for each recipient.

    `subject` and `subject_id` say what its page shows: whoever may not open it is not told, or where `elsewhere` names
    a page they may open, is told the title alone. `inner`: the page shows what is disclosed to fewer.
    """

    recipients: tuple[int, ...]
    kind: str
    title: str
    body: str
    url: str
    dedupe_key: str
    urgent: bool = False
    subject: str = ""
    subject_id: int = 0
    inner: bool = False
    elsewhere: str = ""


def notify(
    *,
    recipients: Sequence[int],
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    dedupe_key: str,
    urgent: bool = False,
    now: datetime,
) -> None:
    """One notice about nothing that is guarded, for each recipient, inside the caller's transaction. `urgent` leaves
    outside hours too."""
    notify_many([NewNotice(tuple(recipients), kind, title, body, url, dedupe_key, urgent)], now=now)


def notify_many(notices: Sequence[NewNotice], *, now: datetime) -> None:
    """A batch, in a fixed number of statements. What was told before is not told again; who may not open the page of a
    subject is not told of it, and who was told of another event in the same words hears which time it is."""
    notices = _as_far_as_seen(notices, now)
    about = [row for notice in notices if notice.subject for row in _rows(notice, now)]
    if about:
        words.told_apart(about)
    rows = about + [row for notice in notices if not notice.subject for row in _rows(notice, now)]
    rows.sort(key=lambda row: (row.dedupe_key, row.recipient_id))  # one order of locks for all
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    if rows:
        outbox.queue({row.dedupe_key for row in rows}, now=now)


def _rows(notice: NewNotice, now: datetime) -> list[Notice]:
    return [
        Notice(
            recipient_id=recipient,
            kind=notice.kind,
            title=notice.title[:200],
            body=notice.body,
            url=notice.url,
            urgent=notice.urgent,
            dedupe_key=notice.dedupe_key,
            created_at=now,
        )
        for recipient in dict.fromkeys(notice.recipients)
    ]


def _as_far_as_seen(notices: Sequence[NewNotice], now: datetime) -> list[NewNotice]:
    """The same notices, each to those who may open its page, and without its body to the page that stands instead."""
    asked: dict[str, set[Asked]] = {}
    for notice in notices:
        if notice.subject:
            asked.setdefault(notice.subject, set()).update(_asked(notice))
    seen: dict[tuple[str, Asked], Sight] = {}
    for subject, questions in asked.items():
        answers = guard_of(subject)(questions, now) if questions else {}
        seen |= {(subject, question): sight for question, sight in answers.items()}
    return [part for notice in notices for part in _parts(notice, seen)]


def _asked(notice: NewNotice) -> list[Asked]:
    return [Asked(notice.subject_id, user, notice.inner) for user in notice.recipients]


def _parts(notice: NewNotice, seen: Mapping[tuple[str, Asked], Sight]) -> list[NewNotice]:
    if not notice.subject:
        return [notice]
    sights = {asked.user_id: seen[notice.subject, asked] for asked in _asked(notice)}
    told = tuple(user for user in notice.recipients if sights[user] is Sight.OPEN)
    outside = tuple(user for user in notice.recipients if sights[user] is Sight.CLOSED)
    parts = [replace(notice, recipients=told)] if told else []
    if outside and notice.elsewhere:
        parts.append(replace(notice, recipients=outside, body="", url=notice.elsewhere))
    return parts


def withdraw(dedupe_keys: Collection[str], *, now: datetime) -> None:
    """Takes back what this very transaction has written at `now`, before anybody could read it."""
    Notice.objects.filter(dedupe_key__in=dedupe_keys, created_at=now, read_at=None).delete()
