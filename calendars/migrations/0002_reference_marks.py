"""Every process hears of a change in these tables: see `core.remembered`."""

from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0002_reference_marks"), ("calendars", "0001_initial")]

    operations = [
        watch("calendars_deadlinerule"),
        watch("calendars_calendaryear"),
        watch("calendars_calendarday"),
        watch("calendars_statutoryday"),
    ]
