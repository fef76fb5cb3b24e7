"""Takes indexes, foreign keys and the recording of facts off the big tables while they are filled, and puts them
back. What the generator writes has no records: such a database is for measuring, not for verifying."""

from django.db import connection

TABLES = (
    "disputes_dispute",
    "disputes_party",
    "disputes_accessgrant",
    "disputes_assignment",
    "disputes_trailentry",
    "disputes_entrytext",
    "calendars_deadline",
)
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))
"""
INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
"""
RECORDING = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE tgname LIKE 'pgtrigger_recorded_%%' AND tgrelid::regclass::text = ANY(%s)
"""
UNIQUES = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('u', 'p') AND conrelid::regclass::text = ANY(%s) ORDER BY contype
"""


def strip() -> list[str]:
    """Drops them and answers the statements that put them back, in order."""
    back: list[str] = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
        cursor.execute(FOREIGN_KEYS, [list(TABLES), list(TABLES)])
        keys = cursor.fetchall()
        cursor.execute(INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        cursor.execute(UNIQUES, [list(TABLES)])
        uniques = cursor.fetchall()
        cursor.execute(RECORDING, [list(TABLES)])
        recording = cursor.fetchall()
        for table, name in recording:
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table, name, _definition in uniques:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    back += [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in uniques
    ]
    back += [definition for _name, definition in indexes]
    back += [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys]
    back += [f"ALTER TABLE {table} RESET (autovacuum_enabled)" for table in TABLES]
    back += [f'ALTER TABLE {table} ENABLE TRIGGER "{name}"' for table, name in recording]
    return back


def restore(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET max_parallel_maintenance_workers = 2")
        for statement in statements:
            cursor.execute(statement)
