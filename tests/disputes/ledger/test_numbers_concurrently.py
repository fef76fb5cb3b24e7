"""Numbers without gaps while several register at once and some of them fail half way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection, transaction

from accounts.models import Appointment
from disputes.models import Dispute, LedgerBook
from safekeeping.services import verify
from tests.factories import disputes

THREADS, EACH = 6, 8


class Undone(Exception):
    """What goes wrong after the number was taken."""


def _register_some(worker: int, clerk: Appointment, now: datetime) -> int:
    """Registers; every third time the transaction is rolled back with the number in hand."""
    kept = 0
    try:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    disputes.registered(clerk, now, title=f"第 {worker} 组第 {turn} 件")
                    if turn % 3 == worker % 3:
                        raise Undone
                kept += 1
            except Undone:
                pass
    finally:
        connection.close()
    return kept


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_though_many_register_and_some_are_undone(
    clerk: Appointment, outsider: Appointment, now: datetime
) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        jobs = [
            pool.submit(_register_some, worker, (clerk, outsider)[worker % 2], now)
            for worker in range(THREADS)
        ]
        kept = sum(job.result() for job in jobs)
    assert Dispute.objects.count() == kept > THREADS
    for book in LedgerBook.objects.all():
        assert list(book.disputes.order_by("seq").values_list("seq", flat=True)) == list(
            range(1, book.last_seq + 1)
        )
    assert verify.verify().fault_count == 0
