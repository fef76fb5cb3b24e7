"""After a commit: send what waits. The message carries nothing; the rows say what is to do."""

import time

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError

from core import clock
from notifications.services import sending

log = structlog.get_logger(__name__)
RUN_AT_MOST = 50  # seconds; the periodic job goes on where a run stops
MESSAGE_LIVES = 300  # seconds; older messages say nothing the periodic job has not found


@shared_task(name="notifications.send_waiting")
def send_waiting() -> int:
    """How many it sent or tried. Two at once share the rows between them."""
    ends = time.monotonic() + RUN_AT_MOST
    count = 0
    while time.monotonic() < ends and sending.send_next(now=clock.now()):
        count += 1
    return count


def wake_sender() -> None:
    """Called after commit. A broker that is away costs nothing but time: the periodic job sends the rows."""
    try:
        send_waiting.apply_async(retry=False, expires=MESSAGE_LIVES)
    except (OperationalError, OSError) as error:
        log.warning("broker_unavailable", error=str(error))
