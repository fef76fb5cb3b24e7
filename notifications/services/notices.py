"""Telling people. The in-app notice is delivered by being written; what leaves the system is queued beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.inserted import insert
from core.written_once import OneOf, written_once
from notifications.models import Notice, Preference
from notifications.rules import topics
from notifications.services import outbox, words
from notifications.sight import Asked, Sight, guard_of


@dataclass(frozen=True)
class NewNotice:
    """What to tell whom (user ids); `dedupe_key` makes it happen once for each recipient.

    `subject` and `subject_id` say what its page shows: whoever may not open it is not told, or where `elsewhere` names
    a page they may open, is told the title alone. `inner`: the page shows what is disclosed to fewer.
    `urgent` (人身危险、一二级、最后几小时) is marked, never muted, and leaves at once; `at_once` only leaves at once.
    `tells_level`: that it is urgent would tell its level, so who may not know this is told without the mark.
    """

    recipients: tuple[int, ...]
    kind: str
    title: str
    body: str
    url: str
    dedupe_key: str
    urgent: bool = False
    at_once: bool = False
    tells_level: bool = False
    subject: str = ""
    subject_id: int = 0
    inner: bool = False
    elsewhere: str = ""
    at: datetime | None = None  # when, where a batch tells of several moments


def notify(
    *,
    recipients: Sequence[int],
    kind: str,
    title: str,
    body: str = "",
    url: str = "",
    dedupe_key: str,
    urgent: bool = False,
    at_once: bool = False,
    now: datetime,
) -> None:
    """One notice about nothing that is guarded, for each recipient, inside the caller's transaction. `urgent` and
    `at_once` leave outside hours too."""
    notify_many([NewNotice(tuple(recipients), kind, title, body, url, dedupe_key, urgent, at_once)], now=now)


def notify_many(notices: Sequence[NewNotice], *, now: datetime) -> None:
    """A batch, in a fixed number of statements. What was told before is not told again; who may not open the page of a
    subject is not told of it, and who was told of another event in the same words hears which time it is."""
    notices = _as_far_as_seen(notices, now)
    wishes = _wishes(notices)
    about = [row for notice in notices if notice.subject for row in _rows(notice, wishes, now)]
    if about:
        words.told_apart(about)
    rows = about + [row for notice in notices if not notice.subject for row in _rows(notice, wishes, now)]
    rows.sort(key=_place)
    insert(rows, ignore_conflicts=True)
    if rows:
        outbox.queue({row.dedupe_key for row in rows}, now=now, told_at={row.created_at for row in rows})


def _place(row: Notice) -> tuple[datetime, str, int]:
    """Lists of notices go by id, so ids follow time; those of one moment have one order of locks for all."""
    return row.created_at, row.dedupe_key, row.recipient_id


def _rows(notice: NewNotice, wishes: Mapping[int, frozenset[str]], now: datetime) -> list[Notice]:
    recipients = dict.fromkeys(notice.recipients)
    return [_row(notice, recipient, wishes.get(recipient, frozenset()), now) for recipient in recipients]


def _row(notice: NewNotice, recipient: int, wishes: frozenset[str], now: datetime) -> Notice:
    topic = topics.topic_of(notice.kind)
    return Notice(
        recipient_id=recipient,
        kind=notice.kind,
        topic=topic,
        title=notice.title[:200],
        body=notice.body,
        url=notice.url,
        subject=notice.subject,
        subject_id=notice.subject_id,
        urgent=notice.urgent,
        at_once=notice.urgent or notice.at_once,
        muted=topics.is_muted(topic, urgent=notice.urgent, wishes=wishes),
        dedupe_key=notice.dedupe_key,
        created_at=notice.at or now,
    )


def _wishes(notices: Sequence[NewNotice]) -> dict[int, frozenset[str]]:
    """The topics each recipient has muted; one query, none where nothing could be muted."""
    asked = {user for notice in notices if not notice.urgent for user in notice.recipients}
    return {user: frozenset(muted) for user, muted in (_muted(list(asked)) if asked else ())}


@written_once
def _muted(users: Any) -> QuerySet[Preference, tuple[int, list[str]]]:
    return Preference.objects.filter(OneOf("user", users)).exclude(muted=[]).values_list("user_id", "muted")


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
    """Each may open it; and where the mark itself would tell a level, each may know this."""
    asked = [Asked(notice.subject_id, user, notice.inner) for user in notice.recipients]
    if _mark_tells(notice):
        asked += [Asked(notice.subject_id, user, inner=True) for user in notice.recipients]
    return asked


def _mark_tells(notice: NewNotice) -> bool:
    return notice.urgent and notice.tells_level and not notice.inner


def _parts(notice: NewNotice, seen: Mapping[tuple[str, Asked], Sight]) -> list[NewNotice]:
    if not notice.subject:
        return [notice]
    subject = notice.subject
    sights = {user: seen[subject, Asked(notice.subject_id, user, notice.inner)] for user in notice.recipients}
    if set(sights.values()) == {Sight.OPEN}:
        return _with_or_without_mark(notice, seen)
    told = tuple(user for user in notice.recipients if sights[user] is Sight.OPEN)
    outside = tuple(user for user in notice.recipients if sights[user] is Sight.CLOSED)
    parts = _with_or_without_mark(replace(notice, recipients=told), seen) if told else []
    if outside and notice.elsewhere:
        parts.append(_elsewhere(notice, outside))
    return parts


def _elsewhere(notice: NewNotice, outside: tuple[int, ...]) -> NewNotice:
    """The title alone; what stands beside it in a list is asked by its reader's sight."""
    told = replace(notice, recipients=outside, body="", url=notice.elsewhere)
    return replace(told, urgent=False, at_once=True) if notice.urgent and notice.tells_level else told


def _with_or_without_mark(notice: NewNotice, seen: Mapping[tuple[str, Asked], Sight]) -> list[NewNotice]:
    if not _mark_tells(notice):
        return [notice]
    knows = {
        user: seen[notice.subject, Asked(notice.subject_id, user, inner=True)] is Sight.OPEN
        for user in notice.recipients
    }
    if all(knows.values()):
        return [notice]
    marked = tuple(user for user in notice.recipients if knows[user])
    plain = tuple(user for user in notice.recipients if not knows[user])
    parts = [replace(notice, recipients=marked)] if marked else []
    return parts + ([replace(notice, recipients=plain, urgent=False, at_once=True)] if plain else [])


def withdraw(dedupe_keys: Collection[str], *, now: datetime) -> None:
    """Takes back what this very transaction has written at `now`, before anybody could read it."""
    Notice.objects.filter(dedupe_key__in=dedupe_keys, created_at=now, read_at=None).delete()
