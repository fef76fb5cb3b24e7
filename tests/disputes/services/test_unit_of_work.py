"""A dispute in hand is saved once, however many wrote into it; what fails leaves no trace, not in the object either."""

import contextlib
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.keys import person_key
from accounts.models import Appointment
from core.actor import Actor
from disputes import public
from disputes.models import AccessGrant, Dispute
from disputes.services import in_hand
from tests.factories.disputes import registered

BY = Actor.system("test")
ENTRY, OTHER = "escalation_climbed", "escalation_phoned"  # words that are registered


@pytest.fixture
def dispute(clerk: Appointment, now: datetime) -> Dispute:
    return registered(clerk, now - timedelta(days=1))


def saves(asked: CaptureQueriesContext) -> list[str]:
    return [
        one["sql"] for one in asked.captured_queries if one["sql"].startswith('UPDATE "disputes_dispute"')
    ]


def steps(dispute: Dispute) -> list[str]:
    return list(dispute.trail.order_by("seq").values_list("step", flat=True))


@pytest.mark.django_db
def test_four_changes_and_two_blocks_are_one_save(
    dispute: Dispute, mayor: Appointment, now: datetime
) -> None:
    with CaptureQueriesContext(connection) as asked, public.working_on(dispute, by=BY, now=now) as work:
        work.set_level(3)
        with public.working_on(dispute, by=BY, now=now) as inner:
            inner.open_to([person_key(mayor.user_id)])
            inner.record(ENTRY, data={"first": True})
        work.record(OTHER)
    assert len(saves(asked)) == 1
    row = Dispute.objects.get(pk=dispute.pk)
    assert (row.warning_level, row.version) == (3, dispute.version)
    assert person_key(mayor.user_id) in row.access_keys
    assert steps(row)[-2:] == [ENTRY, OTHER]


@pytest.mark.django_db
def test_a_batch_is_saved_in_one_statement(clerk: Appointment, now: datetime) -> None:
    many = [registered(clerk, now - timedelta(days=1, minutes=number)) for number in range(3)]
    with (
        CaptureQueriesContext(connection) as asked,
        public.working_on_all(many, by=BY, now=now) as works,
    ):
        for level, work in enumerate(works.values(), start=1):
            work.set_level(level, hurry=False)
            work.record(ENTRY)
    assert len(saves(asked)) == 1
    levels = Dispute.objects.filter(pk__in=[one.pk for one in many]).order_by("pk")
    assert list(levels.values_list("warning_level", flat=True)) == [1, 2, 3]


@pytest.mark.django_db
def test_what_fails_inside_is_taken_back_and_the_rest_stands(
    dispute: Dispute, mayor: Appointment, now: datetime
) -> None:
    before = list(dispute.access_keys)
    with public.working_on(dispute, by=BY, now=now) as work:
        work.record(ENTRY)
        with (
            contextlib.suppress(ZeroDivisionError),
            transaction.atomic(),
            public.working_on(dispute, by=BY, now=now) as inner,
        ):
            inner.set_level(2, hurry=False)
            inner.open_to([person_key(mayor.user_id)])
            inner.record(OTHER)
            raise ZeroDivisionError
        assert (dispute.warning_level, dispute.access_keys) == (0, before)
    row = Dispute.objects.get(pk=dispute.pk)
    assert (row.warning_level, row.access_keys, row.version) == (0, before, dispute.version)
    assert steps(row)[-1] == ENTRY
    assert not AccessGrant.objects.filter(dispute=row, key=person_key(mayor.user_id)).exists()


@pytest.mark.django_db
def test_an_entry_that_was_written_early_in_what_fails_is_written_after_all(
    dispute: Dispute, now: datetime
) -> None:
    """As `urgency.hurry` does: it appends its own, so what waits goes first; then the savepoint takes back both."""
    with public.working_on(dispute, by=BY, now=now) as work:
        work.record(ENTRY)
        again = public.working_on(dispute, by=BY, now=now)
        with contextlib.suppress(ZeroDivisionError), transaction.atomic(), again:
            in_hand.write_entries(dispute)
            raise ZeroDivisionError
    assert steps(dispute).count(ENTRY) == 1


@pytest.mark.django_db
def test_the_row_in_hand_is_one_object(dispute: Dispute, now: datetime) -> None:
    with transaction.atomic(), public.working_on(dispute, by=BY, now=now):
        assert public.lock_visible(BY, pk=dispute.pk) is dispute
        assert public.lock_many([dispute.pk]) == [dispute]
        other = Dispute.objects.get(pk=dispute.pk)
        with pytest.raises(RuntimeError), public.working_on(other, by=BY, now=now):
            pass
    assert public.lock_many([dispute.pk])[0] is not dispute


@pytest.mark.django_db
def test_sight_that_was_opened_and_closed_again_is_closed(
    dispute: Dispute, mayor: Appointment, now: datetime
) -> None:
    key = person_key(mayor.user_id)
    with public.working_on(dispute, by=BY, now=now) as work:
        work.open_to([key])
        work.close_to([key])
    row = Dispute.objects.get(pk=dispute.pk)
    assert key not in row.access_keys
    assert AccessGrant.objects.get(dispute=row, key=key).ends_at == now
