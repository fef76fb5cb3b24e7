"""The only writer of notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.models import Notice


@dataclass(frozen=True)
class NewNotice:
    """What to tell whom; `dedupe_key` makes it happen once for each recipient."""

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
    """One notice for each recipient (user ids), inside the caller's transaction."""
    notify_many([NewNotice(tuple(recipients), kind, title, body, url, dedupe_key, urgent)], now=now)


def notify_many(notices: Sequence[NewNotice], *, now: datetime) -> None:
    """The same for a batch: one statement whatever its size."""
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
        for recipient in notice.recipients
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
