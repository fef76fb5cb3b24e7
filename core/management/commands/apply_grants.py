from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg import sql

from core.models import AppendOnly

ROLE = sql.Identifier("hejie_app")
GRANTS = (
    sql.SQL("GRANT USAGE ON SCHEMA public TO {role}"),
    sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
    sql.SQL("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}"),
)
APPEND_ONLY = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON TABLE {table} FROM {role}")


class Command(BaseCommand):
    help = "Gives the role of web, worker and beat its rights; trail, seal and audit only SELECT and INSERT."

    def handle(self, *args: Any, **options: Any) -> None:
        if not role_exists():
            self.stdout.write("hejie  | no role hejie_app in this database: rights left as they are")
            return
        tables = append_only_tables()
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in GRANTS:
                cursor.execute(statement.format(role=ROLE))
            for table in tables:
                cursor.execute(APPEND_ONLY.format(table=sql.Identifier(table), role=ROLE))


def role_exists() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'hejie_app'")
        return cursor.fetchone() is not None


def append_only_tables() -> list[str]:
    """Every table whose rows are written once, of all apps."""
    models = (model for model in apps.get_models() if issubclass(model, AppendOnly))
    return sorted(model._meta.db_table for model in models)
