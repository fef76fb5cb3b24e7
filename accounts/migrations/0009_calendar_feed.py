import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_recorded_by_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="停用于")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="最近读取")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)), fields=("user",), name="calendar_feed_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'accounts_calendarfeed\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - \'{id,last_used_at}\'::text[] AS says FROM (SELECT "id", "user_id", "digest", "created_at", "revoked_at" FROM fresh) n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ',
                    hash="712682650396a71db083ce2d8258b4109b87da32",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_9c391",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="accounts_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - \'{id,last_used_at}\'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - \'{id,last_used_at}\'::text[] AS says FROM (SELECT "id", "user_id", "digest", "created_at", "revoked_at" FROM fresh) n JOIN (SELECT "id", "user_id", "digest", "created_at", "revoked_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'accounts_calendarfeed\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ',
                    hash="89a6cf3234c73d2fc9c20016e2c72cea4053e510",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_33df7",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="accounts_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarfeed",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'accounts_calendarfeed', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="4ebf9bb4af693d1d5c87c8fd1b94526dca3ba9b4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_7d27d",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="accounts_calendarfeed",
                    when="AFTER",
                ),
            ),
        ),
    ]
