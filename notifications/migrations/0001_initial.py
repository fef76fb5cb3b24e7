import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "电子邮件"),
                            ("sms", "短信"),
                            ("wecom", "企业微信"),
                            ("dingtalk", "钉钉"),
                            ("webhook", "其他系统（Webhook）"),
                        ],
                        max_length=12,
                        unique=True,
                        verbose_name="渠道",
                    ),
                ),
                ("enabled", models.BooleanField(default=False, verbose_name="启用")),
                ("target", core.fields.EncryptedTextField(blank=True, verbose_name="地址")),
                ("changed_at", models.DateTimeField(verbose_name="修改于")),
            ],
            options={
                "ordering": ["channel"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(blank=True, verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=200)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("danger", "人身危险"),
                            ("escalation", "报告给我的预警"),
                            ("warning", "预警的处理"),
                            ("turn", "轮到我办"),
                            ("due", "期限将到"),
                            ("late", "已超期"),
                            ("request", "申请和审批"),
                            ("reminder", "催办"),
                            ("meeting", "调度会的决定"),
                            ("talk", "内部留言"),
                            ("followed", "我关注的"),
                            ("twins", "并案和重复"),
                            ("house", "账号、授权和台账"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=20)),
                ("subject_id", models.BigIntegerField(default=0)),
                ("urgent", models.BooleanField(default=False)),
                ("at_once", models.BooleanField(default=False)),
                ("muted", models.BooleanField(default=False)),
                ("dedupe_key", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notice_of_recipient"),
                    models.Index(fields=["recipient", "title"], name="notice_in_words"),
                    models.Index(
                        condition=models.Q(("muted", False), ("read_at", None)),
                        fields=["recipient", "-id"],
                        name="notice_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dedupe_key", "recipient"), name="notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("urgent", False), ("muted", False), _connector="OR"),
                        name="notice_urgent_rings",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgent", False), ("at_once", True), _connector="OR"),
                        name="notice_urgent_at_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notifications.notice",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "电子邮件"),
                            ("sms", "短信"),
                            ("wecom", "企业微信"),
                            ("dingtalk", "钉钉"),
                            ("webhook", "其他系统（Webhook）"),
                        ],
                        max_length=12,
                        verbose_name="渠道",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待发送"),
                            ("sending", "发送中"),
                            ("sent", "已发送"),
                            ("failed", "发送失败"),
                            ("unknown", "结果不明"),
                            ("dropped", "不再发送"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("next_attempt_at", models.DateTimeField(verbose_name="下次发送")),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="发送于")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="原因")),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("urgent"), descending=True),
                        models.F("next_attempt_at"),
                        models.F("id"),
                        condition=models.Q(("state", "waiting")),
                        name="delivery_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("failed", "unknown"))),
                        fields=["-id"],
                        name="delivery_troubled",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")),
                        fields=["claimed_at"],
                        name="delivery_under_way",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                            _connector="OR",
                        ),
                        name="delivery_sent_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("email", models.BooleanField(default=True, verbose_name="用电子邮件提醒我")),
                (
                    "muted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="不提醒的种类",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effective_from", models.DateField(unique=True, verbose_name="生效日期")),
                ("opens", models.TimeField(verbose_name="上班")),
                ("closes", models.TimeField(verbose_name="下班")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["-effective_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))), name="working_hours_in_order"
                    )
                ],
            },
        ),
    ]
