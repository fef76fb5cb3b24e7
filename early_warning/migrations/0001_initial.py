import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
        ("accounts", "0002_reference_marks"),
        ("classifier", "0001_initial"),
        ("disputes", "0002_marks_and_statistics"),
        ("jurisdictions", "0002_reference_marks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputeWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "一级"), (2, "二级"), (3, "三级")], verbose_name="预警级别"
                    ),
                ),
                (
                    "proposed_level",
                    models.PositiveSmallIntegerField(choices=[(1, "一级"), (2, "二级"), (3, "三级")]),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "系统初判，待核"),
                            ("confirmed", "已核定"),
                            ("lifted", "已解除"),
                        ],
                        default="unconfirmed",
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("happening", models.BooleanField(default=False, verbose_name="事件已经发生")),
                ("opened_at", models.DateTimeField(verbose_name="预警时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "confirmed_by",
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
                        related_name="warnings",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "opened_by",
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
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("level", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("last", models.BooleanField(default=False)),
                ("parallel", models.BooleanField(default=False)),
                (
                    "basis",
                    models.CharField(
                        choices=[("§7", "§7 预警机制"), ("§8", "§8 化解责任"), ("setting", "县里设定")],
                        max_length=8,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("party_secretary", "党委书记"),
                            ("head", "行政主要负责人"),
                            ("deputy", "分管负责人"),
                            ("political_legal_member", "政法委员"),
                            ("coordinator", "综治中心主任"),
                            ("clerk", "受理员"),
                            ("office", "县综治中心工作人员"),
                            ("handler", "承办人"),
                            ("mediator", "调解员"),
                            ("village_secretary", "村（社区）党组织书记"),
                            ("duty", "值班员"),
                            ("auditor", "审计员"),
                            ("administrator", "系统管理员"),
                            ("security", "安全管理员"),
                        ],
                        max_length=24,
                    ),
                ),
                ("notified_at", models.DateTimeField(verbose_name="通知时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="时限")),
                ("remind_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("rests_since", models.DateTimeField(blank=True, null=True)),
                ("passed_as", models.CharField(blank=True, max_length=60)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="知悉时间")),
                ("acknowledged_by_phone", models.BooleanField(default=False)),
                ("account", core.fields.EncryptedTextField(blank=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("risk_removed", "风险已消除"),
                            ("no_result", "处理未果，已上报"),
                            ("unacknowledged", "逾期未知悉，已上报"),
                            ("result_overdue", "逾期无结果，已上报"),
                            ("skipped", "同一负责人，跳过"),
                            ("barred", "被反映人员，跳过"),
                            ("vacant", "岗位空缺，转下一级"),
                            ("away", "本人和代理人都外出，转下一级"),
                            ("superseded", "级别变更，另行通知"),
                            ("lifted", "预警已解除"),
                            ("called_off", "核实没有发生，不用赶赴现场"),
                        ],
                        max_length=16,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("check_due_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("check_passed", models.BooleanField(null=True)),
                ("check_note", core.fields.EncryptedTextField(blank=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "came_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_warning.escalation",
                    ),
                ),
                (
                    "checked_by",
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
                        related_name="escalations",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.post",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.place",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="early_warning.disputewarning",
                    ),
                ),
            ],
            options={
                "ordering": ["round", "town_id", "step", "id"],
            },
        ),
        migrations.CreateModel(
            name="IncidentRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("on_scene", "到场"),
                            ("order", "处置指令"),
                            ("report", "现场情况"),
                            ("ended", "处置结束"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_at", models.DateTimeField(verbose_name="时间")),
                ("who", models.CharField(blank=True, max_length=100, verbose_name="人员或岗位")),
                ("text", core.fields.EncryptedTextField(blank=True, verbose_name="内容")),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incident_entries",
                        to="early_warning.disputewarning",
                    ),
                ),
            ],
            options={
                "ordering": ["happened_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", core.fields.EncryptedTextField()),
                ("given_at", models.DateTimeField()),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="early_warning.escalation",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["given_at"],
            },
        ),
        migrations.CreateModel(
            name="LevelRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("confirm", "核定"), ("raise", "提级"), ("lower", "降级"), ("lift", "解除")],
                        max_length=8,
                    ),
                ),
                ("level_from", models.PositiveSmallIntegerField()),
                ("level_to", models.PositiveSmallIntegerField()),
                ("reason", core.fields.EncryptedTextField()),
                ("asked_at", models.DateTimeField()),
                ("granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", core.fields.EncryptedTextField(blank=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "consent_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.post",
                    ),
                ),
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
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="early_warning.disputewarning",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="PhoneTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("phoned_at", models.DateTimeField(blank=True, null=True)),
                ("reached", models.BooleanField(null=True)),
                ("answer", core.fields.EncryptedTextField(blank=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "duty_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.post",
                    ),
                ),
                (
                    "escalation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phone_task",
                        to="early_warning.escalation",
                    ),
                ),
                (
                    "phoned_by",
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
                "ordering": ["opened_at"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("narrative", "登记事由"),
                            ("progress", "进展报告"),
                            ("correction", "更正后的登记"),
                            ("import", "导入"),
                            ("person", "人工提出"),
                        ],
                        max_length=12,
                    ),
                ),
                ("entry_seq", models.PositiveIntegerField(blank=True, null=True)),
                ("level", models.PositiveSmallIntegerField()),
                ("danger", models.BooleanField(default=False)),
                ("happening", models.BooleanField(default=False)),
                ("danger_cleared_at", models.DateTimeField(blank=True, null=True)),
                ("rule", models.CharField(blank=True, max_length=64)),
                ("evidence", models.JSONField(default=list)),
                ("read_at", models.DateTimeField()),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="classifier.warningpolicy",
                    ),
                ),
            ],
            options={
                "ordering": ["read_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ImportedLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("level_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", core.fields.EncryptedTextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                        related_name="imported_levels",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_warning.reading",
                    ),
                ),
            ],
            options={
                "ordering": ["level", "pk"],
            },
        ),
        migrations.AddField(
            model_name="disputewarning",
            name="reading",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="early_warning.reading",
            ),
        ),
        migrations.CreateModel(
            name="ClassifierFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("narrative", "登记事由"),
                            ("progress", "进展报告"),
                            ("correction", "更正后的登记"),
                            ("import", "导入"),
                            ("person", "人工提出"),
                        ],
                        max_length=12,
                    ),
                ),
                ("entry_seq", models.PositiveIntegerField(blank=True, null=True)),
                ("error", models.CharField(max_length=300)),
                ("failed_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("retry_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="disputes.dispute"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["retry_at"], name="failure_to_retry"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dispute", "of", "entry_seq"), name="failure_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["due_at"], name="escalation_due"
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("remind_at__isnull", False)),
                fields=["remind_at"],
                name="escalation_remind",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["addressee", "due_at"],
                name="escalation_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["addressee", "-ended_at", "-id"],
                name="escalation_past",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["holder", "-notified_at"], name="escalation_by_holder"),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("checked_at", None), ("outcome", "risk_removed")),
                fields=["check_due_at"],
                name="escalation_to_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("warning", "round", "town", "step", "role", "organization"),
                name="escalation_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("outcome", "")),
                    models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="escalation_end_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), _negated=True),
                    models.Q(("addressee__isnull", False), ("due_at__isnull", False)),
                    _connector="OR",
                ),
                name="open_escalation_has_addressee",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_at", None), ("acknowledged_by", None)),
                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                    _connector="OR",
                ),
                name="escalation_acknowledged_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("check_passed", None), ("checked_at", None)),
                    models.Q(
                        ("check_passed__isnull", False),
                        ("checked_at__isnull", False),
                        ("checked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="escalation_checked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), ("ended_at__gte", models.F("notified_at")), _connector="OR"
                ),
                name="escalation_ends_after_notice",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_escalation\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - \'{id,remind_at,reminded_at,passed_as,account,check_note}\'::text[]) || jsonb_build_object(\'account\', CASE WHEN n.account <> \'\' THEN left(encode(sha256(convert_to(n.account::text, \'UTF8\')), \'hex\'), 32) END, \'check_note\', CASE WHEN n.check_note <> \'\' THEN left(encode(sha256(convert_to(n.check_note::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "warning_id", "dispute_id", "round", "level", "town_id", "step", "last", "parallel", "basis", "post_id", "organization_id", "role", "holder_id", "addressee_id", "came_from_id", "notified_at", "due_at", "rests_since", "acknowledged_at", "acknowledged_by_id", "acknowledged_by_phone", "account", "outcome", "ended_at", "ended_by_id", "check_due_at", "checked_at", "checked_by_id", "check_passed", "check_note" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="7273c46dd75f527f375816764a7c62bc8e8cb393",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_eacb7",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_escalation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - \'{id,remind_at,reminded_at,passed_as,account,check_note}\'::text[]) || jsonb_build_object(\'account\', CASE WHEN o.account <> \'\' THEN left(encode(sha256(convert_to(o.account::text, \'UTF8\')), \'hex\'), 32) END, \'check_note\', CASE WHEN o.check_note <> \'\' THEN left(encode(sha256(convert_to(o.check_note::text, \'UTF8\')), \'hex\'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - \'{id,remind_at,reminded_at,passed_as,account,check_note}\'::text[]) || jsonb_build_object(\'account\', CASE WHEN n.account <> \'\' THEN left(encode(sha256(convert_to(n.account::text, \'UTF8\')), \'hex\'), 32) END, \'check_note\', CASE WHEN n.check_note <> \'\' THEN left(encode(sha256(convert_to(n.check_note::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "warning_id", "dispute_id", "round", "level", "town_id", "step", "last", "parallel", "basis", "post_id", "organization_id", "role", "holder_id", "addressee_id", "came_from_id", "notified_at", "due_at", "rests_since", "acknowledged_at", "acknowledged_by_id", "acknowledged_by_phone", "account", "outcome", "ended_at", "ended_by_id", "check_due_at", "checked_at", "checked_by_id", "check_passed", "check_note" FROM fresh) n JOIN (SELECT "id", "warning_id", "dispute_id", "round", "level", "town_id", "step", "last", "parallel", "basis", "post_id", "organization_id", "role", "holder_id", "addressee_id", "came_from_id", "notified_at", "due_at", "rests_since", "acknowledged_at", "acknowledged_by_id", "acknowledged_by_phone", "account", "outcome", "ended_at", "ended_by_id", "check_due_at", "checked_at", "checked_by_id", "check_passed", "check_note" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_escalation\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="610641cbc74a9d690a35717fe1e73186c0fdf8e4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_fa22e",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_escalation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="escalation",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_escalation', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="b79f34b8513c7ee0a283c9b97cb4dd99316cb502",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_acc1b",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_escalation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentrecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "ended")), fields=("warning",), name="incident_ends_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_incidentrecord', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = n.warning_id) AS dispute, (to_jsonb(n) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN n.text <> '' THEN left(encode(sha256(convert_to(n.text::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="520393820fb2d13baeb5a342dde7a55b18f267b4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_48768",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_incidentrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = o.warning_id) AS before, (to_jsonb(o) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN o.text <> '' THEN left(encode(sha256(convert_to(o.text::text, 'UTF8')), 'hex'), 32) END) AS was, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = n.warning_id) AS after, (to_jsonb(n) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN n.text <> '' THEN left(encode(sha256(convert_to(n.text::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_incidentrecord', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="f7e940f5e55712d6a5f9da70d7f1986ec9326c70",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_cc545",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_incidentrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="incidentrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_incidentrecord', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = o.warning_id) AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="042dbe83605aa8a3934c43285733b50693a9f2ec",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_ac8a3",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_incidentrecord",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instruction",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_instruction', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = n.escalation_id) AS dispute, (to_jsonb(n) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN n.text <> '' THEN left(encode(sha256(convert_to(n.text::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="900b3ee7abac11a0aba9f9e7e90f82b71bd077ea",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_c3bbc",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_instruction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instruction",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = o.escalation_id) AS before, (to_jsonb(o) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN o.text <> '' THEN left(encode(sha256(convert_to(o.text::text, 'UTF8')), 'hex'), 32) END) AS was, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = n.escalation_id) AS after, (to_jsonb(n) - '{id,text}'::text[]) || jsonb_build_object('text', CASE WHEN n.text <> '' THEN left(encode(sha256(convert_to(n.text::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_instruction', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="e43870a12b688a3c30552062e0a3d7295b6c4b32",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_3a5af",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_instruction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="instruction",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_instruction', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = o.escalation_id) AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="ce0e6fdfb3a061d882703fab7cabf4fead75d00c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_cae22",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_instruction",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="levelrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("granted", None)), fields=("warning",), name="one_level_request_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="levelrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("granted", None), _negated=True), ("consent_of__isnull", False), _connector="OR"
                ),
                name="level_request_waits_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="levelrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("granted", None)),
                    models.Q(("decided_at__isnull", False), ("granted__isnull", False)),
                    _connector="OR",
                ),
                name="level_request_decided_has_its_moment",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_levelrequest', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = n.warning_id) AS dispute, (to_jsonb(n) - '{id,reason,decision_note}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END, 'decision_note', CASE WHEN n.decision_note <> '' THEN left(encode(sha256(convert_to(n.decision_note::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="9711a2f51f4c722aecab8c761c22e5b8bb7e6a47",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_60c8e",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_levelrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = o.warning_id) AS before, (to_jsonb(o) - '{id,reason,decision_note}'::text[]) || jsonb_build_object('reason', CASE WHEN o.reason <> '' THEN left(encode(sha256(convert_to(o.reason::text, 'UTF8')), 'hex'), 32) END, 'decision_note', CASE WHEN o.decision_note <> '' THEN left(encode(sha256(convert_to(o.decision_note::text, 'UTF8')), 'hex'), 32) END) AS was, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = n.warning_id) AS after, (to_jsonb(n) - '{id,reason,decision_note}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END, 'decision_note', CASE WHEN n.decision_note <> '' THEN left(encode(sha256(convert_to(n.decision_note::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_levelrequest', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="fa89ed59b938a4cfabbfa17a891b72ebf6747879",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_da411",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_levelrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="levelrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_levelrequest', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.dispute_id FROM early_warning_disputewarning p WHERE p.id = o.warning_id) AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="515eefbc61976b650989dbef391e5635601cf4d9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_fdab4",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_levelrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="phonetask",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["duty_post"], name="phone_task_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="phonetask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phoned_at", None), ("phoned_by", None), ("reached", None)),
                    models.Q(
                        ("phoned_at__isnull", False), ("phoned_by__isnull", False), ("reached__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="phone_task_phoned_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phonetask",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_phonetask', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = n.escalation_id) AS dispute, (to_jsonb(n) - '{id,answer}'::text[]) || jsonb_build_object('answer', CASE WHEN n.answer <> '' THEN left(encode(sha256(convert_to(n.answer::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="950e9aa9cff34bdb38b2f0fd20f291d6b85ea92f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_c8a03",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_phonetask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phonetask",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = o.escalation_id) AS before, (to_jsonb(o) - '{id,answer}'::text[]) || jsonb_build_object('answer', CASE WHEN o.answer <> '' THEN left(encode(sha256(convert_to(o.answer::text, 'UTF8')), 'hex'), 32) END) AS was, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = n.escalation_id) AS after, (to_jsonb(n) - '{id,answer}'::text[]) || jsonb_build_object('answer', CASE WHEN n.answer <> '' THEN left(encode(sha256(convert_to(n.answer::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_phonetask', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="9a5f84a788e17d76dcf6d8e393bba5a6aa523463",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_6152a",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_phonetask",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="phonetask",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_phonetask', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.dispute_id FROM early_warning_escalation p WHERE p.id = o.escalation_id) AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="863a5986b2c0c5228785ac897906c12194dd81b3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_b40b4",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_phonetask",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__lte", 3)), name="reading_level_0_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("happening", False), ("level", 1), _connector="OR"),
                name="reading_happening_is_level_1",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("of", "person"), _negated=True),
                fields=("dispute", "of", "entry_seq"),
                name="reading_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_reading\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - \'{id,evidence}\'::text[] AS says FROM (SELECT "id", "dispute_id", "of", "entry_seq", "policy_id", "level", "danger", "happening", "danger_cleared_at", "rule", "read_at" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="f8c17a4402967e2a023b6d099da9971047a10470",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_15820",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_reading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - \'{id,evidence}\'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - \'{id,evidence}\'::text[] AS says FROM (SELECT "id", "dispute_id", "of", "entry_seq", "policy_id", "level", "danger", "happening", "danger_cleared_at", "rule", "read_at" FROM fresh) n JOIN (SELECT "id", "dispute_id", "of", "entry_seq", "policy_id", "level", "danger", "happening", "danger_cleared_at", "rule", "read_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_reading\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="3e7f106942c6460d7222cd035d7d603e5a1e0967",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_34e7d",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_reading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reading",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_reading', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="5f2e1abd044c1f602838520ec185c26e30c43e38",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_e4f0e",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_reading",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="importedlevel",
            index=models.Index(
                condition=models.Q(("decided_at", None)), fields=["level", "id"], name="imported_level_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedlevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 3)), name="imported_level_1_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="importedlevel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("level_to", None)),
                    models.Q(
                        ("decided_at__isnull", False), ("level_to__isnull", False), ("level_to__lte", 3)
                    ),
                    _connector="OR",
                ),
                name="imported_level_decided_has_its_level",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedlevel",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_importedlevel', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="60edf85e04769c1098879d0fcd1aeed0f6bd2b92",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_9f1b0",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_importedlevel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedlevel",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN o.reason <> '' THEN left(encode(sha256(convert_to(o.reason::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_importedlevel', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="b58f6f794dff3f5dff5b1db0e7a1fb85d6c477ae",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_d545f",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_importedlevel",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="importedlevel",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_importedlevel', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="c2b86ed8745cbab918578239a66a9c3eb733d7f3",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_893ae",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_importedlevel",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="disputewarning",
            index=models.Index(
                condition=models.Q(("state__in", ["unconfirmed", "confirmed"])),
                fields=["level", "opened_at"],
                name="warning_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputewarning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["unconfirmed", "confirmed"])),
                fields=("dispute",),
                name="one_open_warning",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputewarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 3)), name="warning_level_1_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="disputewarning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at__isnull", False), ("state", "lifted")),
                    models.Q(models.Q(("state", "lifted"), _negated=True), ("lifted_at", None)),
                    _connector="OR",
                ),
                name="warning_lifted_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputewarning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="warning_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputewarning",
            constraint=models.CheckConstraint(
                condition=models.Q(("happening", False), ("level", 1), _connector="OR"),
                name="warning_happening_is_level_1",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputewarning",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_disputewarning\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - \'{id,version}\'::text[] AS says FROM (SELECT "id", "dispute_id", "level", "proposed_level", "state", "round", "happening", "reading_id", "opened_at", "opened_by_id", "confirmed_at", "confirmed_by_id", "lifted_at", "lifted_by_id" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="c58f64f9448cfa1e90950fdc2f0c492d0706b08f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_544bb",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="early_warning_disputewarning",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputewarning",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - \'{id,version}\'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - \'{id,version}\'::text[] AS says FROM (SELECT "id", "dispute_id", "level", "proposed_level", "state", "round", "happening", "reading_id", "opened_at", "opened_by_id", "confirmed_at", "confirmed_by_id", "lifted_at", "lifted_by_id" FROM fresh) n JOIN (SELECT "id", "dispute_id", "level", "proposed_level", "state", "round", "happening", "reading_id", "opened_at", "opened_by_id", "confirmed_at", "confirmed_by_id", "lifted_at", "lifted_by_id" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'early_warning_disputewarning\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="c4d5ae7cff08b1342300abe0bde67828aa4b75a3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_fe1a6",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="early_warning_disputewarning",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="disputewarning",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'early_warning_disputewarning', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="2fd7080a93615ff28745f60bab3815919429da35",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_2ab1c",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="early_warning_disputewarning",
                    when="AFTER",
                ),
            ),
        ),
    ]
