from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_code_checked"),
    ]

    operations = [
        migrations.AlterField(
            model_name="accessevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("unmasked", "查看完整信息"),
                    ("searched_name", "按姓名检索"),
                    ("opened", "打开纠纷"),
                    ("downloaded", "下载附件"),
                    ("exported", "导出"),
                    ("imported", "导入"),
                    ("code_checked", "核对查询码"),
                    ("printed", "打印文书"),
                    ("config_changed", "修改配置"),
                    ("logged_in", "登录"),
                    ("logged_out", "退出登录"),
                    ("login_failed", "登录失败"),
                    ("password_changed", "修改密码"),
                    ("token_issued", "签发接口令牌"),
                    ("token_revoked", "吊销接口令牌"),
                    ("calendar_read", "读取日历订阅"),
                    ("refused", "被拒绝的操作"),
                    ("ledger_checked", "核验台账"),
                    ("delivery_decided", "处理发送失败"),
                ],
                max_length=24,
                verbose_name="操作",
            ),
        ),
    ]
