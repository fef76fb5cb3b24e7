"""A person reads their notices."""

from datetime import datetime

from notifications.errors import NoSuchNotice
from notifications.models import Notice


def mark_read(*, notice_id: int, user_id: int | None, now: datetime) -> Notice:
    """One of their own; reading it again changes nothing. Somebody else's is not there."""
    notice = Notice.objects.of(user_id).filter(pk=notice_id).first()
    if notice is None:
        raise NoSuchNotice
    if notice.read_at is None:
        Notice.objects.of(user_id).unread().filter(pk=notice_id).update(read_at=now)
    return notice


def mark_group_read(*, subject: str, subject_id: int, user_id: int | None, up_to: int, now: datetime) -> int:
    """Their unread ones of one matter up to the newest they were shown; how many."""
    rows = Notice.objects.of(user_id).unread().filter(subject=subject, subject_id=subject_id, pk__lte=up_to)
    return rows.update(read_at=now) if subject and subject_id else 0


def mark_all_read(*, user_id: int | None, up_to: int, now: datetime) -> int:
    """All their unread ones up to the newest they were shown; how many. Later ones stay unread."""
    return Notice.objects.of(user_id).unread().filter(pk__lte=up_to).update(read_at=now)
