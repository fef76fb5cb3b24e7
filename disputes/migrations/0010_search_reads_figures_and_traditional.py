from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from disputes.services import search_index


def rebuild(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What is indexed changed: figures stay beside their characters, traditional characters become simplified."""
    search_index.rebuild()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("disputes", "0009_rests_only_in_progress")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
