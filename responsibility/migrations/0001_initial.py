import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
        ("accounts", "0002_reference_marks"),
        ("disputes", "0002_marks_and_statistics"),
        ("jurisdictions", "0002_reference_marks"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntrustmentLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveSmallIntegerField(default=1)),
                ("addressed_to", models.CharField(max_length=100, verbose_name="致")),
                ("request", core.fields.EncryptedTextField(verbose_name="请办事项")),
                ("reply_by", models.DateField(blank=True, null=True, verbose_name="请于此日前回复")),
                ("issued_at", models.DateTimeField()),
                ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="送达时间")),
                ("reply", core.fields.EncryptedTextField(blank=True, verbose_name="回复")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "served_by",
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
                "ordering": ["issued_at"],
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("unit_versus_locality", "单位与驻地之间的矛盾"),
                            ("inside_unit", "单位内部的矛盾"),
                            ("across_sectors", "跨行业的矛盾"),
                            ("across_towns", "跨乡镇的矛盾"),
                            ("one_sector", "行业性的矛盾"),
                            ("within_town", "乡镇辖区内的矛盾"),
                        ],
                        max_length=24,
                    ),
                ),
                ("letter_to", models.CharField(blank=True, max_length=100)),
                ("overridden", models.BooleanField(default=False)),
                ("reason", core.fields.EncryptedTextField(blank=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.post",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
            },
        ),
        migrations.CreateModel(
            name="CaseLeader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan", core.fields.EncryptedTextField(verbose_name="化解方案")),
                ("expected_on", models.DateField(verbose_name="预计化解日期")),
                ("progress", core.fields.EncryptedTextField(blank=True, verbose_name="进展")),
                ("progress_at", models.DateTimeField(blank=True, null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", core.fields.EncryptedTextField(blank=True)),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case_leaders",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "took_over_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="responsibility.caseleader",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)), fields=("dispute",), name="one_case_leader"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseleader",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_caseleader', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,plan,progress,end_reason}'::text[]) || jsonb_build_object('plan', CASE WHEN n.plan <> '' THEN left(encode(sha256(convert_to(n.plan::text, 'UTF8')), 'hex'), 32) END, 'progress', CASE WHEN n.progress <> '' THEN left(encode(sha256(convert_to(n.progress::text, 'UTF8')), 'hex'), 32) END, 'end_reason', CASE WHEN n.end_reason <> '' THEN left(encode(sha256(convert_to(n.end_reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="be1907f6b80b4569908e93d498b5a895cd55646c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_097e0",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="responsibility_caseleader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseleader",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,plan,progress,end_reason}'::text[]) || jsonb_build_object('plan', CASE WHEN o.plan <> '' THEN left(encode(sha256(convert_to(o.plan::text, 'UTF8')), 'hex'), 32) END, 'progress', CASE WHEN o.progress <> '' THEN left(encode(sha256(convert_to(o.progress::text, 'UTF8')), 'hex'), 32) END, 'end_reason', CASE WHEN o.end_reason <> '' THEN left(encode(sha256(convert_to(o.end_reason::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,plan,progress,end_reason}'::text[]) || jsonb_build_object('plan', CASE WHEN n.plan <> '' THEN left(encode(sha256(convert_to(n.plan::text, 'UTF8')), 'hex'), 32) END, 'progress', CASE WHEN n.progress <> '' THEN left(encode(sha256(convert_to(n.progress::text, 'UTF8')), 'hex'), 32) END, 'end_reason', CASE WHEN n.end_reason <> '' THEN left(encode(sha256(convert_to(n.end_reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_caseleader', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="21afec566d2601147fdfcc87f14d5f909468c40b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_cc893",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="responsibility_caseleader",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseleader",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_caseleader', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="f50360d4ab898b78fcac2c2598759404849b7f1a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_0da73",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="responsibility_caseleader",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="entrustmentletter",
            index=models.Index(
                condition=models.Q(("replied_at", None)), fields=["reply_by"], name="letter_outstanding"
            ),
        ),
        migrations.AddConstraint(
            model_name="entrustmentletter",
            constraint=models.UniqueConstraint(fields=("dispute", "seq"), name="letter_seq_once"),
        ),
        migrations.AddConstraint(
            model_name="entrustmentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("served_at", None), ("served_by", None)),
                    models.Q(("served_at__isnull", False), ("served_by__isnull", False)),
                    _connector="OR",
                ),
                name="letter_served_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entrustmentletter",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_entrustmentletter', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,request,reply}'::text[]) || jsonb_build_object('request', CASE WHEN n.request <> '' THEN left(encode(sha256(convert_to(n.request::text, 'UTF8')), 'hex'), 32) END, 'reply', CASE WHEN n.reply <> '' THEN left(encode(sha256(convert_to(n.reply::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="84273f14ea23e09bf007b6a749f6c450a0150111",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_16377",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="responsibility_entrustmentletter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entrustmentletter",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,request,reply}'::text[]) || jsonb_build_object('request', CASE WHEN o.request <> '' THEN left(encode(sha256(convert_to(o.request::text, 'UTF8')), 'hex'), 32) END, 'reply', CASE WHEN o.reply <> '' THEN left(encode(sha256(convert_to(o.reply::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,request,reply}'::text[]) || jsonb_build_object('request', CASE WHEN n.request <> '' THEN left(encode(sha256(convert_to(n.request::text, 'UTF8')), 'hex'), 32) END, 'reply', CASE WHEN n.reply <> '' THEN left(encode(sha256(convert_to(n.reply::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_entrustmentletter', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="816a6f9a997e965d3f99c25ae7e1992726f52130",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_9aa5d",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="responsibility_entrustmentletter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entrustmentletter",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_entrustmentletter', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="ae4a6a8160903a2c89804209d9030a7afbff9d58",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_17981",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="responsibility_entrustmentletter",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at", None)), fields=("dispute",), name="one_responsible_leader"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_responsibility', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="3f7eaf06f99418b946933d89afe6c79f1cf3a264",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_838a3",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="responsibility_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN o.reason <> '' THEN left(encode(sha256(convert_to(o.reason::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_responsibility', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="0cb7e85f42a94e8f229b8aaad81755142b989322",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_cdec4",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="responsibility_responsibility",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="responsibility",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'responsibility_responsibility', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="8d836d7dadaf65112134599210806163d439e55b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_71d3f",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="responsibility_responsibility",
                    when="AFTER",
                ),
            ),
        ),
    ]
