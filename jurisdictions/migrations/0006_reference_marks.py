from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reference_marks"), ("jurisdictions", "0005_papers")]

    operations = [
        watch("jurisdictions_place"),
        watch("jurisdictions_sector"),
        watch("jurisdictions_organization"),
        watch("jurisdictions_organization_sectors"),
        watch("jurisdictions_post"),
    ]
