import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("jurisdictions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailySeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("format", models.PositiveSmallIntegerField(default=1)),
                ("serial", models.PositiveIntegerField(null=True)),
                ("last_fact_id", models.BigIntegerField(default=0)),
                ("fact_count", models.PositiveBigIntegerField(default=0)),
                ("fact_hash", models.CharField(blank=True, max_length=64)),
                ("late", models.CharField(blank=True, max_length=300)),
                ("day", models.DateField(unique=True)),
                ("entry_count", models.PositiveIntegerField()),
                ("last_entry_id", models.BigIntegerField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="DispatchCatalogue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.sector",
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="起")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["sector", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("sector", "effective_from"), name="catalogue_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="catalogue_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputeCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("name_en", models.CharField(max_length=60)),
                ("group", models.CharField(max_length=20, verbose_name="分组")),
                (
                    "hot_field",
                    models.CharField(
                        choices=[
                            ("enterprise_reform", "企业改制"),
                            ("expropriation", "征地拆迁"),
                            ("resources", "农林水利和矿产资源权属"),
                            ("labour", "劳动争议"),
                            ("education_health", "教育医疗"),
                            ("environment", "环境保护"),
                            ("work_safety", "安全生产"),
                            ("food_drug", "食品药品安全"),
                            ("traffic", "交通事故"),
                            ("other", "其他"),
                        ],
                        max_length=24,
                        verbose_name="重点领域",
                    ),
                ),
                ("restricted_by_default", models.BooleanField(default=False, verbose_name="默认限制知悉")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ExportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("kind", models.CharField(default="xlsx", max_length=16)),
                ("query", models.CharField(blank=True, max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("running", "生成中"),
                            ("done", "已完成"),
                            ("failed", "失败"),
                            ("expired", "已过期"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="IntakeDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("data", core.fields.EncryptedTextField(blank=True)),
                ("title", core.fields.EncryptedTextField(blank=True, verbose_name="标题")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-updated_at"],
            },
        ),
        migrations.CreateModel(
            name="LedgerBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("printed_name", models.CharField(max_length=40, verbose_name="字号")),
                ("last_seq", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("centre", "year"), name="book_once")],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="disputes.ledgerbook",
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="序号")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("narrative", models.TextField(verbose_name="事由")),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="disputes.disputecategory",
                        verbose_name="类别",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("walk_in", "来访"),
                            ("phone", "来电"),
                            ("letter", "来信"),
                            ("hotline", "12345热线"),
                            ("petition", "信访转来"),
                            ("police", "公安移交"),
                            ("court", "法院委派委托"),
                            ("department", "部门转来"),
                            ("village", "村（社区）上报"),
                            ("leader_reception", "领导接访"),
                            ("own_initiative", "主动排查"),
                            ("screening", "集中排查"),
                            ("online", "网上"),
                            ("import", "导入"),
                        ],
                        max_length=20,
                        verbose_name="来源",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.place",
                        verbose_name="发生地",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.place",
                        verbose_name="乡镇",
                    ),
                ),
                ("place_name", models.CharField(max_length=120)),
                ("place_code", models.CharField(max_length=12)),
                ("occurred_on", models.DateField(blank=True, null=True, verbose_name="发生日期")),
                ("people_count", models.PositiveIntegerField(default=1, verbose_name="涉及人数")),
                ("amount_fen", models.BigIntegerField(blank=True, null=True, verbose_name="涉及金额（分）")),
                (
                    "involved_towns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                (
                    "involved_sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("unit_name", models.CharField(blank=True, max_length=100, verbose_name="涉事单位")),
                (
                    "unit_relation",
                    models.CharField(
                        blank=True,
                        choices=[("inside", "单位内部"), ("versus_locality", "单位与周边村组群众")],
                        max_length=16,
                    ),
                ),
                ("unit_consent", models.BooleanField(blank=True, null=True, verbose_name="同意告知单位")),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[("normal", "一般"), ("restricted", "限制知悉")],
                        default="normal",
                        max_length=12,
                        verbose_name="知悉范围",
                    ),
                ),
                ("danger", models.BooleanField(default=False, verbose_name="人身危险")),
                ("danger_told", models.CharField(blank=True, max_length=200, verbose_name="已报告")),
                ("danger_told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                        verbose_name="受理中心",
                    ),
                ),
                (
                    "managing_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                        verbose_name="管理中心",
                    ),
                ),
                (
                    "handed_down_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                        verbose_name="交办中心",
                    ),
                ),
                ("county_due_at", models.DateTimeField(blank=True, null=True, verbose_name="县级要求办结")),
                (
                    "handed_town",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.place",
                        verbose_name="承办乡镇",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "responsible_leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.post",
                        verbose_name="责任领导",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "responsible_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("registered", "待受理"),
                            ("accepted", "待分流"),
                            ("declined", "不予受理"),
                            ("merged", "已并案"),
                            ("assigned", "待签收"),
                            ("in_progress", "办理中"),
                            ("result_submitted", "待审结"),
                            ("settled", "已化解"),
                            ("performing", "履行中"),
                            ("not_resolved", "处理未果"),
                            ("routed", "已导入其他途径"),
                            ("closed", "已销号"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤回"),
                            ("transferred_out", "已移送"),
                            ("reopened", "已重启"),
                        ],
                        default="registered",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("suspended", models.BooleanField(default=False, verbose_name="中止")),
                (
                    "pending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("report_up", "上报县级"),
                            ("return", "退回"),
                            ("extension", "延期"),
                            ("approval", "县级审结"),
                        ],
                        max_length=12,
                        verbose_name="待批",
                    ),
                ),
                (
                    "pending_org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("warning_level", models.PositiveSmallIntegerField(default=0, verbose_name="预警级别")),
                (
                    "reported_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written_agreement", "达成书面协议"),
                            ("oral_agreement", "达成口头协议"),
                            ("decision", "作出处理决定"),
                            ("refused", "当事人拒绝调解"),
                            ("no_agreement", "未达成协议"),
                            ("routed", "引导至其他途径"),
                            ("transferred_out", "移送其他机关"),
                        ],
                        max_length=20,
                        verbose_name="报结结果",
                    ),
                ),
                ("result_summary", models.TextField(blank=True, verbose_name="化解情况")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="disputes.dispute",
                    ),
                ),
                ("survivor_since", models.DateTimeField(blank=True, null=True)),
                ("registered_at", models.DateTimeField(verbose_name="登记时间")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="受理时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="报结时间")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="化解时间")),
                ("settled_on_time", models.BooleanField(blank=True, null=True, verbose_name="按期化解")),
                ("revisited_at", models.DateTimeField(blank=True, null=True, verbose_name="回访时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="销号时间")),
                ("performance_until", models.DateField(blank=True, null=True, verbose_name="履行至")),
                ("resolve_by", models.DateTimeField(blank=True, null=True, verbose_name="化解时限")),
                (
                    "waiting_org",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("waiting_role", models.CharField(blank=True, max_length=24)),
                ("next_due_at", models.DateTimeField(blank=True, null=True, verbose_name="下一时限")),
                ("version", models.PositiveIntegerField(default=1)),
                ("query_code_hash", models.CharField(blank=True, max_length=64)),
                (
                    "access_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "barred_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
            ],
            options={
                "verbose_name": "矛盾纠纷",
                "ordering": ["-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["access_keys"], name="dispute_access"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="dispute_search"),
                    models.Index(
                        condition=models.Q(("handed_town__isnull", False)),
                        fields=["handed_town", "registered_at", "id"],
                        name="dispute_of_handed_town",
                    ),
                    models.Index(
                        condition=models.Q(("survivor__isnull", False)),
                        fields=["survivor"],
                        name="dispute_absorbed",
                    ),
                    models.Index(fields=["registered_at", "id"], name="dispute_by_time"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("next_due_at"),
                            models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC)),
                            output_field=models.DateTimeField(),
                        ),
                        models.F("id"),
                        name="dispute_by_urgency",
                    ),
                    models.Index(fields=["town", "registered_at", "id"], name="dispute_by_town"),
                    models.Index(fields=["category", "registered_at", "id"], name="dispute_by_category"),
                    models.Index(fields=["lead_unit", "registered_at", "id"], name="dispute_by_unit"),
                    models.Index(fields=["status", "registered_at", "id"], name="dispute_by_status"),
                    models.Index(
                        condition=models.Q(("warning_level__gt", 0)),
                        fields=["warning_level", "registered_at", "id"],
                        name="dispute_by_level",
                    ),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["settled_at", "id"],
                        name="dispute_by_settlement",
                    ),
                    models.Index(
                        condition=models.Q(("confidentiality", "restricted")),
                        fields=["registered_at", "id"],
                        name="dispute_restricted",
                    ),
                    models.Index(
                        condition=models.Q(("pending", ""), _negated=True),
                        fields=["registered_at", "id"],
                        name="dispute_pending",
                    ),
                    models.Index(
                        condition=models.Q(("danger", True)),
                        fields=["registered_at", "id"],
                        name="dispute_danger",
                    ),
                    models.Index(
                        condition=models.Q(("settled_on_time", False)),
                        fields=["registered_at", "id"],
                        name="dispute_settled_late",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                ["archived", "closed", "declined", "merged", "transferred_out", "withdrawn"],
                            ),
                            _negated=True,
                        ),
                        fields=["waiting_org", "waiting_role", "next_due_at", "id"],
                        include=("status", "pending", "access_keys", "barred_keys"),
                        name="dispute_waiting",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                ["archived", "closed", "declined", "merged", "transferred_out", "withdrawn"],
                            ),
                            _negated=True,
                        ),
                        fields=["next_due_at", "id"],
                        include=("access_keys", "barred_keys"),
                        name="dispute_late",
                    ),
                    models.Index(
                        fields=["town", "category", "status"],
                        include=("access_keys", "barred_keys"),
                        name="dispute_town_counts",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "seq"), name="dispute_number_in_book"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    ["assigned", "in_progress", "result_submitted", "settled", "performing"],
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("lead_unit__isnull", False),
                                ("resolve_by__isnull", False),
                                ("responsible_person__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_duty_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "registered",
                                    "accepted",
                                    "declined",
                                    "merged",
                                    "assigned",
                                    "in_progress",
                                    "result_submitted",
                                    "settled",
                                    "performing",
                                    "not_resolved",
                                    "routed",
                                    "closed",
                                    "archived",
                                    "withdrawn",
                                    "transferred_out",
                                    "reopened",
                                ],
                            )
                        ),
                        name="dispute_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("warning_level__lte", 3)), name="dispute_level_0_to_3"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen", None), ("amount_fen__gte", 0), _connector="OR"),
                        name="dispute_amount_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_consent", None), ("unit_relation", "inside"), _connector="OR"
                        ),
                        name="dispute_consent_inside_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "merged"), _negated=True),
                            ("merged_into__isnull", False),
                            _connector="OR",
                        ),
                        name="dispute_merged_names_its_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into", None), ("survivor", None), ("survivor_since", None)),
                            models.Q(
                                ("merged_into__isnull", False),
                                ("survivor__isnull", False),
                                ("survivor_since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_merged_has_its_survivor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pending", ""), ("pending_org__isnull", False), _connector="OR"),
                        name="dispute_pending_names_who_decides",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("county_due_at", None), ("handed_down_by", None)),
                            models.Q(("county_due_at__isnull", False), ("handed_down_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispute_handed_down_with_its_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("suspended", False), ("status", "in_progress"), _connector="OR"),
                        name="dispute_rests_only_in_progress",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["closed", "archived"]), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="dispute_closed_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="disputes.dispute",
                    ),
                ),
                ("key", models.IntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("county", "县级"),
                            ("received", "受理地"),
                            ("placed", "发生地"),
                            ("joined", "涉及地"),
                            ("handed", "承办地"),
                            ("registrar", "登记人"),
                            ("managing", "管理中心"),
                            ("lead", "责任单位"),
                            ("co_unit", "协办单位"),
                            ("person", "责任人"),
                            ("leader", "责任领导"),
                            ("decider", "审批单位"),
                            ("duty", "值班岗位"),
                            ("upper", "上层应用"),
                            ("alarm", "紧急时知悉"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("trail_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ends_at", None), ("trail_until__isnull", False)),
                        fields=["key", "dispute"],
                        name="grant_of_the_past",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("dispute", "key", "reason"),
                        name="grant_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="disputes.dispute"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("dispute", "user"), name="followed_once")],
            },
        ),
        migrations.CreateModel(
            name="Handing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handings",
                        to="disputes.dispute",
                    ),
                ),
                ("kind", models.CharField(choices=[("down", "县级交办"), ("over", "转交")], max_length=8)),
                (
                    "from_centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "to_centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="县级要求办结")),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_step", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "ordering": ["handed_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dispute",),
                        name="one_handing_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("kind", "down")),
                            models.Q(("due_at", None), ("kind", "over")),
                            _connector="OR",
                        ),
                        name="handing_down_names_its_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_centre", models.F("to_centre")), _negated=True),
                        name="handing_goes_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by_step", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ended_by_step", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="handing_end_has_its_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("request_hash", models.CharField(max_length=64)),
                (
                    "dispute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="disputes.dispute",
                    ),
                ),
                ("answer", core.fields.EncryptedTextField(blank=True)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("appointment", "key"), name="idempotency_key_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerColumns",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("names__len__gt", 0)), name="ledger_columns_some"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NotResolved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_resolved",
                        to="disputes.dispute",
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
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_step", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "ordering": ["found_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", ""), ("chosen", ""), ("ended_at", None)),
                        fields=["dispute"],
                        name="not_resolved_unanswered",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dispute",),
                        name="one_not_resolved_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("chosen", ""),
                                ("routes", []),
                                ("told_at", None),
                                ("told_on", None),
                                ("told_way", ""),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_on", None), ("told_on__gte", models.F("reported_on")), _connector="OR"
                        ),
                        name="routes_told_since_no_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chosen", ""), ("routes__contains", [models.F("chosen")]), _connector="OR"
                        ),
                        name="chosen_route_was_told",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by_step", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ended_by_step", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="not_resolved_end_has_its_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origin",
                        to="disputes.dispute",
                    ),
                ),
                ("sender", models.CharField(blank=True, max_length=100, verbose_name="来件单位")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="来件编号")),
                ("number_key", models.CharField(blank=True, max_length=240)),
                ("ledger_number", models.CharField(blank=True, max_length=60, verbose_name="原编号")),
                ("ledger_number_key", models.CharField(blank=True, max_length=240)),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="来件日期")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="来件要求办结")),
                ("answer_wanted", models.BooleanField(default=False, verbose_name="要求书面答复")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                (
                    "answered_way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paper", "书面函件"),
                            ("system", "来件系统回复"),
                            ("other", "其他书面方式"),
                        ],
                        max_length=8,
                        verbose_name="答复方式",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("number_key", ""), _negated=True),
                        fields=["number_key"],
                        name="origin_number",
                    ),
                    models.Index(
                        condition=models.Q(("ledger_number_key", ""), _negated=True),
                        fields=["ledger_number_key"],
                        name="origin_ledger_number",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sender", ""), _negated=True),
                            models.Q(
                                ("answer_wanted", False),
                                ("due_at", None),
                                ("number", ""),
                                ("received_on", None),
                                models.Q(("ledger_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="origin_has_its_sender",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_on", None), ("answered_way", "")),
                            models.Q(
                                ("answer_wanted", True),
                                ("answered_at__isnull", False),
                                ("answered_on__isnull", False),
                                models.Q(("answered_way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="origin_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on", None),
                            ("due_at", None),
                            (
                                "due_at__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("received_on"), "-", models.Value(datetime.timedelta(days=1))
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="origin_due_after_it_came",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("kind", models.CharField(max_length=16)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("last_serial", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "kind", "year"), name="paper_book_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="disputes.paperbook",
                    ),
                ),
                ("serial", models.PositiveIntegerField()),
                ("printed", models.CharField(max_length=60, verbose_name="文号")),
                ("kind", models.CharField(max_length=16)),
                ("about", models.CharField(max_length=40)),
                ("given_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("book", "serial"), name="paper_serial_once"),
                    models.UniqueConstraint(fields=("kind", "about"), name="paper_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("serial__gte", 1)), name="paper_serial_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "申请人"),
                            ("respondent", "被申请人"),
                            ("third_party", "第三人"),
                            ("representative", "代表人"),
                            ("party", "当事人"),
                        ],
                        max_length=16,
                        verbose_name="身份",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("natural", "自然人"), ("legal", "单位"), ("group", "群体")],
                        default="natural",
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("name", core.fields.EncryptedTextField(verbose_name="姓名或名称")),
                ("name_hash", models.CharField(db_index=True, max_length=64)),
                ("id_number", core.fields.EncryptedTextField(blank=True, verbose_name="证件号码")),
                ("id_hash", models.CharField(blank=True, max_length=64)),
                ("phone", core.fields.EncryptedTextField(blank=True, verbose_name="电话")),
                ("phone_hash", models.CharField(blank=True, max_length=64)),
                ("address", core.fields.EncryptedTextField(blank=True, verbose_name="住址")),
                ("head_count", models.PositiveIntegerField(default=1, verbose_name="人数")),
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
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("id_hash", ""), _negated=True),
                        fields=["id_hash"],
                        name="party_by_id_hash",
                    ),
                    models.Index(
                        condition=models.Q(("phone_hash", ""), _negated=True),
                        fields=["phone_hash"],
                        name="party_by_phone_hash",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("head_count__gte", 1)), name="party_head_count"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RestrictionQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restriction_question",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), size=None
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "限制知悉"), ("no", "不限制知悉")],
                        max_length=3,
                        verbose_name="答复",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "")), fields=["dispute"], name="restriction_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="restriction_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grounds", []), _negated=True),
                        name="restriction_names_its_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.CharField(max_length=1000)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="saved_view_once")],
            },
        ),
        migrations.CreateModel(
            name="StepRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report_up", "上报县级"),
                            ("return", "退回"),
                            ("extension", "延期"),
                            ("approval", "县级审结"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_competent", "不属于本单位法定职责"),
                            ("other_competent", "另有主管单位"),
                            ("other_place", "不属于本单位管辖区域"),
                            ("in_litigation", "已进入诉讼、仲裁、复议程序"),
                            ("conflict", "本单位与争议有利害关系"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", core.fields.EncryptedTextField()),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "decides_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                ("decides_as_leader", models.BooleanField(default=False)),
                ("times_told", models.PositiveSmallIntegerField(default=1)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("granted", models.BooleanField(null=True)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None), ("voided_at", None)),
                        fields=("dispute",),
                        name="one_request_pending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("granted", None)),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "extension"), _negated=True), ("days__gte", 1), _connector="OR"
                        ),
                        name="extension_names_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrailEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trail",
                        to="disputes.dispute",
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=32, verbose_name="环节")),
                ("status_from", models.CharField(blank=True, max_length=20)),
                ("status_to", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                ("user_id", models.BigIntegerField(null=True)),
                ("appointment_id", models.BigIntegerField(null=True)),
                ("on_behalf_of_id", models.BigIntegerField(null=True)),
                ("organization_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200, verbose_name="办理人")),
                ("payload", models.TextField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["dispute", "seq"],
                "indexes": [models.Index(fields=["recorded_at", "id"], name="trail_by_recorded")],
                "constraints": [models.UniqueConstraint(fields=("dispute", "seq"), name="trail_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="EntryText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="disputes.trailentry",
                    ),
                ),
                ("name", models.CharField(max_length=24)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("text", core.fields.EncryptedTextField(blank=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "name"), name="entry_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None), models.Q(("salt", ""), ("text", "")), _connector="OR"
                        ),
                        name="erased_text_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_step", models.CharField(blank=True, max_length=32)),
                ("instruction", core.fields.EncryptedTextField(blank=True, verbose_name="拟办意见")),
                ("by_final_word", models.BooleanField(default=False, verbose_name="县中心指定")),
                (
                    "co_units",
                    models.ManyToManyField(blank=True, related_name="+", to="jurisdictions.organization"),
                ),
            ],
            options={
                "ordering": ["assigned_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dispute",),
                        name="one_lead_unit_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by_step", "")),
                            models.Q(
                                ("ended_at__isnull", False), models.Q(("ended_by_step", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="assignment_end_has_its_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="disputes.dispute",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="disputes.intakedraft",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("has_preview", models.BooleanField(default=False)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["uploaded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dispute__isnull", False), ("draft__isnull", False), _connector="OR"
                        ),
                        name="attachment_belongs_somewhere",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CannedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("reason", "理由"),
                            ("account", "情况"),
                            ("instruction", "拟办意见、批示"),
                            ("note", "意见"),
                        ],
                        max_length=12,
                        verbose_name="用在哪一栏",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="内容")),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="disputes.cannedtext",
                    ),
                ),
            ],
            options={
                "ordering": ["field", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)),
                        fields=("unit", "field", "text"),
                        name="canned_text_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at", None), ("retired_by", None)),
                            models.Q(
                                ("retired_at__gte", models.F("created_at")), ("retired_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="canned_retired_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflict_marks",
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("marked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organization__isnull", False), ("user__isnull", False), _connector="OR"
                        ),
                        name="conflict_names_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentCoUnit",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("disputes.assignment_co_units",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dailyseal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="954109b83367fbfc846bc7345886bf323aeb3062",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_edbea",
                    table="disputes_dailyseal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dailyseal",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
                    hash="a714b975911e9692881e8ca95c5868b3322c40fe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_e7f91",
                    table="disputes_dailyseal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatchcatalogue",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_dispatchcatalogue', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="a09c55e1d7581010cb3fdad7c33b6fb2ba2fbd7f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_51657",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_dispatchcatalogue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatchcatalogue",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_dispatchcatalogue', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="0aa84d89b1a6ae36fc54cdae5e157f75f0a6e971",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_98020",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_dispatchcatalogue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispatchcatalogue",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_dispatchcatalogue', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="788ffe49b722f29cd863f114397404bec94e0b9d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_9d366",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_dispatchcatalogue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conflictmark",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_conflictmark', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="d4592983656287fcd491c2b2e0cf00025a301336",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_89d62",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_conflictmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conflictmark",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_conflictmark', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="7b0d38d44e9e7f6102f713024a33197a5d7e7749",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_7d561",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_conflictmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conflictmark",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_conflictmark', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="7cf10a92a4e56a7f4cb28179c3ac7df9cba1d7cc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_36ece",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_conflictmark",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,instruction}'::text[]) || jsonb_build_object('instruction', CASE WHEN n.instruction <> '' THEN left(encode(sha256(convert_to(n.instruction::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="1130171f3dbf3c03b2babe34696f6e598794f3c3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_0e3b3",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,instruction}'::text[]) || jsonb_build_object('instruction', CASE WHEN o.instruction <> '' THEN left(encode(sha256(convert_to(o.instruction::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,instruction}'::text[]) || jsonb_build_object('instruction', CASE WHEN n.instruction <> '' THEN left(encode(sha256(convert_to(n.instruction::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="3562e50015357adbf88282f015cbb85b74b5ea44",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_9be59",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="4cd3de18db939d29b9cb31e240008c224c8b5efe",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_932aa",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_accessgrant', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="bcc129e1ce3d2e28655765d20c23ff7b5e6008a7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_50f00",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_accessgrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_accessgrant', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="9d39afdc2359626905d96afb0dd0ce60f6cd7dad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_6da66",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_accessgrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessgrant",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_accessgrant', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="1bc7b82412ebb2537cdd4e58e711449a268c1484",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_16b39",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_accessgrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handing",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_handing', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="fce0311e0fd4456200f8177747943e0d0ca88e79",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_55d35",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_handing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handing",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_handing', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="2aca984c3ca1cd52b52f1904ba453d3506ec5424",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_b011e",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_handing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handing",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_handing', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="e37d460cf13ca85eb5f6bccec671fe9460337896",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_1ee35",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_handing",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attachment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'disputes_attachment\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - \'{id,has_preview,draft_id,name}\'::text[]) || jsonb_build_object(\'name\', CASE WHEN n.name <> \'\' THEN left(encode(sha256(convert_to(n.name::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "dispute_id", "name", "content_type", "size", "sha256", "uploaded_by_id", "uploaded_at" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="1d0d9687821cd1d98fd43f2b51c8e9f31d322089",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_9477e",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_attachment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attachment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - \'{id,has_preview,draft_id,name}\'::text[]) || jsonb_build_object(\'name\', CASE WHEN o.name <> \'\' THEN left(encode(sha256(convert_to(o.name::text, \'UTF8\')), \'hex\'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - \'{id,has_preview,draft_id,name}\'::text[]) || jsonb_build_object(\'name\', CASE WHEN n.name <> \'\' THEN left(encode(sha256(convert_to(n.name::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "dispute_id", "name", "content_type", "size", "sha256", "uploaded_by_id", "uploaded_at" FROM fresh) n JOIN (SELECT "id", "dispute_id", "name", "content_type", "size", "sha256", "uploaded_by_id", "uploaded_at" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'disputes_attachment\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="38896a700326c9938fa73a5f49916e551c763b87",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_837a6",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_attachment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="attachment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_attachment', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="a333e6b22f452e94a37959dce4c72ba3f31edf15",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_3fcb1",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_attachment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispute",
            trigger=pgtrigger.compiler.Trigger(
                name="merges_come_to_an_end",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."merged_into_id" IS NOT NULL)',
                    func="\n        IF EXISTS (\n            WITH RECURSIVE following (id, merged_into_id, survivor_id) AS (\n                SELECT id, merged_into_id, survivor_id FROM disputes_dispute\n                 WHERE id IN (NEW.merged_into_id, NEW.survivor_id)\n                UNION\n                SELECT d.id, d.merged_into_id, d.survivor_id FROM disputes_dispute d\n                  JOIN following f ON d.id IN (f.merged_into_id, f.survivor_id)\n            )\n            SELECT 1 FROM following WHERE id = NEW.id\n        ) THEN\n            RAISE EXCEPTION 'dispute % would be merged into itself', NEW.id USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                    hash="e1c7a9e5257dda064cd9cab97181b35777ea49fc",
                    operation='INSERT OR UPDATE OF "merged_into_id", "survivor_id"',
                    pgid="pgtrigger_merges_come_to_an_end_4885b",
                    table="disputes_dispute",
                    when="BEFORE",
                ),
            ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="dispute",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'disputes_dispute\', r.* FROM (SELECT id, dispute, \'I\', says FROM (SELECT n.id, n.id AS dispute, (to_jsonb(n) - \'{id,search,query_code_hash,version,title,narrative,danger_told,result_summary,unit_name}\'::text[]) || jsonb_build_object(\'title\', CASE WHEN n.title <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.title::text, \'UTF8\')), \'hex\'), 32) END, \'narrative\', CASE WHEN n.narrative <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.narrative::text, \'UTF8\')), \'hex\'), 32) END, \'danger_told\', CASE WHEN n.danger_told <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.danger_told::text, \'UTF8\')), \'hex\'), 32) END, \'result_summary\', CASE WHEN n.result_summary <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.result_summary::text, \'UTF8\')), \'hex\'), 32) END, \'unit_name\', CASE WHEN n.unit_name <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.unit_name::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "number", "book_id", "seq", "title", "narrative", "category_id", "source", "place_id", "town_id", "place_name", "place_code", "occurred_on", "people_count", "amount_fen", "involved_towns", "involved_sectors", "unit_id", "unit_name", "unit_relation", "unit_consent", "confidentiality", "danger", "danger_told", "danger_told_at", "received_by_id", "managing_org_id", "handed_down_by_id", "county_due_at", "handed_town_id", "registered_by_id", "responsible_leader_id", "lead_unit_id", "responsible_person_id", "status", "suspended", "pending", "pending_org_id", "warning_level", "reported_outcome", "result_summary", "merged_into_id", "survivor_id", "survivor_since", "registered_at", "accepted_at", "submitted_at", "settled_at", "settled_on_time", "revisited_at", "closed_at", "performance_until", "resolve_by", "waiting_org_id", "waiting_role", "next_due_at", "query_code_hash", "access_keys", "barred_keys" FROM fresh) n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="f7dca1cb48433593652b9e92366907aa87e20f89",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_b4e32",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_dispute",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispute",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.id AS before, (to_jsonb(o) - \'{id,search,query_code_hash,version,title,narrative,danger_told,result_summary,unit_name}\'::text[]) || jsonb_build_object(\'title\', CASE WHEN o.title <> \'\' THEN left(encode(sha256(convert_to(coalesce(o.query_code_hash, \'\') || E\'\\n\' || o.title::text, \'UTF8\')), \'hex\'), 32) END, \'narrative\', CASE WHEN o.narrative <> \'\' THEN left(encode(sha256(convert_to(coalesce(o.query_code_hash, \'\') || E\'\\n\' || o.narrative::text, \'UTF8\')), \'hex\'), 32) END, \'danger_told\', CASE WHEN o.danger_told <> \'\' THEN left(encode(sha256(convert_to(coalesce(o.query_code_hash, \'\') || E\'\\n\' || o.danger_told::text, \'UTF8\')), \'hex\'), 32) END, \'result_summary\', CASE WHEN o.result_summary <> \'\' THEN left(encode(sha256(convert_to(coalesce(o.query_code_hash, \'\') || E\'\\n\' || o.result_summary::text, \'UTF8\')), \'hex\'), 32) END, \'unit_name\', CASE WHEN o.unit_name <> \'\' THEN left(encode(sha256(convert_to(coalesce(o.query_code_hash, \'\') || E\'\\n\' || o.unit_name::text, \'UTF8\')), \'hex\'), 32) END) AS was, n.id AS after, (to_jsonb(n) - \'{id,search,query_code_hash,version,title,narrative,danger_told,result_summary,unit_name}\'::text[]) || jsonb_build_object(\'title\', CASE WHEN n.title <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.title::text, \'UTF8\')), \'hex\'), 32) END, \'narrative\', CASE WHEN n.narrative <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.narrative::text, \'UTF8\')), \'hex\'), 32) END, \'danger_told\', CASE WHEN n.danger_told <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.danger_told::text, \'UTF8\')), \'hex\'), 32) END, \'result_summary\', CASE WHEN n.result_summary <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.result_summary::text, \'UTF8\')), \'hex\'), 32) END, \'unit_name\', CASE WHEN n.unit_name <> \'\' THEN left(encode(sha256(convert_to(coalesce(n.query_code_hash, \'\') || E\'\\n\' || n.unit_name::text, \'UTF8\')), \'hex\'), 32) END) AS says FROM (SELECT "id", "number", "book_id", "seq", "title", "narrative", "category_id", "source", "place_id", "town_id", "place_name", "place_code", "occurred_on", "people_count", "amount_fen", "involved_towns", "involved_sectors", "unit_id", "unit_name", "unit_relation", "unit_consent", "confidentiality", "danger", "danger_told", "danger_told_at", "received_by_id", "managing_org_id", "handed_down_by_id", "county_due_at", "handed_town_id", "registered_by_id", "responsible_leader_id", "lead_unit_id", "responsible_person_id", "status", "suspended", "pending", "pending_org_id", "warning_level", "reported_outcome", "result_summary", "merged_into_id", "survivor_id", "survivor_since", "registered_at", "accepted_at", "submitted_at", "settled_at", "settled_on_time", "revisited_at", "closed_at", "performance_until", "resolve_by", "waiting_org_id", "waiting_role", "next_due_at", "query_code_hash", "access_keys", "barred_keys" FROM fresh) n JOIN (SELECT "id", "number", "book_id", "seq", "title", "narrative", "category_id", "source", "place_id", "town_id", "place_name", "place_code", "occurred_on", "people_count", "amount_fen", "involved_towns", "involved_sectors", "unit_id", "unit_name", "unit_relation", "unit_consent", "confidentiality", "danger", "danger_told", "danger_told_at", "received_by_id", "managing_org_id", "handed_down_by_id", "county_due_at", "handed_town_id", "registered_by_id", "responsible_leader_id", "lead_unit_id", "responsible_person_id", "status", "suspended", "pending", "pending_org_id", "warning_level", "reported_outcome", "result_summary", "merged_into_id", "survivor_id", "survivor_since", "registered_at", "accepted_at", "submitted_at", "settled_at", "settled_on_time", "revisited_at", "closed_at", "performance_until", "resolve_by", "waiting_org_id", "waiting_role", "next_due_at", "query_code_hash", "access_keys", "barred_keys" FROM stale) o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), \'disputes_dispute\', r.* FROM (SELECT id, after, \'U\', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, \'D\', \'{}\' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, \'I\', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ',
                    hash="4c47d7f82300565f9d80247248c2a346ea690bd1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_e06da",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_dispute",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dispute",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_dispute', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="edc9b7506b890e60e9286cd4d5c185c2f51f1efb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_86912",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_dispute",
                    when="AFTER",
                ),
            ),
        ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_origin', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="8dc002591e68f2e83a099adfd94a5cc2788268a4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_f9536",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_origin', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="60278e599f083243d79709f7a0d7addc7f5b1639",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_0c29f",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="origin",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_origin', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="05b3053c2447f40872179a1de5093232715cefaf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_928b3",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_origin",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="papernumber",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f364227a6cf92de1e1b35c5a894f381d1be26435",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_12539",
                    table="disputes_papernumber",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="papernumber",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
                    hash="73c2248330e6c6fc9b34709a630a1e87af918d36",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_5c84e",
                    table="disputes_papernumber",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_party', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,name,id_number,phone,address}'::text[]) || jsonb_build_object('name', CASE WHEN n.name <> '' THEN left(encode(sha256(convert_to(n.name::text, 'UTF8')), 'hex'), 32) END, 'id_number', CASE WHEN n.id_number <> '' THEN left(encode(sha256(convert_to(n.id_number::text, 'UTF8')), 'hex'), 32) END, 'phone', CASE WHEN n.phone <> '' THEN left(encode(sha256(convert_to(n.phone::text, 'UTF8')), 'hex'), 32) END, 'address', CASE WHEN n.address <> '' THEN left(encode(sha256(convert_to(n.address::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="013299110d1dfaa84bc3e5e25119cddce93f5ca1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_c2179",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_party",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,name,id_number,phone,address}'::text[]) || jsonb_build_object('name', CASE WHEN o.name <> '' THEN left(encode(sha256(convert_to(o.name::text, 'UTF8')), 'hex'), 32) END, 'id_number', CASE WHEN o.id_number <> '' THEN left(encode(sha256(convert_to(o.id_number::text, 'UTF8')), 'hex'), 32) END, 'phone', CASE WHEN o.phone <> '' THEN left(encode(sha256(convert_to(o.phone::text, 'UTF8')), 'hex'), 32) END, 'address', CASE WHEN o.address <> '' THEN left(encode(sha256(convert_to(o.address::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,name,id_number,phone,address}'::text[]) || jsonb_build_object('name', CASE WHEN n.name <> '' THEN left(encode(sha256(convert_to(n.name::text, 'UTF8')), 'hex'), 32) END, 'id_number', CASE WHEN n.id_number <> '' THEN left(encode(sha256(convert_to(n.id_number::text, 'UTF8')), 'hex'), 32) END, 'phone', CASE WHEN n.phone <> '' THEN left(encode(sha256(convert_to(n.phone::text, 'UTF8')), 'hex'), 32) END, 'address', CASE WHEN n.address <> '' THEN left(encode(sha256(convert_to(n.address::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_party', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="d2b95a4a44a06864973534b3b7dc5f9bf756cb7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_8cde7",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_party",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="party",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_party', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="9609e3f504c0d49cb68cbf3f2b6cd768b6515eca",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_8e0d4",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_party",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictionquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_restrictionquestion', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="276d282fbbdcae7f79d1047b8caef8340c143ed1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_21376",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_restrictionquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictionquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, to_jsonb(o) - '{id}'::text[] AS was, n.dispute_id AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_restrictionquestion', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="6c66d83e0df28ea40f1af0e870c696a9536d97d0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_e3457",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_restrictionquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="restrictionquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_restrictionquestion', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="58fd62471e56be858a5e6e407a8e761729a6a789",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_743ce",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_restrictionquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="steprequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_steprequest', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="da5845ae979e1397ce1bdeb5c79d570698aca6de",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_35f7c",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_steprequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="steprequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, (to_jsonb(o) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN o.reason <> '' THEN left(encode(sha256(convert_to(o.reason::text, 'UTF8')), 'hex'), 32) END) AS was, n.dispute_id AS after, (to_jsonb(n) - '{id,reason}'::text[]) || jsonb_build_object('reason', CASE WHEN n.reason <> '' THEN left(encode(sha256(convert_to(n.reason::text, 'UTF8')), 'hex'), 32) END) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_steprequest', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="b83ee04dd8f1a18dbc09a218a7bef9dcfb1dd840",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_6664c",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_steprequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="steprequest",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_steprequest', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="de040f72f33df8928ac5963dc8156526f2d6b3e6",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_ed05d",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_steprequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5956adc3c6153e2d8150ee8dc58135365d50ce14",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1db01",
                    table="disputes_trailentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
                    hash="909f9d63b71a10844b87f79255e0eeec79bba009",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_88d7d",
                    table="disputes_trailentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_trailentry', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, n.dispute_id AS dispute, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(n.hash::text, ''), 'UTF8')), 'hex')) AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="56e7490afa1e65207c139d3e57915cac97acef5e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_ae5bc",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_trailentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, o.dispute_id AS before, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(o.hash::text, ''), 'UTF8')), 'hex')) AS was, n.dispute_id AS after, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(n.hash::text, ''), 'UTF8')), 'hex')) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_trailentry', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="1f39ef59721eb249f1c1dadb0ae83184c037b2bb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_ae8b2",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_trailentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_trailentry', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, o.dispute_id AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="544eb886e51719334fb58e698156d78dc369f2ed",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_aa654",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_trailentry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trailentry",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_by_database",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    SELECT greatest(\n        clock_timestamp(),\n        (SELECT (max(day) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM disputes_dailyseal),\n        (SELECT recorded_at + interval '1 microsecond' FROM disputes_trailentry\n         WHERE dispute_id = NEW.dispute_id ORDER BY seq DESC LIMIT 1)\n    ) INTO NEW.recorded_at;\n    RETURN NEW;\n",
                    hash="c82467dc80e961c83fa4f60129c45b1874d8d8f4",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_by_database_19282",
                    table="disputes_trailentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentcounit",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment_co_units', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, (SELECT p.dispute_id FROM disputes_assignment p WHERE p.id = n.assignment_id) AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="ad2017b0ab46edeacfb6415505084b9e79b7dbb1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_1c6c1",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="disputes_assignment_co_units",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentcounit",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, (SELECT p.dispute_id FROM disputes_assignment p WHERE p.id = o.assignment_id) AS before, to_jsonb(o) - '{id}'::text[] AS was, (SELECT p.dispute_id FROM disputes_assignment p WHERE p.id = n.assignment_id) AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment_co_units', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND after IS NOT NULL UNION ALL SELECT id, before, 'D', '{}' FROM w WHERE before IS DISTINCT FROM after AND before IS NOT NULL UNION ALL SELECT id, after, 'I', says FROM w WHERE before IS DISTINCT FROM after AND after IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="1c7b90b0310736afb26b1dbdc0f1caa521af1d13",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_a70f3",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="disputes_assignment_co_units",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmentcounit",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'disputes_assignment_co_units', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, (SELECT p.dispute_id FROM disputes_assignment p WHERE p.id = o.assignment_id) AS dispute FROM stale o OFFSET 0) w WHERE dispute IS NOT NULL) r;\n            RETURN NULL;\n        ",
                    hash="22de5a676bce42bc4a0972969c5f34e1213a1cf7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_2d573",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="disputes_assignment_co_units",
                    when="AFTER",
                ),
            ),
        ),
    ]
