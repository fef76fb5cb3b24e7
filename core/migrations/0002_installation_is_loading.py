from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="installation",
            name="is_loading",
            field=models.BooleanField(default=False),
        ),
    ]
