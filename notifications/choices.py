from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Ways out of the system. The in-app notice is none of them: writing its row delivers it."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉")
    WEBHOOK = "webhook", _("其他系统（Webhook）")


class DeliveryState(models.TextChoices):
    """`sending` is claimed and under way; `unknown` was under way when its sender died."""

    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    UNKNOWN = "unknown", _("结果不明")
    DROPPED = "dropped", _("不再发送")

    @property
    def tone(self) -> str:
        return STATE_TONES[self.value]


STATE_TONES = {
    "waiting": "neutral",
    "sending": "info",
    "sent": "good",
    "failed": "bad",
    "unknown": "warn",
    "dropped": "neutral",
}
TROUBLED = (DeliveryState.FAILED, DeliveryState.UNKNOWN)
