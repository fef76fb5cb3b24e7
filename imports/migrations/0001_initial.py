import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("disputes", "0001_initial"),
        ("jurisdictions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerImport",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                ("file_name", models.CharField(max_length=120, verbose_name="文件名")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "待核对"),
                            ("waiting", "排队中"),
                            ("running", "导入中"),
                            ("done", "已完成"),
                            ("failed", "中断"),
                            ("stopped", "已停止"),
                        ],
                        default="checking",
                        max_length=8,
                    ),
                ),
                ("sheet_names", models.JSONField(default=list)),
                ("answers", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=list)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("alive_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-uploaded_at"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ledger_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.ledgerimport",
                    ),
                ),
                ("sheet", models.PositiveSmallIntegerField(default=0)),
                ("line", models.PositiveIntegerField(verbose_name="行")),
                (
                    "state",
                    models.CharField(
                        choices=[("registered", "已登记"), ("known", "台账里已有"), ("refused", "未登记")],
                        max_length=10,
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
                ("key", models.CharField(max_length=64)),
                ("number_key", models.CharField(blank=True, max_length=64)),
                ("old_number", models.CharField(blank=True, max_length=60, verbose_name="原编号")),
                (
                    "dispute",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_rows",
                        to="disputes.dispute",
                    ),
                ),
                ("messages", models.JSONField(default=list)),
                ("cells", core.fields.EncryptedTextField(blank=True)),
            ],
            options={
                "ordering": ["sheet", "line"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "registered")),
                        fields=["centre", "number_key"],
                        name="imported_number",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ledger_import", "sheet", "line"), name="import_line_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "registered")),
                        fields=("centre", "key"),
                        name="imported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "registered"), _negated=True),
                            ("dispute__isnull", False),
                            _connector="OR",
                        ),
                        name="import_row_registered_has_its_dispute",
                    ),
                ],
            },
        ),
    ]
