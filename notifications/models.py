import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import EncryptedTextField
from notifications.choices import TROUBLED, Channel, DeliveryState, Topic
from notifications.querysets import DeliveryQuerySet, NoticeQuerySet, WorkingHoursQuerySet


class Notice(models.Model):
    """Something one person is told, once for its key. The in-app notice counts as delivered when written."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(max_length=200, blank=True)
    topic = models.CharField(_("种类"), max_length=12, choices=Topic.choices, default=Topic.OTHER)
    subject = models.CharField(
        max_length=20, blank=True
    )  # of what its page tells, with the id: notices are grouped by it
    subject_id = models.BigIntegerField(default=0)
    urgent = models.BooleanField(
        default=False
    )  # danger, level 1 or 2, the last hours: marked 紧急, never muted
    at_once = models.BooleanField(default=False)  # leaves outside working hours too
    muted = models.BooleanField(default=False)  # by the reader's own wish when it was written: rings nowhere
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["dedupe_key", "recipient"]),
            models.CheckConstraint(name="notice_urgent_rings", condition=Q(urgent=False) | Q(muted=False)),
            models.CheckConstraint(name="notice_urgent_at_once", condition=Q(urgent=False) | Q(at_once=True)),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_of_recipient"),
            models.Index(fields=["recipient", "title"], name="notice_in_words"),
            models.Index(
                fields=["recipient", "-id"], condition=Q(read_at=None, muted=False), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rings(self) -> bool:
        return self.read_at is None and not self.muted


class Delivery(models.Model):
    """A notice on its way out by one channel. `message_id` stays the same over every attempt."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices)
    state = models.CharField(
        _("状态"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    urgent = models.BooleanField(default=False)  # the notice's; false leaves in working hours only
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次发送"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("发送于"), null=True)
    error = models.CharField(_("原因"), max_length=500, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["notice", "channel"]),
            models.CheckConstraint(
                name="delivery_sent_has_time",
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | ~Q(state=DeliveryState.SENT) & Q(sent_at=None),
            ),
        ]
        indexes = [
            models.Index(
                F("urgent").desc(),
                "next_attempt_at",
                "id",
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_to_send",
            ),
            models.Index(fields=["-id"], condition=Q(state__in=TROUBLED), name="delivery_troubled"),
            models.Index(
                fields=["claimed_at"], condition=Q(state=DeliveryState.SENDING), name="delivery_under_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_state_display()}"

    @property
    def tone(self) -> str:
        return DeliveryState(self.state).tone


class ChannelSetting(models.Model):
    """Whether a channel is on and where it leads. Only the administrator's page changes it, with a record."""

    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices, unique=True)
    enabled = models.BooleanField(_("启用"), default=False)
    target = EncryptedTextField(_("地址"), blank=True)  # an apprise URL with its secrets; e-mail has none
    changed_at = models.DateTimeField(_("修改于"))

    class Meta:
        ordering = ["channel"]

    def __str__(self) -> str:
        return self.get_channel_display()


class WorkingHours(models.Model):
    """When reminders may leave, from a day on. Old rows stay; days off are the calendar's business."""

    effective_from = models.DateField(_("生效日期"), unique=True)
    opens = models.TimeField(_("上班"))
    closes = models.TimeField(_("下班"))
    source = models.CharField(_("依据"), max_length=200)

    objects = WorkingHoursQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(name="working_hours_in_order", condition=Q(closes__gt=F("opens")))
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class Preference(models.Model):
    """What a person wants to be told, and outside the system. Urgent notices reach them whatever it says."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notification_preference")
    email = models.BooleanField(_("用电子邮件提醒我"), default=True)
    muted = ArrayField(
        models.CharField(max_length=12), verbose_name=_("不提醒的种类"), default=list, blank=True
    )

    def __str__(self) -> str:
        return str(self.user)
