"""One statement that writes many rows leaves the records that as many statements would. The right records are
written out by hand here."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection

from accounts.models import Appointment
from disputes.models import Assignment, Dispute, Party
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db

Record = tuple[int, int | None, str, object]  # row, dispute, op, what it says of `head_count`


def _records(kind: str, since: int, column: str) -> list[Record]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_id, dispute_id, op, facts -> %s FROM audit_factrecord WHERE kind = %s AND id > %s ORDER BY id",
            [column, kind, since],
        )
        return [(row, dispute, op, None if says is None else int(says)) for row, dispute, op, says in cursor]


def _last() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM audit_factrecord")
        return int(cursor.fetchone()[0])


@pytest.fixture
def other(people: dict[str, Appointment], now: datetime) -> Dispute:
    return registered(people["t01.clerk"], now)


@pytest.fixture
def parties(full: Dispute) -> list[Party]:
    """Three of one dispute, written by one statement."""
    return Party.objects.bulk_create(
        Party(dispute=full, role="respondent", name=f"某{number}", head_count=number) for number in (3, 4, 5)
    )


def test_rows_written_together_are_recorded_one_by_one(full: Dispute) -> None:
    since = _last()
    made = Party.objects.bulk_create(
        Party(dispute=full, role="respondent", name=f"某{number}", head_count=number) for number in (6, 7)
    )
    expected = [(made[0].pk, full.pk, "I", 6), (made[1].pk, full.pk, "I", 7)]
    assert sorted(_records("disputes_party", since, "head_count")) == sorted(expected)


def test_only_rows_that_say_something_else_are_recorded(full: Dispute, parties: list[Party]) -> None:
    since = _last()
    Party.objects.filter(pk__in=[one.pk for one in parties]).update(head_count=4)
    expected = [(parties[0].pk, full.pk, "U", 4), (parties[2].pk, full.pk, "U", 4)]
    assert sorted(_records("disputes_party", since, "head_count")) == sorted(expected)


def test_rows_that_go_together_are_recorded_one_by_one(full: Dispute, parties: list[Party]) -> None:
    since = _last()
    Party.objects.filter(pk__in=[one.pk for one in parties]).delete()
    expected = [(one.pk, full.pk, "D", None) for one in parties]
    assert sorted(_records("disputes_party", since, "head_count"), key=str) == sorted(expected, key=str)


def test_a_row_that_goes_over_to_another_dispute_ends_here_and_begins_there(
    full: Dispute, other: Dispute, parties: list[Party]
) -> None:
    since = _last()
    Party.objects.filter(pk__in=[one.pk for one in parties[:2]]).update(dispute=other)
    expected = {
        (parties[0].pk, full.pk, "D", None), (parties[0].pk, other.pk, "I", 3),
        (parties[1].pk, full.pk, "D", None), (parties[1].pk, other.pk, "I", 4),
    }  # fmt: skip
    assert set(_records("disputes_party", since, "head_count")) == expected


def test_a_row_that_hangs_on_another_is_recorded_with_its_dispute(full: Dispute) -> None:
    since, assignment = _last(), Assignment.objects.filter(dispute=full).first()
    assert assignment is not None
    co_units = assignment.co_units.through.objects
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), min(id) FROM jurisdictions_organization")
        units = cursor.fetchone()
    co_units.filter(assignment_id=assignment.pk).delete()
    since = _last()
    co_units.bulk_create(co_units.model(assignment_id=assignment.pk, organization_id=unit) for unit in units)
    found = _records("disputes_assignment_co_units", since, "organization_id")
    assert {(dispute, op, unit) for _row, dispute, op, unit in found} == {
        (full.pk, "I", unit) for unit in units
    }


def test_a_statement_that_finds_no_row_records_nothing(full: Dispute) -> None:
    since = _last()
    Party.objects.filter(pk=0).update(head_count=9)
    Party.objects.filter(pk=0).delete()
    assert _records("disputes_party", since, "head_count") == []
