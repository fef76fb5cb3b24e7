from typing import Any

from django.db import migrations


def count_anew(apps: Any, schema_editor: Any) -> None:
    """Kept figures say "on time of what was settled"; the page asks for what fell due."""
    apps.get_model("dashboards", "Snapshot").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0001_initial"),
    ]

    operations = [migrations.RunPython(count_anew, migrations.RunPython.noop)]
