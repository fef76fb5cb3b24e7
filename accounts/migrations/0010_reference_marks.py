from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference_marks"), ("accounts", "0009_calendar_feed")]

    operations = [
        watch("accounts_user", "id", "username", "name", "phone", "email", "is_active"),
        watch("accounts_appointment"),
        watch("accounts_delegation"),
    ]
