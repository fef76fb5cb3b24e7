from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0017_recorded_by_statement")]

    operations = [
        migrations.AlterField(
            model_name="party",
            name="role",
            field=models.CharField(
                choices=[
                    ("applicant", "申请人"),
                    ("respondent", "被申请人"),
                    ("third_party", "第三人"),
                    ("representative", "代表人"),
                    ("party", "当事人"),
                ],
                max_length=16,
                verbose_name="身份",
            ),
        ),
    ]
