import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import calendars.models.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
        ("accounts", "0001_initial"),
        ("jurisdictions", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),  # by hand: the constraints of periods that must not overlap need it
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_type", models.CharField(max_length=24)),
                ("subject_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=24)),
                ("rule", models.JSONField()),
                ("starts_at", models.DateTimeField(verbose_name="起算")),
                ("fixed_due_at", models.DateTimeField(null=True)),
                ("latest_at", models.DateTimeField(null=True, verbose_name="最迟")),
                ("due_at", models.DateTimeField(verbose_name="截止")),
                ("soon_at", models.DateTimeField()),
                ("explanation", models.JSONField(default=list)),
                ("is_provisional", models.BooleanField(default=False, verbose_name="暂定")),
                ("paused", models.BooleanField(default=False, verbose_name="计时中止")),
                ("opened_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("met_at", models.DateTimeField(null=True, verbose_name="办结于")),
                ("missed_at", models.DateTimeField(null=True, verbose_name="首次超期于")),
                ("missed_due_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "waiting_org",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("waiting_role", models.CharField(blank=True, max_length=24)),
                (
                    "waiting_person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="deadline_by_subject"),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at", None),
                            ("met_at", None),
                            models.Q(
                                ("missed_due_at", None),
                                ("missed_due_at__lt", models.F("due_at")),
                                _connector="OR",
                            ),
                        ),
                        fields=["due_at", "id"],
                        name="deadline_running",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["subject_type", "kind", "due_at"],
                        include=("subject_id", "met_at", "missed_at"),
                        name="deadline_fell_due",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("met_at", None), ("reminded_at", None)),
                        fields=["soon_at", "id"],
                        name="deadline_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at", None), ("met_at", None), ("is_provisional", True)
                        ),
                        fields=["id"],
                        name="deadline_provisional",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("met_at", None)),
                        fields=("subject_type", "subject_id", "kind"),
                        name="deadline_one_unmet_per_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missed_at", None), ("missed_due_at", None)),
                            models.Q(("missed_at__isnull", False), ("missed_due_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="deadline_miss_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at", None), ("cancelled_at", None), _connector="OR"),
                        name="deadline_one_ending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latest_at", None), ("due_at__lte", models.F("latest_at")), _connector="OR"
                        ),
                        name="deadline_due_by_the_latest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("soon_at"))),
                        name="deadline_due_after_soon",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineAdjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="calendars.deadline",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("pause", "中止计时"), ("extension", "延期")], max_length=12),
                ),
                ("since", models.DateTimeField(null=True, verbose_name="自")),
                ("expected_end", models.DateTimeField(null=True, verbose_name="预计至")),
                ("until", models.DateTimeField(null=True, verbose_name="至")),
                ("route", models.CharField(blank=True, max_length=40, verbose_name="法定途径")),
                ("limit", models.PositiveIntegerField(null=True, verbose_name="延长")),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        choices=[("day", "日"), ("working_day", "工作日"), ("hour", "小时")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="事由")),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=200, verbose_name="决定人")),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "pause"), ("until", None)),
                        fields=["expected_end"],
                        name="pause_running",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expected_end__isnull", False),
                                ("kind", "pause"),
                                ("limit", None),
                                ("since__isnull", False),
                            ),
                            models.Q(
                                ("expected_end", None),
                                ("kind", "extension"),
                                ("limit__gte", 1),
                                ("since", None),
                                ("until", None),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_is_pause_or_extension",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "pause"), ("until", None)),
                        fields=("deadline",),
                        name="adjustment_one_running_pause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            models.Q(
                                ("expected_end__gte", models.F("since")),
                                models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="adjustment_pause_is_a_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("accept", "受理"),
                            ("accept_urgent", "受理（一、二级预警、人身危险）"),
                            ("dispatch", "分流"),
                            ("dispatch_urgent", "分流（一、二级预警、人身危险）"),
                            ("sign_for", "签收"),
                            ("sign_for_urgent", "签收（一、二级预警、人身危险）"),
                            ("return_request", "申请退回"),
                            ("return_consent", "退回审批"),
                            ("report_up_accept", "县级接收"),
                            ("report_up_accept_urgent", "县级接收（一、二级预警、人身危险）"),
                            ("result", "化解"),
                            ("police_mediation", "公安机关调解交通事故"),
                            ("medical_mediation", "医疗纠纷人民调解委员会调解"),
                            ("extension_request", "提前申请延期"),
                            ("extension_decision", "延期审批"),
                            ("review", "审结"),
                            ("revisit", "回访"),
                            ("refusal_objection", "对不予受理提出异议"),
                            ("coordinator_check", "综治中心核查"),
                            ("warning_ack_1", "一级预警：知悉"),
                            ("warning_ack_2", "二级预警：知悉"),
                            ("warning_ack_3", "三级预警：知悉"),
                            ("warning_result_1", "一级预警：处理结果"),
                            ("warning_result_2", "二级预警：处理结果"),
                            ("warning_result_3", "三级预警：处理结果"),
                            ("stand_in", "外出代理（超过的告知县综治中心）"),
                            ("due_soon", "临期提醒（按日期限）"),
                            ("due_soon_hours", "临期提醒（按小时期限）"),
                        ],
                        max_length=24,
                        verbose_name="事项",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=32, verbose_name="纠纷类别")),
                ("source_kind", models.CharField(blank=True, max_length=24, verbose_name="来源")),
                ("limit", models.PositiveIntegerField(verbose_name="期限")),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "日"), ("working_day", "工作日"), ("hour", "小时")],
                        max_length=12,
                        verbose_name="单位",
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="自")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="至")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
            ],
            options={
                "ordering": ["key", "category", "source_kind", "-effective_from"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("limit__gte", 1)), name="deadline_rule_limit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="deadline_rule_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["day", "working_day", "hour"])),
                        name="deadline_rule_unit",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("key", "="),
                            ("category", "="),
                            ("source_kind", "="),
                            (
                                calendars.models.rules.InForce(
                                    "effective_from",
                                    "effective_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="deadline_rule_no_overlap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatutoryDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["date"],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("loaded_at", models.DateTimeField(verbose_name="录入时间")),
                ("revision", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("changed_from", models.DateField(editable=False, null=True)),
                ("changed_to", models.DateField(editable=False, null=True)),
            ],
            options={
                "ordering": ["year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2150)),
                        name="calendar_year_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_from", None), ("changed_to", None)),
                            ("changed_from__lte", models.F("changed_to")),
                            _connector="OR",
                        ),
                        name="calendar_year_change_is_a_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="日期")),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="calendars.calendaryear",
                        to_field="year",
                    ),
                ),
                ("is_workday", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["date"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("date__year", models.F("year_id"))),
                        name="calendar_day_in_its_year",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendaryear",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_calendaryear\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - \'{id,revision,changed_from,changed_to}\'::text[] AS says FROM (SELECT "id", "year", "source", "loaded_at" FROM fresh) n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ',
                    hash="73d80cd1af0d2f4e37253b97c513998d7f73716e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_1f42d",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_calendaryear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendaryear",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - \'{id,revision,changed_from,changed_to}\'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - \'{id,revision,changed_from,changed_to}\'::text[] AS says FROM (SELECT "id", "year", "source", "loaded_at" FROM fresh) n JOIN (SELECT "id", "year", "source", "loaded_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_calendaryear\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ',
                    hash="e2cae3012cd89d78193c2c0257ddaf92e1e95e4d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_79456",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_calendaryear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendaryear",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_calendaryear', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="37fc08f871e389d5e6cac509a5193fa8f77b59dd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_ebc79",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_calendaryear",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlinerule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_deadlinerule', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="9760b838b9a13bb1ae174431381e6ee20a10380d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_52f30",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_deadlinerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlinerule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_deadlinerule', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="4077dd88fdc3d62790949a20143fdf78144625e9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_3d72d",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_deadlinerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlinerule",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_deadlinerule', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="2447e92e0165c94e9b2ea126a103d6a32f4a26f0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_55034",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_deadlinerule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statutoryday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_statutoryday', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="dc919f9845d17513b4791bb18e9c13c452525a4b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_47860",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_statutoryday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statutoryday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_statutoryday', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="62a6cab01cff0cae6c18f12ccf9d5b1bc718cbd6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_03efc",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_statutoryday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statutoryday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_statutoryday', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="99a774736d8911a1fa613e8b7b6d2b39b38dcdde",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_f6e79",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_statutoryday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_calendarday', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="6261d6bac7e49632ce915fdb41944b034d6eff21",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_80046",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_calendarday', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="f249afad2dff16563d3401492cd18e9b0aea5d1c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_1d584",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calendarday",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_calendarday', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="bc74d0161258905e782615327cee4fd49d718cf9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_91d1d",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_calendarday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadline\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, CASE WHEN n.subject_type = \'dispute\' THEN n.subject_id END AS dispute, to_jsonb(n) - \'{id,reminded_at,explanation}\'::text[] AS says FROM (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at", "waiting_org_id", "waiting_role", "waiting_person_id" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="ae9015728c2ffea1e6fb29522f8ce23249571fd9",
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
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, CASE WHEN o.subject_type = \'dispute\' THEN o.subject_id END AS before, to_jsonb(o) - \'{id,reminded_at,explanation}\'::text[] AS was, CASE WHEN n.subject_type = \'dispute\' THEN n.subject_id END AS after, to_jsonb(n) - \'{id,reminded_at,explanation}\'::text[] AS says FROM (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at", "waiting_org_id", "waiting_role", "waiting_person_id" FROM fresh) n JOIN (SELECT "id", "subject_type", "subject_id", "kind", "rule", "starts_at", "fixed_due_at", "latest_at", "due_at", "soon_at", "is_provisional", "paused", "opened_at", "met_at", "missed_at", "missed_due_at", "cancelled_at", "waiting_org_id", "waiting_role", "waiting_person_id" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadline\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="13bc3b8c73b8e1ce1e8481b158d492c7774bfe8f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_cd952",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_deadline', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, CASE WHEN o.subject_type = 'dispute' THEN o.subject_id END AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="4927390d297bcdcabb0e2fb4294acda52c7b156b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_11ea4",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_deadline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="103fcf000b78dd91c14e49b4f1f1b6772453f633",
                    operation="DELETE",
                    pgid="pgtrigger_stays_07df2",
                    table="calendars_deadline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadline",
            trigger=pgtrigger.compiler.Trigger(
                name="facts_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN ((OLD."missed_at" IS NOT NULL AND NEW."missed_at" IS DISTINCT FROM OLD."missed_at") OR (OLD."met_at" IS NOT NULL AND NEW."met_at" IS DISTINCT FROM OLD."met_at") OR (OLD."cancelled_at" IS NOT NULL AND NEW."cancelled_at" IS DISTINCT FROM OLD."cancelled_at"))',
                    func="RAISE EXCEPTION 'a deadline once missed, met or cancelled stays so';",
                    hash="fe7ccf518fbf24b240bd4c03a20595d60df56590",
                    operation="UPDATE",
                    pgid="pgtrigger_facts_stay_a77fd",
                    table="calendars_deadline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadlineadjustment\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, (SELECT p.subject_id FROM calendars_deadline p WHERE p.id = n.deadline_id AND p.subject_type = \'dispute\') AS dispute, to_jsonb(n) - \'{id,reason}\'::text[] AS says FROM (SELECT "id", "deadline_id", "kind", "since", "expected_end", "until", "route", "limit", "unit", "decided_at", "decided_by", "due_before", "due_after" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="0bf25eb086bbcbe5eb2c83598d4d1ea9b1c0de97",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_7f98c",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="calendars_deadlineadjustment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.subject_id FROM calendars_deadline p WHERE p.id = o.deadline_id AND p.subject_type = \'dispute\') AS before, to_jsonb(o) - \'{id,reason}\'::text[] AS was, (SELECT p.subject_id FROM calendars_deadline p WHERE p.id = n.deadline_id AND p.subject_type = \'dispute\') AS after, to_jsonb(n) - \'{id,reason}\'::text[] AS says FROM (SELECT "id", "deadline_id", "kind", "since", "expected_end", "until", "route", "limit", "unit", "decided_at", "decided_by", "due_before", "due_after" FROM fresh) n JOIN (SELECT "id", "deadline_id", "kind", "since", "expected_end", "until", "route", "limit", "unit", "decided_at", "decided_by", "due_before", "due_after" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'calendars_deadlineadjustment\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="206f3debcb72957ca5f66bec3384ea863ced7651",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_40a06",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="calendars_deadlineadjustment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'calendars_deadlineadjustment', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.subject_id FROM calendars_deadline p WHERE p.id = o.deadline_id AND p.subject_type = 'dispute') AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="faf75c6fc9726624d23edb3bd7c1cf9d6a4835e5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_bea00",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="calendars_deadlineadjustment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="8cb18f74804cb2966f7eedb12cc4537128c1acd5",
                    operation="DELETE",
                    pgid="pgtrigger_stays_40568",
                    table="calendars_deadlineadjustment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deadlineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="only_a_pause_ends",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN ((OLD."until" IS NOT NULL AND NEW."until" IS DISTINCT FROM OLD."until") OR NEW."deadline_id" IS DISTINCT FROM OLD."deadline_id" OR NEW."kind" IS DISTINCT FROM OLD."kind" OR NEW."since" IS DISTINCT FROM OLD."since" OR NEW."expected_end" IS DISTINCT FROM OLD."expected_end" OR NEW."route" IS DISTINCT FROM OLD."route" OR NEW."limit" IS DISTINCT FROM OLD."limit" OR NEW."unit" IS DISTINCT FROM OLD."unit" OR NEW."reason" IS DISTINCT FROM OLD."reason" OR NEW."decided_at" IS DISTINCT FROM OLD."decided_at" OR NEW."decided_by" IS DISTINCT FROM OLD."decided_by" OR NEW."due_before" IS DISTINCT FROM OLD."due_before" OR NEW."due_after" IS DISTINCT FROM OLD."due_after")',
                    func="RAISE EXCEPTION 'an adjustment stays as decided; only a running pause ends';",
                    hash="730b1edf4995c42e3b28884aaeda77c82157566e",
                    operation="UPDATE",
                    pgid="pgtrigger_only_a_pause_ends_15e2e",
                    table="calendars_deadlineadjustment",
                    when="BEFORE",
                ),
            ),
        ),
    ]
