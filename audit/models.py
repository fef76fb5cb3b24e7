from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from core.models import APPEND_ONLY_TRIGGERS, AppendOnly


class AccessEvent(AppendOnly):
    """One line of the access log. No foreign keys to live rows: it outlives what it speaks of."""

    at = models.DateTimeField(_("时间"))
    action = models.CharField(_("操作"), max_length=24, choices=Action.choices)
    user_id = models.BigIntegerField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("操作人"), max_length=200)
    target_type = models.CharField(_("对象类型"), max_length=40)
    target_id = models.CharField(max_length=64, blank=True)
    target_label = models.CharField(_("对象"), max_length=200, blank=True)
    reason = models.CharField(_("事由"), max_length=500, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-id"], name="access_by_target"),
            models.Index(fields=["user_id", "-id"], name="access_by_user"),
            models.Index(fields=["action", "-id"], name="access_by_action"),
            models.Index(fields=["at"], name="access_by_time"),
        ]
        triggers = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.get_action_display()}"
