from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import Owner, recorded
from core.fields import EncryptedTextField
from disputes.models import Dispute
from early_warning.choices import ChangeKind, Level, WarningState
from early_warning.models.reading import Reading
from jurisdictions.models import Post

OF_WARNING = Owner(table="early_warning_disputewarning", by="warning_id")
OPEN = Q(state__in=["unconfirmed", "confirmed"])


class DisputeWarning(models.Model):
    """A dispute's warning from its first proposal until it is lifted. At most one is open (§7).

    `round` counts the chains it started: raising or lowering ends the open escalations and starts the next
    round. `Dispute.warning_level` repeats `level` for the ledger, written by disputes.services.work.
    """

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="warnings")
    level = models.PositiveSmallIntegerField(_("预警级别"), choices=Level.choices)
    proposed_level = models.PositiveSmallIntegerField(choices=Level.choices)
    state = models.CharField(max_length=12, choices=WarningState.choices, default=WarningState.UNCONFIRMED)
    round = models.PositiveSmallIntegerField(default=1)
    happening = models.BooleanField(
        _("事件已经发生"), default=False
    )  # level 1 only: head and police head too (§10)
    reading = models.ForeignKey(Reading, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("预警时间"))
    opened_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(name="one_open_warning", fields=["dispute"], condition=OPEN),
            models.CheckConstraint(name="warning_level_1_to_3", condition=Q(level__gte=1, level__lte=3)),
            models.CheckConstraint(
                name="warning_lifted_has_its_moment",
                condition=Q(state="lifted", lifted_at__isnull=False)
                | (~Q(state="lifted") & Q(lifted_at=None)),
            ),
            models.CheckConstraint(
                name="warning_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="warning_happening_is_level_1", condition=Q(happening=False) | Q(level=1)
            ),
        ]
        indexes = [
            models.Index(name="warning_open", fields=["level", "opened_at"], condition=OPEN),
        ]
        triggers = recorded(_("预警"), left_out=("version",))

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.get_level_display()}"

    @property
    def is_open(self) -> bool:
        return self.state != WarningState.LIFTED


class LevelRequest(models.Model):
    """Confirming, raising, lowering or lifting, with its reason. Lowering or lifting 1 or 2 waits for consent."""

    warning = models.ForeignKey(DisputeWarning, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    level_from = models.PositiveSmallIntegerField()
    level_to = models.PositiveSmallIntegerField()  # 0: lifted
    reason = EncryptedTextField()
    asked_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    consent_of = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_level_request_waits", fields=["warning"], condition=Q(granted=None)
            ),
            models.CheckConstraint(
                name="level_request_waits_for_somebody",
                condition=~Q(granted=None) | Q(consent_of__isnull=False),
            ),
            models.CheckConstraint(
                name="level_request_decided_has_its_moment",
                condition=Q(granted=None, decided_at=None)
                | Q(granted__isnull=False, decided_at__isnull=False),
            ),
        ]
        triggers = recorded(_("预警级别变更"), OF_WARNING, hashed=("reason", "decision_note"))

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind} {self.level_from}→{self.level_to}"
