import uuid

from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ReferenceMark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Installation",
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
                        choices=[("live", "正式"), ("demo", "演示"), ("test", "测试")], max_length=8
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("is_loading", models.BooleanField(default=False)),
                ("canary", core.fields.EncryptedTextField(default="hejie")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="installation_is_one_row")
                ],
            },
        ),
    ]
