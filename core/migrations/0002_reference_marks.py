"""What other apps' migrations call to have a table watched."""

from django.db import migrations

from core.reference_marks import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION leave_reference_mark()")]
