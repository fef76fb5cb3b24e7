"""What the role of web, worker and beat may do with rows that are written once."""

import pytest
from django.core.management import call_command
from django.db import connection

from core.management.commands.apply_grants import append_only_tables, role_exists

pytestmark = pytest.mark.django_db


@pytest.fixture
def app_role() -> str:
    if not role_exists():
        pytest.skip("this database server has no role hejie_app; the supervisor's own has")
    call_command("apply_grants")
    return "hejie_app"


def rights_on(role: str, table: str) -> set[str]:
    asked = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join("has_table_privilege(%s, %s, %s)" for _ in asked),
            [value for right in asked for value in (role, table, right)],
        )
        return {right for right, held in zip(asked, cursor.fetchone(), strict=True) if held}


def test_the_app_role_only_reads_and_adds_to_append_only_tables(app_role: str) -> None:
    tables = append_only_tables()
    assert "audit_accessevent" in tables
    assert {table: rights_on(app_role, table) for table in tables} == {
        key: {"SELECT", "INSERT"} for key in tables
    }


def test_the_app_role_works_with_all_other_tables_but_never_truncates(app_role: str) -> None:
    assert rights_on(app_role, "accounts_user") == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_a_second_run_changes_nothing(app_role: str) -> None:
    before = {table: rights_on(app_role, table) for table in connection.introspection.table_names()}
    call_command("apply_grants")
    assert before == {table: rights_on(app_role, table) for table in connection.introspection.table_names()}
