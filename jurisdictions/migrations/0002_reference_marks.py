"""Every process hears of a change in these tables: see `core.remembered`."""

from django.db import migrations

from core.reference_marks import watch


class Migration(migrations.Migration):
    dependencies = [("core", "0002_reference_marks"), ("jurisdictions", "0001_initial")]

    operations = [
        watch("jurisdictions_place"),
        watch("jurisdictions_sector"),
        watch("jurisdictions_organization"),
        watch("jurisdictions_organization_sectors"),
        watch("jurisdictions_post"),
    ]
