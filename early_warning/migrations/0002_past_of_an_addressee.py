from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("early_warning", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["addressee", "-ended_at", "-id"],
                name="escalation_past",
            ),
        ),
    ]
