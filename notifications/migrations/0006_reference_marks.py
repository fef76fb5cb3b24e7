from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference_marks"), ("notifications", "0005_talk_and_followed")]

    operations = [
        watch("notifications_channelsetting"),
    ]
