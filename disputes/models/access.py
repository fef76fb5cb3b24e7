from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.recording import recorded
from jurisdictions.models import Organization


class AccessGrant(models.Model):
    """Why a key opens a dispute, from when to when. `Dispute.access_keys` is computed from these rows."""

    class Reason(models.TextChoices):
        COUNTY = "county", _("县级")
        RECEIVED = "received", _("受理地")
        PLACED = "placed", _("发生地")
        JOINED = "joined", _("涉及地")
        HANDED = "handed", _("承办地")
        REGISTRAR = "registrar", _("登记人")
        MANAGING = "managing", _("管理中心")
        LEAD = "lead", _("责任单位")
        CO_UNIT = "co_unit", _("协办单位")
        PERSON = "person", _("责任人")
        LEADER = "leader", _("责任领导")
        DECIDER = "decider", _("审批单位")
        DUTY = "duty", _("值班岗位")
        UPPER = "upper", _("上层应用")
        ALARM = "alarm", _("紧急时知悉")

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="grants")
    key = models.IntegerField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    trail_until = models.DateTimeField(
        null=True, blank=True
    )  # a unit that returned it sees the trail up to here

    class Meta:
        indexes = [  # what somebody sees as it was: few, and asked for by who filters a ledger
            models.Index(
                name="grant_of_the_past",
                fields=["key", "dispute"],
                condition=Q(ends_at=None, trail_until__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="grant_once", fields=["dispute", "key", "reason"], condition=Q(ends_at=None)
            )
        ]
        triggers = recorded(_("知悉授权"))

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.key} {self.reason}"


class ConflictMark(models.Model):
    """被反映单位/人员: bars a unit or a person from seeing and handling (信访工作条例 art. 30)."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="conflict_marks")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conflict_names_somebody",
                condition=Q(organization__isnull=False) | Q(user__isnull=False),
            )
        ]
        triggers = recorded(_("回避标记"))

    def __str__(self) -> str:
        return f"{self.dispute_id} × {self.organization or self.user}"
