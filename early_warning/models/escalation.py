from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, User
from audit.recording import Owner, recorded
from core.fields import EncryptedTextField
from disputes.models import Dispute
from early_warning.choices import Basis, IncidentKind, Outcome
from early_warning.models.warning import OF_WARNING, DisputeWarning
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization, Place, Post

OF_ESCALATION = Owner(table="early_warning_escalation", by="escalation_id")
OPEN = Q(ended_at=None)


def ended(now: datetime) -> Combinable:
    """For `update(ended_at=…)`: never before the notice, which a clock that was ahead then may have dated."""
    return Greatest("notified_at", Value(now))


class Escalation(models.Model):
    """One step of one chain, addressed to one post (§7), or the §8 leader's own parallel notice (`town` null).

    Never overwritten: what follows is the next row. `holder` is who held the post when told, `addressee` who is
    asked now (the holder or their stand-in). `due_at` is the running clock: to acknowledge, then to bring a result,
    then (after risk_removed) none: the coordinator's check has its own moment.
    """

    warning = models.ForeignKey(DisputeWarning, models.PROTECT, related_name="escalations")
    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="escalations")
    round = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    town = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    step = models.PositiveSmallIntegerField()  # 1 is told first
    last = models.BooleanField(default=False)  # the end of its chain
    parallel = models.BooleanField(default=False)  # told beside the chain; ends without the next being told
    basis = models.CharField(max_length=8, choices=Basis.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, choices=PostRole.choices)
    holder = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    addressee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    notified_at = models.DateTimeField(_("通知时间"))
    due_at = models.DateTimeField(_("时限"), null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)  # half of the time to acknowledge; null once told
    reminded_at = models.DateTimeField(null=True, blank=True)
    rests_since = models.DateTimeField(
        null=True, blank=True
    )  # somebody above a deputy acts: their clock stands
    passed_as = models.CharField(
        max_length=60, blank=True
    )  # end of the key of the notice of who it came over to
    acknowledged_at = models.DateTimeField(_("知悉时间"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_by_phone = models.BooleanField(default=False)  # the duty post wrote down the answer
    account = EncryptedTextField(blank=True)  # what was done, or why without result
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    check_due_at = models.DateTimeField(null=True, blank=True)  # risk_removed waits for the coordinator
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    check_passed = models.BooleanField(null=True)
    check_note = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["round", "town_id", "step", "id"]
        constraints = [
            models.UniqueConstraint(
                name="escalation_once",
                fields=["warning", "round", "town", "step", "role", "organization"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="escalation_end_has_its_outcome",
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="open_escalation_has_addressee",
                condition=~OPEN | Q(addressee__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_acknowledged_by_somebody",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_checked_by_somebody",
                condition=Q(checked_at=None, check_passed=None)
                | Q(checked_at__isnull=False, check_passed__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_ends_after_notice", condition=OPEN | Q(ended_at__gte=F("notified_at"))
            ),
        ]
        indexes = [
            models.Index(name="escalation_due", fields=["due_at"], condition=OPEN),
            models.Index(
                name="escalation_remind", fields=["remind_at"], condition=OPEN & Q(remind_at__isnull=False)
            ),
            models.Index(name="escalation_queue", fields=["addressee", "due_at"], condition=OPEN),
            models.Index(
                name="escalation_past",
                fields=["addressee", "-ended_at", "-id"],
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(name="escalation_by_holder", fields=["holder", "-notified_at"]),
            models.Index(
                name="escalation_to_check",
                fields=["check_due_at"],
                condition=Q(outcome="risk_removed", checked_at=None),
            ),
        ]
        triggers = [
            *recorded(
                _("预警上报"),
                left_out=("remind_at", "reminded_at", "passed_as"),
                hashed=("account", "check_note"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.town_id}/{self.step}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def not_before(self, now: datetime) -> datetime:
        """The moment to write for what happens now: the notice's own where the clock was ahead then."""
        return max(now, self.notified_at)


class Instruction(models.Model):
    """批示: what a leader ordered; it goes to the handler and into the trail."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="instructions")
    text = EncryptedTextField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]
        triggers = recorded(_("领导批示"), OF_ESCALATION, hashed=("text",))

    def __str__(self) -> str:
        return f"{self.escalation_id} {self.given_at:%Y-%m-%d}"


class PhoneTask(models.Model):
    """电话报告领导: no channel leaves the system, so the duty post phones. The answer acknowledges on behalf."""

    escalation = models.OneToOneField(Escalation, models.PROTECT, related_name="phone_task")
    duty_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    phoned_at = models.DateTimeField(null=True, blank=True)
    phoned_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    reached = models.BooleanField(null=True)
    answer = EncryptedTextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # phoned, or the leader answered by themselves

    class Meta:
        ordering = ["opened_at"]
        triggers = recorded(_("电话报告"), OF_ESCALATION, hashed=("answer",))
        constraints = [
            models.CheckConstraint(
                name="phone_task_phoned_by_somebody",
                condition=Q(phoned_at=None, phoned_by=None, reached=None)
                | Q(phoned_at__isnull=False, phoned_by__isnull=False, reached__isnull=False),
            )
        ]
        indexes = [
            models.Index(name="phone_task_open", fields=["duty_post"], condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.escalation_id}"


class IncidentRecord(models.Model):
    """§10: an event that is already happening: who was on scene when, what was ordered, when it ended."""

    warning = models.ForeignKey(DisputeWarning, models.PROTECT, related_name="incident_entries")
    kind = models.CharField(
        max_length=10,
        choices=IncidentKind.choices,
    )
    happened_at = models.DateTimeField(_("时间"))
    who = models.CharField(_("人员或岗位"), max_length=100, blank=True)
    text = EncryptedTextField(_("内容"), blank=True)
    recorded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["happened_at", "id"]
        triggers = recorded(_("事件处置记录"), OF_WARNING, hashed=("text",))
        constraints = [
            models.UniqueConstraint(name="incident_ends_once", fields=["warning"], condition=Q(kind="ended"))
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind}"
