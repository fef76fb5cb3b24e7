"""Restricted disputes stay listed to whom they would be open else; leaders of the place open what is urgent."""

from typing import Any

from django.db import migrations, models

from audit import comparing, recording

OF_RESTRICTED = "t.confidentiality = 'restricted'"
GRANTED_NOW = "t.reason = 'alarm'"
# post keys are id * 4 + 2; the leaders of the towns (of the county where there is none) and the county centre
ALARM = """
    INSERT INTO disputes_accessgrant (dispute_id, key, reason, starts_at)
    SELECT d.id, p.id * 4 + 2, 'alarm', now()
      FROM disputes_dispute d
      JOIN jurisdictions_post p ON true
      JOIN jurisdictions_organization o ON o.id = p.organization_id
      JOIN jurisdictions_place l ON l.id = o.place_id
     WHERE d.confidentiality = 'restricted' AND (d.danger OR d.warning_level IN (1, 2))
       AND ((o.kind = 'governance_centre' AND p.role IN ('coordinator', 'office')
             AND l.code = left(d.place_code, 6))
         OR ((o.kind, p.role) IN (('party_committee', 'party_secretary'), ('government', 'head'),
                                  ('police_station', 'head'))
             AND (l.code = ANY (d.involved_towns) OR l.code = left(d.place_code, 9) OR l.id = d.handed_town_id)))
    ON CONFLICT DO NOTHING
"""
LISTED = """
    UPDATE disputes_dispute d SET access_keys = ARRAY(
        SELECT DISTINCT CASE WHEN g.key % 4 IN (2, 3) THEN g.key ELSE -g.key - 1 END
          FROM disputes_accessgrant g WHERE g.dispute_id = d.id AND g.ends_at IS NULL ORDER BY 1)
     WHERE d.confidentiality = 'restricted'
"""


def take_stock(apps: Any, schema_editor: Any) -> None:
    """What the upgrade wrote is recorded as an upgrade's."""
    tables = comparing.recorded_tables()
    for table, only in (("disputes_accessgrant", GRANTED_NOW), ("disputes_dispute", OF_RESTRICTED)):
        schema_editor.execute(recording.take_stock(table, tables[table], only))


class Migration(migrations.Migration):
    dependencies = [("disputes", "0022_handing"), ("jurisdictions", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="accessgrant",
            name="reason",
            field=models.CharField(
                choices=[
                    ("county", "县级"),
                    ("received", "受理地"),
                    ("placed", "发生地"),
                    ("joined", "涉及地"),
                    ("handed", "承办地"),
                    ("registrar", "登记人"),
                    ("managing", "管理中心"),
                    ("lead", "责任单位"),
                    ("co_unit", "协办单位"),
                    ("person", "责任人"),
                    ("leader", "责任领导"),
                    ("decider", "审批单位"),
                    ("duty", "值班岗位"),
                    ("upper", "上层应用"),
                    ("alarm", "紧急时知悉"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunSQL(ALARM, migrations.RunSQL.noop),
        migrations.RunSQL(LISTED, migrations.RunSQL.noop),
        migrations.RunPython(take_stock, migrations.RunPython.noop),
    ]
