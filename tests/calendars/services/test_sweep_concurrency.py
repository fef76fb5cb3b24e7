"""The sweep against itself and against people, on real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction

from calendars import reference, subjects
from calendars.models import CalendarYear, Deadline
from calendars.services import deadlines
from calendars.services.sweep import SweepReport, sweep
from core import transactions
from core.actor import Actor
from tests.calendars.conftest import Heard, at
from tests.factories.calendars import a_deadline, many_deadlines

pytestmark = pytest.mark.django_db(transaction=True)
LATE = at(2026, 4, 1)


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> None:
    """Reference data that other connections see."""
    reference.load_calendars(at(2026, 1, 5))


def in_thread(work: Callable[[], SweepReport]) -> SweepReport:
    try:
        return work()
    finally:
        connections.close_all()


def by_place_of_year(ids: Collection[int]) -> set[int]:
    """Locks real rows as disputes does: here the calendar's years stand for subjects."""
    rows = CalendarYear.objects.filter(year__in=ids).order_by("pk").select_for_update(skip_locked=True)
    return set(rows.values_list("year", flat=True))


def test_two_sweeps_at_once_tell_every_miss_exactly_once(heard: Heard) -> None:
    rows = many_deadlines(600)
    start = threading.Barrier(3)

    def work() -> SweepReport:
        start.wait()
        return sweep(LATE)

    with ThreadPoolExecutor(3) as pool:
        reports = [future.result() for future in [pool.submit(in_thread, work) for _ in range(3)]]

    assert sum(report.missed.changed for report in reports) == 600
    assert [report.missed.failed for report in reports] == [0, 0, 0]
    assert sorted(heard.missed_ids) == [row.pk for row in rows]


def test_a_subject_in_somebodys_hands_is_skipped_not_waited_for(heard: Heard) -> None:
    subjects.register("year", by_place_of_year)
    held, free = (a_deadline(subject_type="year", subject_id=year) for year in (2025, 2026))

    with transaction.atomic():
        by_place_of_year([2025])
        with ThreadPoolExecutor(1) as pool:
            report = pool.submit(in_thread, lambda: sweep(LATE)).result(timeout=60)
        assert (report.missed.changed, heard.missed_ids) == (1, [free.pk])

    assert sweep(LATE).missed.changed == 1
    assert sorted(heard.missed_ids) == sorted([held.pk, free.pk])


def test_who_acts_late_and_the_sweep_tell_one_miss_between_them(by: Actor, heard: Heard) -> None:
    deadline = a_deadline()
    start = threading.Barrier(2)

    def meet_late() -> SweepReport:
        start.wait()
        deadlines.meet(deadline_id=deadline.pk, by=by, now=LATE)
        return SweepReport()

    def work() -> SweepReport:
        start.wait()
        return sweep(LATE)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(in_thread, meet_late), pool.submit(in_thread, work)]:
            future.result()

    deadline.refresh_from_db()
    assert heard.missed_ids == [deadline.pk]
    assert deadline.met_at == LATE


def test_a_lock_held_too_long_is_tried_again_and_then_left_for_the_next_sweep(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "LOCK_TIMEOUT", "50ms")
    deadline = a_deadline()

    with transaction.atomic():
        Deadline.objects.select_for_update().get(pk=deadline.pk)
        with ThreadPoolExecutor(1) as pool:
            report = pool.submit(in_thread, lambda: sweep(LATE)).result(timeout=60)

    assert (report.missed.changed, report.missed.failed) == (0, 1)
    assert sweep(LATE).missed.changed == 1


def test_a_killed_sweep_leaves_whole_batches_and_the_next_one_finishes(heard: Heard) -> None:
    """The connection dies in the third batch, as when the worker is killed."""
    many_deadlines(600)
    told = 0

    def die(ids: Collection[int]) -> set[int]:
        nonlocal told
        told += 1
        if told == 3:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pid = cursor.fetchone()[0]
            kill(pid)
        return set(ids)

    subjects.register("test", die)
    with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError):
        pool.submit(in_thread, lambda: sweep(LATE)).result(timeout=30)
    subjects.register("test", set)  # nothing dies any more

    assert Deadline.objects.exclude(missed_at=None).count() == 400
    assert sweep(LATE + timedelta(minutes=1)).missed.changed == 200
    assert len(heard.missed_ids) == len(set(heard.missed_ids)) == 600


def kill(pid: int) -> None:
    """Ends a backend from another connection."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    finally:
        other.close()
