"""Many registrations in one transaction are what each of them would have been alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.batch_cache import BatchCache
from core.errors import InvalidInput
from disputes.models import Dispute, LedgerBook, TrailEntry
from disputes.services import intake
from notifications.models import Notice
from safekeeping.services import verify
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered

pytestmark = pytest.mark.django_db

GENERATED = {"id", "seq", "number", "query_code_hash"}


def checked(by, now, **facts):
    return intake.checked(facts=replace(QUARREL, **facts), by=actor(by), now=now)


def as_written(dispute):
    row = Dispute.objects.filter(pk=dispute.pk).values().get()
    return {name: value for name, value in row.items() if name not in GENERATED}


def test_a_row_of_a_batch_is_what_it_would_be_alone(clerk, monday):
    alone = registered(clerk, monday)
    first, second = intake.register_many(batch=[checked(clerk, monday)] * 2, memo=BatchCache())
    assert as_written(first) == as_written(second) == as_written(alone)
    assert set(first.grants.values_list("key", "reason")) == set(alone.grants.values_list("key", "reason"))
    assert [e.step for e in first.trail.all()] == [e.step for e in alone.trail.all()]
    assert Notice.objects.filter(kind="step.register").count() == 3


def test_the_object_handed_back_says_what_the_row_says(clerk, monday):
    dispute = registered(clerk, monday)
    for name, value in as_written(dispute).items():
        if name != "search":  # written as text, read as an index
            assert getattr(dispute, name) == value, name


def test_a_batch_takes_the_numbers_of_each_book_in_its_order(clerk, outsider, monday):
    registered(clerk, monday)
    batch = [checked(by, monday) for by in (clerk, outsider, clerk, clerk)]
    numbers = [dispute.number for dispute in intake.register_many(batch=batch, memo=BatchCache())]
    assert [number[-6:] for number in numbers] == ["000002", "000001", "000003", "000004"]
    assert sorted(LedgerBook.objects.values_list("last_seq", flat=True)) == [1, 4]


def test_the_chains_of_a_batch_are_sound(clerk, monday):
    batch = [checked(clerk, monday, title=f"第{n}件") for n in range(3)]
    for dispute in intake.register_many(batch=batch, memo=BatchCache()):
        assert not verify.verify_dispute(dispute.pk).faults


def test_what_is_checked_is_not_written(clerk, monday):
    with pytest.raises(InvalidInput):
        checked(clerk, monday, title="")
    checked(clerk, monday)
    assert not Dispute.objects.exists()
    assert not TrailEntry.objects.exists()
    assert not LedgerBook.objects.exists()


@pytest.mark.parametrize("door", [intake.register_many, intake.register_imported])
def test_ten_take_no_more_statements_than_two(door, clerk, coordinator, monday):
    registered(clerk, monday)  # the book's first row costs more
    counts = []
    for size in (2, 10):
        batch = [checked(clerk, monday, title=f"{size}件中的第{n}件") for n in range(size)]
        with CaptureQueriesContext(connection) as seen:
            door(batch=batch, memo=BatchCache())
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_batch_tells_of_each_at_its_moment_and_in_the_order_of_time(clerk, coordinator, monday):
    moments = [monday + timedelta(days=n) for n in range(12)]  # keys of ten and more sort before that of two
    batch = [checked(clerk, at) for at in moments]
    disputes = intake.register_many(batch=batch, memo=BatchCache())
    told = Notice.objects.filter(kind="step.register", recipient=coordinator.user).order_by("id")
    assert list(told.values_list("subject_id", "created_at")) == [
        (dispute.pk, at) for dispute, at in zip(disputes, moments, strict=True)
    ]
