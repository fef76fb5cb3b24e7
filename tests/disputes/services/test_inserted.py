"""New rows by a statement that is written once: in the database as `bulk_create` would put them there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.forms.models import model_to_dict

from accounts.models import Appointment, User
from calendars.models import Deadline
from core.inserted import MOST, insert
from disputes.models import AccessGrant, Dispute, EntryText, Party
from notifications.models import Notice
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(clerk: Appointment, monday: datetime) -> Dispute:
    return registered(clerk, monday)


def party(dispute: Dispute, position: int, **more: Any) -> Party:
    given = {"role": "applicant", "kind": "natural", "name": f"李{position}", "phone": "13800000000"}
    return Party(dispute=dispute, position=position, **{**given, **more})


def grant(dispute: Dispute, key: int, now: datetime) -> AccessGrant:
    return AccessGrant(dispute=dispute, key=key, reason="county", starts_at=now)


def clock(subject: int, now: datetime, kind: str = "accept") -> Deadline:
    return Deadline(
        subject_type="test",
        subject_id=subject,
        kind=kind,
        rule={"key": "一", "limit": 2},
        starts_at=now,
        due_at=now + timedelta(days=1),
        soon_at=now + timedelta(hours=12),
        opened_at=now,
    )


def said(row: models.Model) -> dict[str, Any]:
    """What the database says of it, without its key."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    names = [field.attname for field in fresh._meta.concrete_fields if not field.primary_key]
    return {name: getattr(fresh, name) for name in names}


def written(rows: list[Any], write: Callable[[list[Any]], object]) -> list[dict[str, Any]]:
    """What the database says of them, taken back afterwards."""
    with transaction.atomic():
        write(rows)
        answer = [said(row) for row in rows]
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("count", [1, 2, 3])
def test_rows_say_what_bulk_create_would_have_written(dispute: Dispute, monday: datetime, count: int) -> None:
    makers = (
        lambda at: party(dispute, at, address="50% 的%s"),
        lambda at: grant(dispute, at, monday),
        lambda at: clock(at, monday),
    )
    for number, make in enumerate(makers):
        first = 1000 * count + number * 100
        ours = written([make(first + at) for at in range(count)], insert)
        assert ours == written(
            [make(first + at) for at in range(count)], type(make(0))._base_manager.bulk_create
        )


def test_the_rows_know_their_keys_and_that_they_are_saved(dispute: Dispute, monday: datetime) -> None:
    for count in (1, 3):
        rows = [grant(dispute, 7_000 + 10 * count + at, monday) for at in range(count)]
        insert(rows)
        assert [AccessGrant.objects.get(key=row.key, dispute=dispute).pk for row in rows] == [
            row.pk for row in rows
        ]
        assert {(row._state.adding, row._state.db) for row in rows} == {(False, DEFAULT_DB_ALIAS)}
        rows[0].reason = "town"
        rows[0].save()  # an update, no second row
        assert AccessGrant.objects.filter(key=rows[0].key, dispute=dispute).count() == 1


def test_what_was_saved_after_it_was_pointed_at_is_found(dispute: Dispute, monday: datetime) -> None:
    first = dispute.trail.order_by("seq").first()
    last = dispute.trail.order_by("-seq").first()
    assert first is not None
    assert last is not None
    copy = model_to_dict(first, exclude=["id"])
    entry = type(first)(
        **{name: value for name, value in copy.items() if name in {"step", "payload", "hash"}},
        dispute=dispute,
        seq=last.seq + 1,
        previous_hash=last.hash,
        at=monday,
        recorded_at=monday,
    )
    text = EntryText(entry=entry, name="note", salt="s", text="话")
    insert([entry])
    insert([text])
    assert EntryText.objects.get(pk=text.pk).entry_id == entry.pk


def test_what_points_at_an_unsaved_row_is_refused(dispute: Dispute) -> None:
    with pytest.raises(ValueError, match="unsaved related object"):
        insert([party(Dispute(), 1)])


def test_a_conflict_is_left_alone_where_that_is_asked_and_raises_otherwise(monday: datetime) -> None:
    reader = User.objects.create(username="reader", name="李")

    def notice(title: str) -> Notice:
        return Notice(recipient=reader, kind="k", title=title, url="/", dedupe_key="one", created_at=monday)

    insert([notice("先")], ignore_conflicts=True)
    insert([notice("后")], ignore_conflicts=True)
    insert([notice("再"), notice("又")], ignore_conflicts=True)
    assert list(Notice.objects.values_list("title", flat=True)) == ["先"]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([notice("再")])


def test_more_rows_than_go_at_once_and_none(dispute: Dispute, monday: datetime) -> None:
    insert([])
    insert([grant(dispute, 10_000 + at, monday) for at in range(MOST + 1)])
    assert AccessGrant.objects.filter(key__gte=10_000, dispute=dispute).count() == MOST + 1


def test_columns_that_are_no_single_type_go_in_any_number(clerk: Appointment, monday: datetime) -> None:
    """Arrays cannot be sent as columns: Django's own way is taken for several."""
    rows = [registered(clerk, monday, title=f"第{at}件") for at in range(2)]
    copies = [Dispute.objects.get(pk=row.pk) for row in rows]
    for at, copy in enumerate(copies):
        copy.pk, copy.number, copy.seq = 900_000 + at, f"t01-2026-9{at:05d}", 90_000 + at
    insert(copies)
    for row, copy in zip(rows, copies, strict=True):
        told = said(copy)
        assert told["access_keys"] == row.access_keys
        assert told["title"] == row.title
