"""What the database is told beside the tables: see `core.remembered`, and the planner's statistics."""

from django.db import migrations

from core.reference_marks import watch

# the planner must know rare keys and words, else it reads the table where an index would do
STATISTICS = """
ALTER TABLE disputes_dispute ALTER COLUMN access_keys SET STATISTICS 2000;
ALTER TABLE disputes_dispute ALTER COLUMN search SET STATISTICS 1000;
"""
NO_STATISTICS = """
ALTER TABLE disputes_dispute ALTER COLUMN access_keys SET STATISTICS -1;
ALTER TABLE disputes_dispute ALTER COLUMN search SET STATISTICS -1;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_reference_marks"), ("disputes", "0001_initial")]

    operations = [watch("disputes_disputecategory"), migrations.RunSQL(STATISTICS, NO_STATISTICS)]
