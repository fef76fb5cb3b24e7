"""What is written once stays: the database refuses every change, to the application and to the owner alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError

from audit.models import AccessEvent
from core.clock import shanghai_date
from core.models import AppendOnly
from disputes.models import DailySeal, TrailEntry
from safekeeping.services import seal
from tests.disputes.conftest import Make

APPEND_ONLY: list[type[AppendOnly]] = [TrailEntry, DailySeal, AccessEvent]
STATEMENTS = {
    "UPDATE": "UPDATE {table} SET id = id",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table} CASCADE",
}


@pytest.fixture
def filled(in_hand: Make, monday: datetime) -> None:
    """A row in each append-only table."""
    in_hand()
    seal.seal_day(shanghai_date(TrailEntry.objects.latest("id").recorded_at), now=monday)
    AccessEvent.objects.create(at=monday, action="opened", actor_label="x", target_type="dispute")


@pytest.mark.parametrize("verb", STATEMENTS)
@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_the_owner_is_refused_by_a_trigger(filled: None, model: type[AppendOnly], verb: str) -> None:
    before = model._default_manager.count()
    statement = STATEMENTS[verb].format(table=model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE waits for none of them
        with (
            pytest.raises((InternalError, ProgrammingError), match=r"append-only|Cannot (update|delete)"),
            transaction.atomic(),
        ):
            cursor.execute(statement)
    assert model._default_manager.count() == before > 0


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_the_class_refuses_too(filled: None, model: type[AppendOnly]) -> None:
    row = model._default_manager.first()
    assert row is not None
    with pytest.raises(TypeError, match="append-only"):
        row.save()
    with pytest.raises(TypeError, match="append-only"):
        row.delete()


def test_the_database_writes_the_time_of_recording(in_hand: Make, monday: datetime) -> None:
    """Whatever the application says: `at` may lie in the past, `recorded_at` is now."""
    in_hand()
    entry = TrailEntry.objects.latest("id")
    assert entry.at == monday
    assert abs(entry.recorded_at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.fixture
def as_application(django_db_setup: None, django_db_blocker: object) -> Iterator[psycopg.Connection]:
    """A connection in the role of web, worker and beat."""
    settings = connection.settings_dict
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("apply_grants")
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    with psycopg.connect(dbname=settings["NAME"], host=host, user="hejie_app", autocommit=True) as made:
        yield made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", STATEMENTS)
@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_the_application_has_not_even_the_right(
    as_application: psycopg.Connection, model: type[AppendOnly], verb: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute(STATEMENTS[verb].format(table=model._meta.db_table))
    as_application.execute(f"SELECT count(*) FROM {model._meta.db_table}")
