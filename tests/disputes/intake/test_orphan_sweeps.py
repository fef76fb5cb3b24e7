"""Two sweeps of unneeded files at once: both end well, and each file is counted by the one that removed it."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections

from disputes.services import attachments, blobs

pytestmark = pytest.mark.django_db(transaction=True)


def orphans(count: int) -> datetime:
    """So many contents that nobody names, 25 hours old; and the moment of the sweep."""
    now = datetime.now().astimezone()
    stored = (now - timedelta(hours=25)).timestamp()
    for number in range(count):
        path = blobs.path_of(blobs.write(b"orphan %d" % number))
        os.utime(path, (stored, stored))
    return now


def left() -> int:
    return len(list(blobs.folder().glob("??/*")))


def test_what_another_sweep_removed_meanwhile_is_passed_over() -> None:
    now = orphans(5)
    found = blobs.stored_before(now - attachments.ORPHANED_AFTER)
    _name, paths = next(found)  # the first sweep has made its list

    assert attachments.sweep_orphans(now) == 5
    assert list(found) == []
    assert not blobs.remove(paths)


def test_sweeps_at_once_both_end_well() -> None:
    now, start = orphans(60), threading.Barrier(2)

    def work() -> int:
        start.wait()
        try:
            return attachments.sweep_orphans(now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        removed = [future.result() for future in [pool.submit(work) for _ in range(2)]]

    assert sum(removed) == 60
    assert left() == 0
