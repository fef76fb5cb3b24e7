"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register(
    {
        "api_token": _("接口令牌"),
        "appointment": _("任职"),
        "calendar_feed": _("日历订阅地址"),
        "delegation": _("外出代理"),
        "user": _("用户"),
    }
)
