"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register(
    {
        "delivery": _("消息发送"),
        "notification_channel": _("消息渠道"),
        "working_hours": _("上班时间"),
    }
)
