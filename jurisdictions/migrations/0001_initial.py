import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_initial"),  # by hand: what the triggers write
    ]

    operations = [
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("alias", models.CharField(max_length=20, unique=True, verbose_name="简码")),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(default=datetime.date(2000, 1, 1), verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="区划代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("county", "县"), ("town", "乡镇（街道）"), ("village", "村（社区）")],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="jurisdictions.place",
                    ),
                ),
                ("alias", models.CharField(blank=True, max_length=12, verbose_name="简码")),
                ("pinyin", models.CharField(blank=True, max_length=30, verbose_name="拼音首字母")),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="jurisdictions.place",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__regex", "^\\d{6}$"), ("kind", "county")),
                            models.Q(("code__regex", "^\\d{9}$"), ("kind", "town")),
                            models.Q(("code__regex", "^\\d{12}$"), ("kind", "village")),
                            _connector="OR",
                        ),
                        name="place_code_fits_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("alias", ""), _negated=True),
                        fields=("alias",),
                        name="place_alias_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(default=datetime.date(2000, 1, 1), verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="单位代码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="简称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party_committee", "党委"),
                            ("government", "政府"),
                            ("governance_centre", "综治中心"),
                            ("governance_committee", "平安建设领导小组"),
                            ("justice_office", "司法所"),
                            ("police_station", "派出所"),
                            ("tribunal", "人民法庭"),
                            ("petition_office", "信访办"),
                            ("department", "主管部门"),
                            ("town_station", "乡镇站所"),
                            ("mediation_committee", "人民调解委员会"),
                            ("village_committee", "村（居）委会"),
                            ("enterprise", "企事业单位"),
                        ],
                        max_length=24,
                        verbose_name="类型",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organizations",
                        to="jurisdictions.place",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "vertically_managed",
                    models.BooleanField(
                        default=False, help_text="可以致函，不能交办。", verbose_name="垂直管理"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="公开电话")),
                (
                    "paper_mark",
                    models.CharField(
                        blank=True,
                        help_text="印在文号前面，如“青综治”；不填则印单位简称。",
                        max_length=20,
                        verbose_name="机关代字",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="jurisdictions.organization",
                    ),
                ),
                (
                    "sectors",
                    models.ManyToManyField(
                        blank=True, related_name="organizations", to="jurisdictions.sector"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "indexes": [models.Index(fields=["place", "kind"], name="organization_by_place")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("paper_mark", ""), _negated=True),
                        fields=("paper_mark",),
                        name="paper_mark_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                        related_name="posts",
                        to="jurisdictions.organization",
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
                        verbose_name="岗位",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="职务名称")),
                (
                    "portfolio",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("is_political_legal", models.BooleanField(default=False, verbose_name="兼任政法委员")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "ordering": ["organization__code", "role"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "role", "title"), name="post_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_post', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="e687abf59520220e0b26617845e4c514c96fcefe",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_7c539",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="jurisdictions_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_post', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="2f837549252c50e5c9eb5dfb6ff44f95573e6679",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_80e39",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="jurisdictions_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_post', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="bb2cced0704d0e4cd9c32d5168c9c82b46caecba",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_7c639",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="jurisdictions_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organization",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_organization', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="73c51c7c7fc49fcdd5245d252a69607e9ed6e3a3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_4d9e4",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="jurisdictions_organization",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organization",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, to_jsonb(o) - '{id}'::text[] AS was, NULL::bigint AS after, to_jsonb(n) - '{id}'::text[] AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_organization', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="b5c994795c6eac767ad31959923101b16e9d7873",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_44ec3",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="jurisdictions_organization",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organization",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'jurisdictions_organization', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="fea770eb6d18fb24155e2147bc7747b412a7df57",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_36688",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="jurisdictions_organization",
                    when="AFTER",
                ),
            ),
        ),
    ]
