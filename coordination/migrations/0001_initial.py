import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_reference_marks"),
        ("disputes", "0002_marks_and_statistics"),
        ("jurisdictions", "0002_reference_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoordinationMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="日期")),
                ("subject", models.CharField(max_length=100, verbose_name="议题")),
                ("attendees", models.TextField(blank=True, verbose_name="参加人")),
                ("absent", models.TextField(blank=True, verbose_name="缺席")),
                ("sent_to", models.CharField(blank=True, max_length=300, verbose_name="印发范围")),
                ("chaired_by", models.CharField(blank=True, max_length=60, verbose_name="主持人")),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MeetingCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disputes.dispute"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="coordination.coordinationmeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WeeklyReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week_start", models.DateField(verbose_name="周一")),
                ("created_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["-week_start"],
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="研判意见")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disputes.dispute"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="coordination.weeklyreview",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CoordinationDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="完成日期")),
                ("text", models.TextField(verbose_name="决定事项")),
                ("feedback", models.TextField(blank=True, verbose_name="反馈")),
                ("feedback_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_note", models.CharField(blank=True, max_length=500, verbose_name="完成情况")),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="coordination.coordinationmeeting",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feedback", ""), ("feedback_at__isnull", False), _connector="OR"),
                        name="decision_feedback_has_its_moment",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinationdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'coordination_coordinationdecision\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - \'{id,text,done_note,feedback}\'::text[] AS says FROM (SELECT "id", "meeting_id", "dispute_id", "unit_id", "person_id", "due_on", "feedback_at", "done_at" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="82f1b2a8b9ac766881840977c9911e48d1b47b40",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_78f32",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="coordination_coordinationdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinationdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - \'{id,text,done_note,feedback}\'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - \'{id,text,done_note,feedback}\'::text[] AS says FROM (SELECT "id", "meeting_id", "dispute_id", "unit_id", "person_id", "due_on", "feedback_at", "done_at" FROM fresh) n JOIN (SELECT "id", "meeting_id", "dispute_id", "unit_id", "person_id", "due_on", "feedback_at", "done_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'coordination_coordinationdecision\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="aac9b4fa566009880855f300e36e40df00543821",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_06e66",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="coordination_coordinationdecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coordinationdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'coordination_coordinationdecision', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="029a17685614ddf871c0c893b649035d5584b745",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_cd68d",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="coordination_coordinationdecision",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcase",
            constraint=models.UniqueConstraint(fields=("meeting", "dispute"), name="meeting_case_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcase",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'coordination_meetingcase', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="f32e7294a067bd55d0277f7f50d235f87c39e2d7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_fbe57",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="coordination_meetingcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcase",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'coordination_meetingcase', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="39e8d6762cd4692a2e35dbbd5aadbb20abd9854b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_b87e6",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="coordination_meetingcase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingcase",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'coordination_meetingcase', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="50699b550416443b2afcc94fe604a086beacbc10",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_ce7b2",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="coordination_meetingcase",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklyreview",
            constraint=models.UniqueConstraint(
                fields=("organization", "week_start"), name="one_review_a_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.UniqueConstraint(fields=("review", "dispute"), name="review_item_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="review_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewitem",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'coordination_reviewitem\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - \'{id,opinion}\'::text[] AS says FROM (SELECT "id", "review_id", "dispute_id", "reviewed_by_id", "reviewed_at" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="6ccbe60e80a12c896209515b8f7f1c87958e87d1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_82bd5",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="coordination_reviewitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewitem",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - \'{id,opinion}\'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - \'{id,opinion}\'::text[] AS says FROM (SELECT "id", "review_id", "dispute_id", "reviewed_by_id", "reviewed_at" FROM fresh) n JOIN (SELECT "id", "review_id", "dispute_id", "reviewed_by_id", "reviewed_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'coordination_reviewitem\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="ef2175ee9b224a6adbd4ef07cb3ed3b5cf17788a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_a280f",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="coordination_reviewitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewitem",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'coordination_reviewitem', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="98fcf27dd62f04c76170b6d990a5aabf8366d12d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_18565",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="coordination_reviewitem",
                    when="AFTER",
                ),
            ),
        ),
    ]
