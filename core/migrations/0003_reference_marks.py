from uuid import uuid4

from django.db import migrations, models

from core.reference_marks import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("core", "0002_installation_is_loading")]

    operations = [
        migrations.CreateModel(
            name="ReferenceMark",
            fields=[("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION leave_reference_mark()"),
    ]
