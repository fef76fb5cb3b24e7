from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference_marks"), ("calendars", "0012_lawful_mediation")]

    operations = [
        watch("calendars_deadlinerule"),
        watch("calendars_calendaryear"),
        watch("calendars_calendarday"),
        watch("calendars_statutoryday"),
    ]
