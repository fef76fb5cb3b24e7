"""A data folder whose tables another state of the program made is met with a sentence, and left as it is."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

OLDER = [("accounts", "0002_people"), ("disputes", "0019_origin"), ("early_warning", "0010_recorded_facts")]


def applied(*rows: tuple[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", list(rows)
        )


def tables() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_migrations ORDER BY id")
        return [*cursor.fetchall(), *connection.introspection.table_names(cursor)]


@pytest.mark.django_db
@pytest.mark.parametrize("command", [("migrate",), ("prepare",), ("migrate", "disputes", "zero")])
def test_steps_that_are_not_known_here_are_named_and_nothing_is_changed(command: tuple[str, ...]) -> None:
    applied(*OLDER)
    before = tables()
    with pytest.raises(CommandError) as said:
        call_command(*command, verbosity=0, **({"interactive": False} if command[0] == "migrate" else {}))
    assert re.search(
        r"another version.*accounts\.0002_people and 2 more.*Nothing was changed", str(said.value)
    )
    assert "DATA_DIR" in str(said.value)
    assert tables() == before


@pytest.mark.django_db
def test_a_library_that_joined_its_steps_is_no_other_version() -> None:
    applied(("auth", "0099_joined_later"))
    call_command("migrate", check_unapplied=True, interactive=False, verbosity=0)


@pytest.mark.django_db
def test_tables_of_this_version_pass() -> None:
    call_command("migrate", check_unapplied=True, interactive=False, verbosity=0)
