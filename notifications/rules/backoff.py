"""When a message that could not be delivered is tried again."""

from datetime import timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
SENDING_AT_MOST = timedelta(minutes=10)  # longer than any channel's time-out: the sender is gone


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when it is given up, about five hours on."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
