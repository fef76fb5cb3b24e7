from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.recording import recorded
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
        triggers = [
            *APPEND_ONLY_TRIGGERS,
            *recorded(
                _("访问记录"),
                None,
                whole=(
                    *("at", "action", "user_id", "appointment_id", "actor_label", "target_type", "target_id"),
                    *("target_label", "reason", "details"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.get_action_display()}"


class FactRecord(AppendOnly):
    """What a judged row said after one write, written by the database's trigger, never by a service.

    `op`: B how an upgrade found the row, I the whole row, U what changed, D that the row went. `xact` is the
    transaction: the trail entry or access event of the same one is what changed it. Sealed day by day.
    """

    recorded_at = models.DateTimeField()
    xact = models.BigIntegerField()
    kind = models.CharField(max_length=63)  # the table
    row_id = models.BigIntegerField()
    dispute_id = models.BigIntegerField(null=True)
    op = models.CharField(max_length=1)
    facts = models.JSONField()

    class Meta:
        ordering = ["id"]
        indexes = [
            BrinIndex(name="fact_by_day", fields=["recorded_at"], autosummarize=True),
            models.Index(
                name="fact_by_dispute", fields=["dispute_id"], condition=models.Q(dispute_id__isnull=False)
            ),
            models.Index(
                name="fact_by_row", fields=["kind", "row_id"], condition=models.Q(dispute_id__isnull=True)
            ),
        ]
        triggers = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} {self.op}"
