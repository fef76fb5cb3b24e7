"""处理未果 has a row of its own: what must follow before it may be closed, kept by the database too."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from audit import comparing, recording

TABLE = "disputes_notresolved"
# what stands in this state when the county upgrades owes the same as what comes to it later
STANDING = """
    INSERT INTO disputes_notresolved
           (dispute_id, found_at, reported_on, routes, told_way, chosen, answer, ended_by_step)
    SELECT d.id, f.at, (coalesce(d.submitted_at, f.at) AT TIME ZONE 'Asia/Shanghai')::date, '{}', '', '', '', ''
      FROM disputes_dispute d
      CROSS JOIN LATERAL (
          SELECT coalesce(max(e.at), d.registered_at) AS at FROM disputes_trailentry e
           WHERE e.dispute_id = d.id AND e.step = 'approve_result') f
     WHERE d.status = 'not_resolved'
"""


def take_stock(apps: Any, schema_editor: Any) -> None:
    """What the upgrade wrote is recorded as an upgrade's."""
    schema_editor.execute(recording.take_stock(TABLE, comparing.recorded_tables()[TABLE]))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_recorded_by_statement"),
        ("disputes", "0027_restriction_question"),
    ]

    operations = [
        migrations.CreateModel(
            name="NotResolved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("reported_on", models.DateField()),
                (
                    "routes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("mediation", "人民调解"),
                                ("administrative_mediation", "行政调解"),
                                ("labour_arbitration", "劳动人事争议仲裁"),
                                ("land_arbitration", "农村土地承包仲裁"),
                                ("review", "行政复议"),
                                ("litigation", "诉讼"),
                                ("proceedings", "在正在进行的诉讼或者仲裁中主张"),
                                ("petition", "信访"),
                                ("department", "主管部门投诉举报"),
                                ("discipline", "纪检监察举报"),
                                ("legal_aid", "法律援助"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="告知日期")),
                (
                    "told_way",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "当面告知"), ("phone", "电话告知"), ("paper", "书面送达")],
                        max_length=12,
                        verbose_name="告知方式",
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mediation", "人民调解"),
                            ("administrative_mediation", "行政调解"),
                            ("labour_arbitration", "劳动人事争议仲裁"),
                            ("land_arbitration", "农村土地承包仲裁"),
                            ("review", "行政复议"),
                            ("litigation", "诉讼"),
                            ("proceedings", "在正在进行的诉讼或者仲裁中主张"),
                            ("petition", "信访"),
                            ("department", "主管部门投诉举报"),
                            ("discipline", "纪检监察举报"),
                            ("legal_aid", "法律援助"),
                        ],
                        max_length=24,
                        verbose_name="当事人选择",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("again", "继续组织化解"), ("elsewhere", "同意转其他途径")],
                        max_length=12,
                        verbose_name="主要领导答复",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_step", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "ordering": ["found_at", "id"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispute",
            trigger=pgtrigger.compiler.Trigger(
                name="not_resolved_not_closed_unseen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.status = 'not_resolved' AND NEW.status <> 'not_resolved')",
                    func="\n        IF NEW.status IN ('assigned', 'registered', 'accepted') THEN\n            RETURN NEW;\n        END IF;\n        IF NEW.status <> 'closed' OR NOT EXISTS (\n            SELECT 1 FROM disputes_notresolved n\n             WHERE n.dispute_id = NEW.id AND n.ended_at IS NULL AND n.told_on IS NOT NULL\n               AND (n.chosen <> '' OR n.answer = 'elsewhere') AND NEW.revisited_at >= n.found_at\n        ) THEN\n            RAISE EXCEPTION 'dispute % was not resolved and cannot become % yet', NEW.id, NEW.status\n                USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="f514ab825fe1ed3d84173192a2d16d2fa9c0690c",
                    operation='UPDATE OF "status"',
                    pgid="pgtrigger_not_resolved_not_closed_unseen_1a3d4",
                    table="disputes_dispute",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="notresolved",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.appointment",
            ),
        ),
        migrations.AddField(
            model_name="notresolved",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="not_resolved",
                to="disputes.dispute",
            ),
        ),
        migrations.AddIndex(
            model_name="notresolved",
            index=models.Index(
                condition=models.Q(("answer", ""), ("chosen", ""), ("ended_at", None)),
                fields=["dispute"],
                name="not_resolved_unanswered",
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("dispute",), name="one_not_resolved_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("chosen", ""), ("routes", []), ("told_at", None), ("told_on", None), ("told_way", "")
                    ),
                    models.Q(
                        ("told_at__isnull", False),
                        ("told_on__isnull", False),
                        models.Q(("told_way", ""), _negated=True),
                        models.Q(("routes", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="routes_told_are_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_on", None), ("told_on__gte", models.F("reported_on")), _connector="OR"
                ),
                name="routes_told_since_no_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chosen", ""), ("routes__contains", [models.F("chosen")]), _connector="OR"
                ),
                name="chosen_route_was_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="leaders_answer_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="notresolved",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by_step", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("ended_by_step", ""), _negated=True)),
                    _connector="OR",
                ),
                name="not_resolved_end_has_its_step",
            ),
        ),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="notresolved",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_notresolved', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="9ebcc796f0809f797d0bb1cc51751ea720dd2993",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_f7ea5",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_notresolved",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notresolved",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_notresolved', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="b58e921bc0bebbd0c4008fbc5a69e4d3b2f39dfb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_0725c",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_notresolved",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notresolved",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_notresolved', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="fec6af710232475671b78661d573225831446ac5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_11233",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_notresolved",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(take_stock, migrations.RunPython.noop),
    ]
