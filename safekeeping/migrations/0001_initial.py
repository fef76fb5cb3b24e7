import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_reference_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("running", "核验中"),
                            ("done", "已完成"),
                            ("failed", "中断"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("entries", models.PositiveBigIntegerField(default=0)),
                ("texts", models.PositiveBigIntegerField(default=0)),
                ("withheld", models.PositiveBigIntegerField(default=0)),
                ("seals", models.PositiveIntegerField(default=0)),
                ("unsealed", models.PositiveBigIntegerField(default=0)),
                ("rows", models.PositiveBigIntegerField(default=0)),
                ("remarks", models.JSONField(default=list)),
                ("fault_count", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(verbose_name="保管年数")),
                ("effective_from", models.DateField(verbose_name="起")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["effective_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("years__gte", 1)), name="retention_is_a_period"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'safekeeping_retentionrule', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="8598d3a0280c1acfbb53576f544b87a5f00ab57a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_d76b7",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="safekeeping_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'safekeeping_retentionrule', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="8b7410db42688d030500e8cc41908a0d6fec9304",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_35557",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="safekeeping_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionrule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'safekeeping_retentionrule', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="a1ab5c9a80825d6798a3e5fb145113ab3bc44f55",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_d6522",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="safekeeping_retentionrule",
                    when="AFTER",
                ),
            ),
        ),
    ]
