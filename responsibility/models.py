from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from core.fields import EncryptedTextField
from disputes.models import Dispute
from jurisdictions.models import Organization, Post
from responsibility.choices import ResponsibilityRule


class Responsibility(models.Model):
    """Who must resolve a dispute by §8, and why. The current row is the one that has not ended."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="responsibilities")
    rule = models.CharField(max_length=24, choices=ResponsibilityRule.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    letter_to = models.CharField(max_length=100, blank=True)  # a unit without an account is served in writing
    overridden = models.BooleanField(default=False)
    reason = EncryptedTextField(blank=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        triggers = recorded(_("责任领导认定"), hashed=("reason",))
        constraints = [
            models.UniqueConstraint(
                name="one_responsible_leader", fields=["dispute"], condition=Q(ends_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.rule}"


class CaseLeader(models.Model):
    """领导包案: a leader takes a dispute on, with plan, progress and the date they expect."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="case_leaders")
    leader = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    plan = EncryptedTextField(_("化解方案"))
    expected_on = models.DateField(_("预计化解日期"))
    progress = EncryptedTextField(_("进展"), blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    took_over_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    assigned_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    end_reason = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["starts_at"]
        triggers = recorded(_("包案领导"), hashed=("plan", "progress", "end_reason"))
        constraints = [
            models.UniqueConstraint(name="one_case_leader", fields=["dispute"], condition=Q(ends_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.leader}"


class EntrustmentLetter(models.Model):
    """交办函: what is served in writing on a unit without an account, or written to a vertically managed body."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="letters")
    seq = models.PositiveSmallIntegerField(default=1)  # which of the dispute's letters
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    addressed_to = models.CharField(_("致"), max_length=100)
    request = EncryptedTextField(_("请办事项"))
    enclosures = EncryptedTextField(_("附件"), blank=True)  # one in a line, as the paper lists them
    reply_by = models.DateField(_("请于此日前回复"), null=True, blank=True)
    issued_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    served_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    served_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    reply = EncryptedTextField(_("回复"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["issued_at"]
        triggers = recorded(_("交办函"), hashed=("request", "enclosures", "reply"))
        indexes = [
            models.Index(name="letter_outstanding", fields=["reply_by"], condition=Q(replied_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(name="letter_seq_once", fields=["dispute", "seq"]),
            models.CheckConstraint(
                name="letter_served_by_somebody",
                condition=Q(served_at=None, served_by=None)
                | Q(served_at__isnull=False, served_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.addressed_to}"
