"""The planner must know rare keys and words, else it reads the table where an index would do."""

from django.db import migrations

STATISTICS = """
ALTER TABLE disputes_dispute ALTER COLUMN access_keys SET STATISTICS 2000;
ALTER TABLE disputes_dispute ALTER COLUMN search SET STATISTICS 1000;
"""
NO_STATISTICS = """
ALTER TABLE disputes_dispute ALTER COLUMN access_keys SET STATISTICS -1;
ALTER TABLE disputes_dispute ALTER COLUMN search SET STATISTICS -1;
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0002_reference_marks")]

    operations = [migrations.RunSQL(STATISTICS, NO_STATISTICS)]
