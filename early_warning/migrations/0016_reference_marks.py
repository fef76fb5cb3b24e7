from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_reference_marks"),
        ("disputes", "0028_not_resolved"),
        ("early_warning", "0015_rests_since"),
    ]

    operations = [
        watch("early_warning_warningpolicy"),
        watch("disputes_disputecategory"),
    ]
