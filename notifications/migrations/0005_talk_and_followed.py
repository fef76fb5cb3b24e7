from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_topics_and_matters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="topic",
            field=models.CharField(
                choices=[
                    ("danger", "人身危险"),
                    ("escalation", "报告给我的预警"),
                    ("warning", "预警的处理"),
                    ("turn", "轮到我办"),
                    ("due", "期限将到"),
                    ("late", "已超期"),
                    ("request", "申请和审批"),
                    ("reminder", "催办"),
                    ("meeting", "调度会的决定"),
                    ("talk", "内部留言"),
                    ("followed", "我关注的"),
                    ("twins", "并案和重复"),
                    ("house", "账号、授权和台账"),
                    ("other", "其他"),
                ],
                default="other",
                max_length=12,
                verbose_name="种类",
            ),
        ),
    ]
