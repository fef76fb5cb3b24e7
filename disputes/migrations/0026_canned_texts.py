import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_recorded_by_statement"),
        ("disputes", "0025_following"),
        ("jurisdictions", "0005_papers"),
    ]

    operations = [
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
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jurisdictions.organization",
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
    ]
