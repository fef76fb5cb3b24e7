import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
        ("accounts", "0002_reference_marks"),
        ("disputes", "0002_marks_and_statistics"),
    ]

    operations = [
        migrations.CreateModel(
            name="WarningPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True, verbose_name="版本")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草案"),
                            ("proposed", "待第二人发布"),
                            ("published", "已发布"),
                            ("withdrawn", "已作废"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("document", models.JSONField(verbose_name="内容")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="修改说明")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("created_at", models.DateTimeField(verbose_name="起草时间")),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("effective_from", models.DateTimeField(blank=True, null=True, verbose_name="生效时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="ReplayRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("running", "回放中"),
                            ("done", "已完成"),
                            ("failed", "中断"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("raised", models.PositiveIntegerField(default=0)),
                ("lowered", models.PositiveIntegerField(default=0)),
                ("marks_changed", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="classifier.warningpolicy",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replays",
                        to="classifier.warningpolicy",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReplayRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level_now", models.PositiveSmallIntegerField()),
                ("level_then", models.PositiveSmallIntegerField()),
                ("danger_now", models.BooleanField()),
                ("danger_then", models.BooleanField()),
                ("happening_now", models.BooleanField(default=False)),
                ("happening_then", models.BooleanField(default=False)),
                ("rule_now", models.CharField(blank=True, max_length=64)),
                ("rule_then", models.CharField(blank=True, max_length=64)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="disputes.dispute"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="classifier.replayrun",
                    ),
                ),
            ],
            options={
                "ordering": ["-dispute_id"],
                "constraints": [models.UniqueConstraint(fields=("run", "dispute"), name="replay_row_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="warningpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("effective_from__isnull", False), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="policy_published_is_in_force_from",
            ),
        ),
        migrations.AddConstraint(
            model_name="warningpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposed_at", None), ("proposed_by", None)),
                    models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                    _connector="OR",
                ),
                name="policy_proposed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="warningpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("version", 1),
                    models.Q(
                        ("proposed_by__isnull", False),
                        ("published_by__isnull", False),
                        models.Q(("proposed_by", models.F("published_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="policy_needs_two_names",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="warningpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'classifier_warningpolicy', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="6446bb75e1eaced0cb6b5e3c766f17dc107fcf0f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_0fddb",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="classifier_warningpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="warningpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'classifier_warningpolicy', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="69f588f2aa790df79b28c5b0bd76279753971563",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_ec73f",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="classifier_warningpolicy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="warningpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'classifier_warningpolicy', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="6e5915952fc739b7bce7f66be15f49201eaa7ae0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_7d53b",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="classifier_warningpolicy",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="replayrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=("policy",),
                name="one_replay_of_a_draft_at_a_time",
            ),
        ),
    ]
