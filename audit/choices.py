from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What is worth a line in the access log: reads of personal data, exports, changes of configuration."""

    UNMASKED = "unmasked", _("查看完整信息")
    SEARCHED_NAME = "searched_name", _("按姓名检索")
    OPENED = "opened", _("打开纠纷")
    DOWNLOADED = "downloaded", _("下载附件")
    EXPORTED = "exported", _("导出")
    IMPORTED = "imported", _("导入")
    CODE_CHECKED = "code_checked", _("核对查询码")
    PRINTED = "printed", _("打印文书")
    CONFIG_CHANGED = "config_changed", _("修改配置")
    LOGGED_IN = "logged_in", _("登录")
    LOGGED_OUT = "logged_out", _("退出登录")
    LOGIN_FAILED = "login_failed", _("登录失败")
    PASSWORD_CHANGED = "password_changed", _("修改密码")
    TOKEN_ISSUED = "token_issued", _("签发接口令牌")
    TOKEN_REVOKED = "token_revoked", _("吊销接口令牌")
    CALENDAR_READ = "calendar_read", _("读取日历订阅")
    REFUSED = "refused", _("被拒绝的操作")
    LEDGER_CHECKED = "ledger_checked", _("核验台账")
    DELIVERY_DECIDED = "delivery_decided", _("处理发送失败")
