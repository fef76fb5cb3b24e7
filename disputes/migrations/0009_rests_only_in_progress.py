from typing import Any

from django.db import migrations, models
from django.db.models import Q


def end_rests(apps: Any, schema_editor: Any) -> None:
    """Marks that outlived their clock: until now only resuming took them off."""
    rows = apps.get_model("disputes", "Dispute").objects.filter(suspended=True)
    rows.exclude(status="in_progress").update(suspended=False)


class Migration(migrations.Migration):
    dependencies = [("disputes", "0008_encrypted_draft_titles")]

    operations = [
        migrations.RunPython(end_rests, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=Q(("suspended", False), ("status", "in_progress"), _connector="OR"),
                name="dispute_rests_only_in_progress",
            ),
        ),
    ]
