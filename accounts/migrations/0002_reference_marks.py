"""Every process hears of a change in these tables: see `core.remembered`."""

from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0002_reference_marks"), ("accounts", "0001_initial")]

    operations = [
        watch("accounts_user", "id", "username", "name", "phone", "email", "is_active"),
        watch("accounts_appointment"),
        watch("accounts_delegation"),
    ]
