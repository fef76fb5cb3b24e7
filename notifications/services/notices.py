"""Telling people. The in-app notice is delivered by being written; what leaves the system is queued beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.models import Notice
from notifications.services import outbox

BATCH = 1000


@dataclass(frozen=True)
class NewNotice:
    """What to tell whom (user ids); `dedupe_key` makes it happen once for each recipient."""

    recipients: tuple[int, ...]
    kind: str
    title: str
    body: str
    url: str
    dedupe_key: str
    urgent: bool = False


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
    """One notice for each recipient, inside the caller's transaction. `urgent` leaves outside hours too."""
    notify_many([NewNotice(tuple(recipients), kind, title, body, url, dedupe_key, urgent)], now=now)


def notify_many(notices: Sequence[NewNotice], *, now: datetime) -> None:
    """The same for a batch, in a fixed number of statements. What was told before is not told again."""
    rows = [
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
        for notice in notices
        for recipient in dict.fromkeys(notice.recipients)
    ]
    rows.sort(key=lambda row: (row.dedupe_key, row.recipient_id))  # one order of locks for all
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    if rows:
        outbox.queue({row.dedupe_key for row in rows}, now=now)


def withdraw(dedupe_keys: Collection[str], *, now: datetime) -> None:
    """Takes back what this very transaction has written at `now`, before anybody could read it."""
    Notice.objects.filter(dedupe_key__in=dedupe_keys, created_at=now, read_at=None).delete()
