from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0003_no_deadline_waits_for_somebody")]

    operations = [
        migrations.AlterField(
            model_name="deadlinerule",
            name="key",
            field=models.CharField(max_length=24, verbose_name="事项"),
        ),
    ]
