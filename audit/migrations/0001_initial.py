import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FactRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("xact", models.BigIntegerField()),
                ("kind", models.CharField(max_length=63)),
                ("row_id", models.BigIntegerField()),
                ("dispute_id", models.BigIntegerField(null=True)),
                ("op", models.CharField(max_length=1)),
                ("facts", models.JSONField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["recorded_at"], name="fact_by_day"
                    ),
                    models.Index(
                        condition=models.Q(("dispute_id__isnull", False)),
                        fields=["dispute_id"],
                        name="fact_by_dispute",
                    ),
                    models.Index(
                        condition=models.Q(("dispute_id__isnull", True)),
                        fields=["kind", "row_id"],
                        name="fact_by_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("unmasked", "查看完整信息"),
                            ("searched_name", "按姓名检索"),
                            ("opened", "打开纠纷"),
                            ("downloaded", "下载附件"),
                            ("exported", "导出"),
                            ("imported", "导入"),
                            ("code_checked", "核对查询码"),
                            ("printed", "打印文书"),
                            ("config_changed", "修改配置"),
                            ("logged_in", "登录"),
                            ("logged_out", "退出登录"),
                            ("login_failed", "登录失败"),
                            ("password_changed", "修改密码"),
                            ("token_issued", "签发接口令牌"),
                            ("token_revoked", "吊销接口令牌"),
                            ("calendar_read", "读取日历订阅"),
                            ("refused", "被拒绝的操作"),
                            ("ledger_checked", "核验台账"),
                            ("delivery_decided", "处理发送失败"),
                        ],
                        max_length=24,
                        verbose_name="操作",
                    ),
                ),
                ("user_id", models.BigIntegerField(null=True)),
                ("appointment_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=200, verbose_name="操作人")),
                ("target_type", models.CharField(max_length=40, verbose_name="对象类型")),
                ("target_id", models.CharField(blank=True, max_length=64)),
                ("target_label", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="事由")),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["target_type", "target_id", "-id"], name="access_by_target"),
                    models.Index(fields=["user_id", "-id"], name="access_by_user"),
                    models.Index(fields=["action", "-id"], name="access_by_action"),
                    models.Index(fields=["at"], name="access_by_time"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="907f565a4fbd3b72e98f6ad2b080ccb1395934b3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_718eb",
                    table="audit_accessevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
                    hash="7adb232d61a2e0976ce97c84975fa240c9ab8e39",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_f0e45",
                    table="audit_accessevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'audit_accessevent', r.* FROM (SELECT id, dispute, 'I', says FROM (SELECT n.id, NULL::bigint AS dispute, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(n.at::text, '') || E'\\n' || coalesce(n.action::text, '') || E'\\n' || coalesce(n.user_id::text, '') || E'\\n' || coalesce(n.appointment_id::text, '') || E'\\n' || coalesce(n.actor_label::text, '') || E'\\n' || coalesce(n.target_type::text, '') || E'\\n' || coalesce(n.target_id::text, '') || E'\\n' || coalesce(n.target_label::text, '') || E'\\n' || coalesce(n.reason::text, '') || E'\\n' || coalesce(n.details::text, ''), 'UTF8')), 'hex')) AS says FROM fresh n OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="c212d47306b8022f557ba5c5c1321d4870fbe30b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_recorded_insert_9a23e",
                    referencing="REFERENCING NEW TABLE AS fresh ",
                    table="audit_accessevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            WITH w AS MATERIALIZED (SELECT n.id, NULL::bigint AS before, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(o.at::text, '') || E'\\n' || coalesce(o.action::text, '') || E'\\n' || coalesce(o.user_id::text, '') || E'\\n' || coalesce(o.appointment_id::text, '') || E'\\n' || coalesce(o.actor_label::text, '') || E'\\n' || coalesce(o.target_type::text, '') || E'\\n' || coalesce(o.target_id::text, '') || E'\\n' || coalesce(o.target_label::text, '') || E'\\n' || coalesce(o.reason::text, '') || E'\\n' || coalesce(o.details::text, ''), 'UTF8')), 'hex')) AS was, NULL::bigint AS after, jsonb_build_object('whole', encode(sha256(convert_to(coalesce(n.at::text, '') || E'\\n' || coalesce(n.action::text, '') || E'\\n' || coalesce(n.user_id::text, '') || E'\\n' || coalesce(n.appointment_id::text, '') || E'\\n' || coalesce(n.actor_label::text, '') || E'\\n' || coalesce(n.target_type::text, '') || E'\\n' || coalesce(n.target_id::text, '') || E'\\n' || coalesce(n.target_label::text, '') || E'\\n' || coalesce(n.reason::text, '') || E'\\n' || coalesce(n.details::text, ''), 'UTF8')), 'hex')) AS says FROM fresh n JOIN stale o ON o.id = n.id WHERE n IS DISTINCT FROM o OFFSET 0) INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'audit_accessevent', r.* FROM (SELECT id, after, 'U', (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(says) f WHERE was -> f.key IS DISTINCT FROM f.value) FROM w WHERE was <> says AND before IS NOT DISTINCT FROM after AND true) r;\n            RETURN NULL;\n        ",
                    hash="a3522f002c49c1a4d7a588fa5493907cefc5b76e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_recorded_update_1eb58",
                    referencing="REFERENCING OLD TABLE AS stale  NEW TABLE AS fresh ",
                    table="audit_accessevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            PERFORM pg_advisory_xact_lock_shared(448378071397);\n            INSERT INTO audit_factrecord (recorded_at, xact, kind, row_id, dispute_id, op, facts) SELECT clock_timestamp(), txid_current(), 'audit_accessevent', r.* FROM (SELECT id, dispute, 'D', '{}'::jsonb FROM (SELECT o.id, NULL::bigint AS dispute FROM stale o OFFSET 0) w WHERE true) r;\n            RETURN NULL;\n        ",
                    hash="62f1a51299e3c8402f20b5bae2a4d252c268c1f7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_recorded_delete_701f5",
                    referencing="REFERENCING OLD TABLE AS stale ",
                    table="audit_accessevent",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="factrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5ce5094739ea4047cb501495b5bbbc79a79ece79",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_41260",
                    table="audit_factrecord",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="factrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;",
                    hash="d9f3b59388b391e0880b401834ceb439306a3673",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_be231",
                    table="audit_factrecord",
                    when="BEFORE",
                ),
            ),
        ),
    ]
