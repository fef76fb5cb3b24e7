"""Makes the database leave a mark beside every statement that writes a reference table: see `core.remembered`.

A mark is a row of its own instead of a counter, so that two people who change the register never wait for each other:
who writes takes away the marks nobody else is taking away and leaves a new one. A mark is never used twice, so the set
of marks a transaction sees names exactly what it sees of these tables, its own changes included.
"""

from django.db import migrations

# the rights are the owner's: whoever may write the table leaves the mark
FUNCTION = """
CREATE FUNCTION leave_reference_mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM core_referencemark WHERE id IN (SELECT id FROM core_referencemark FOR UPDATE SKIP LOCKED);
    INSERT INTO core_referencemark (id) VALUES (gen_random_uuid());
    RETURN NULL;
END $$
"""
NAME = "leaves_reference_mark"


def watch(table: str, *columns: str) -> migrations.RunSQL:
    """A migration's operation. `columns`: of an update, only one that sets any of these counts.

    The trigger fires also where a session turns ordinary ones off, as a load of many rows does.
    """
    update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {NAME} AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION leave_reference_mark()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {NAME}",
        ],
        f"DROP TRIGGER {NAME} ON {table}",
    )
