from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import core.fields
from core import crypto


def encrypt(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(editor, crypto.encrypt)


def decrypt(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(editor, crypto.decrypt)


def _rewrite(editor: BaseDatabaseSchemaEditor, change: Callable[[str], str]) -> None:
    """Titles typed before lie in clear. Raw SQL: the field itself would decipher what it reads."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, title FROM disputes_intakedraft WHERE title <> ''")
        for pk, title in cursor.fetchall():
            cursor.execute("UPDATE disputes_intakedraft SET title = %s WHERE id = %s", [change(title), pk])


class Migration(migrations.Migration):
    dependencies = [("disputes", "0007_counted_from_the_index")]

    operations = [
        migrations.AlterField(
            model_name="intakedraft",
            name="title",
            field=core.fields.EncryptedTextField(blank=True, verbose_name="标题"),
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
