"""Old rows through migration disputes 0019: the number an imported line had in its old ledger becomes the dispute's
origin. A database of its own is migrated to the state before, filled with a row of each shape, and migrated on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from benchmarks import databases

NAME = "test_hejie_before_origins"
BEFORE, AFTER = ("disputes", "0018_party_without_a_side"), ("disputes", "0019_origin")
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
NUMBERS = count(1)
# what the report of the import says of a line → number and key of the origin, written by hand
SHAPES: dict[str, tuple[dict[str, Any] | None, tuple[str, str] | None]] = {
    "by hand": (None, None),
    "numbered": ({"state": "registered", "old_number": "旧-7"}, ("旧-7", "旧-7")),
    "wide": ({"state": "registered", "old_number": "ＡＢ　１２ 号"}, ("ＡＢ　１２ 号", "ab12号")),
    "without": ({"state": "registered", "old_number": ""}, None),
    "known": ({"state": "known", "old_number": "旧-9"}, None),
    "refused": ({"state": "refused", "old_number": "旧-10"}, None),
}
TWICE = ("旧-1", "旧-2")  # two lines of one dispute: the first is its number


@pytest.fixture
def elsewhere(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A new, empty database in place of the tests' own."""
    with django_db_blocker.unblock():
        databases.drop(NAME)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)).as_string(None))
        try:
            with databases.using(NAME):
                yield
        finally:
            databases.drop(NAME)


def a_value(field: models.Field[Any, Any], apps: Any) -> Any:
    """Something a column takes that must hold something."""
    number = next(NUMBERS)
    if isinstance(field, models.ForeignKey):
        return a_row(apps, field.remote_field.model)
    if field.name == "code" and field.model._meta.model_name == "place":
        return f"{number:06d}"  # of a county, which is the first kind of place
    kinds = (
        (models.DateTimeField, NOW),
        (models.DateField, date(2026, 3, 2)),
        (models.BooleanField, False),
        (models.IntegerField, number),
        (models.JSONField, {}),
        (models.BinaryField, b""),
    )
    found = [value for kind, value in kinds if isinstance(field, kind)]
    if found:
        return found[0]
    return field.choices[0][0] if field.choices else f"x{number}"[: field.max_length or 20]


def a_row(apps: Any, model: Any, **given: Any) -> Any:
    """A row of a model as it was then: what is not given and must be there is filled in, rows it points to are made."""
    filled = {
        field.name: a_value(field, apps)
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.null or field.blank or field.has_default() or field.name in given)
    }
    return model.objects.create(**filled, **given)


def test_each_shape_of_old_row_has_the_origin_it_should(elsewhere: None) -> None:
    call_command("migrate", *BEFORE, interactive=False, verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
    row, dispute = apps.get_model("disputes", "ImportRow"), apps.get_model("disputes", "Dispute")
    made: dict[str, Any] = {}
    for shape, (said, _expected) in SHAPES.items():
        made[shape] = a_row(apps, dispute, number=f"t01-2026-{len(made):06d}")
        if said is not None:
            a_row(apps, row, dispute=made[shape] if said["state"] != "refused" else None, **said)
    made["twice"] = a_row(apps, dispute, number="t01-2026-000099")
    for number in TWICE:
        a_row(apps, row, dispute=made["twice"], state="registered", old_number=number)

    call_command("migrate", *AFTER, interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dispute_id, ledger_number, ledger_number_key, sender, number, number_key, received_on, due_at,"
            " answer_wanted, answered_on FROM disputes_origin"
        )
        found = {line[0]: line[1:] for line in cursor.fetchall()}
    nothing = ("", "", "", None, None, False, None)
    expected = {made[shape].pk: (*number, *nothing) for shape, (_said, number) in SHAPES.items() if number}
    assert found == expected | {made["twice"].pk: (TWICE[0], TWICE[0], *nothing)}
