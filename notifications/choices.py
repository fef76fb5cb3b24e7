from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.rules import topics


class Topic(models.TextChoices):
    """What a notice is about, for filter and mute; which kind belongs to which is told in rules/topics.py."""

    DANGER = topics.DANGER, _("人身危险")
    ESCALATION = topics.ESCALATION, _("报告给我的预警")
    WARNING = topics.WARNING, _("预警的处理")
    TURN = topics.TURN, _("轮到我办")
    DUE = topics.DUE, _("期限将到")
    LATE = topics.LATE, _("已超期")
    REQUEST = topics.REQUEST, _("申请和审批")
    REMINDER = topics.REMINDER, _("催办")
    MEETING = topics.MEETING, _("调度会的决定")
    TALK = topics.TALK, _("内部留言")
    FOLLOWED = topics.FOLLOWED, _("我关注的")
    TWINS = topics.TWINS, _("并案和重复")
    HOUSE = topics.HOUSE, _("账号、授权和台账")
    OTHER = topics.OTHER, _("其他")


MUTABLE = [topic for topic in Topic if topic.value not in topics.NEVER_MUTED]


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
