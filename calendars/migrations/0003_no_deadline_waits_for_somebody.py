"""Who must act stands in the dispute's row; three columns beside the due date were filled by nobody.

Each row is said once more as the upgrade leaves it, without them, so that the verification finds it as recorded.
"""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from audit.comparing import recorded_tables
from audit.recording import take_stock

TABLE = "calendars_deadline"


def say_again(_apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(take_stock(TABLE, recorded_tables()[TABLE]), None)


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0002_reference_marks"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="recorded_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deadline",
            name="recorded_update",
        ),
        migrations.RemoveField(
            model_name="deadline",
            name="waiting_org",
        ),
        migrations.RemoveField(
            model_name="deadline",
            name="waiting_person",
        ),
        migrations.RemoveField(
            model_name="deadline",
            name="waiting_role",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadline\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, CASE WHEN n.subject_type = \'dispute\' THEN n.subject_id END AS dispute, to_jsonb(n) - \'{id,reminded_at,explanation}\'::text[] AS says FROM (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="7573a0ae4fded9b0d19941e378fe3270a0779141",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_06ca8",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, CASE WHEN o.subject_type = \'dispute\' THEN o.subject_id END AS before, to_jsonb(o) - \'{id,reminded_at,explanation}\'::text[] AS was, CASE WHEN n.subject_type = \'dispute\' THEN n.subject_id END AS after, to_jsonb(n) - \'{id,reminded_at,explanation}\'::text[] AS says FROM (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at" FROM fresh) n JOIN (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadline\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="680ff669f0922be4dda9be1d1e7cbd283463658c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_cd952",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_deadline",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(say_again, migrations.RunPython.noop, elidable=True),
    ]
