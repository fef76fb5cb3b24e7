from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from classifier.choices import PolicyState, ReplayState
from disputes.models import Dispute


class WarningPolicy(models.Model):
    """One version of what the classifier goes by: indicators, how they combine, traps. Published ones never change."""

    version = models.PositiveIntegerField(_("版本"), unique=True)
    state = models.CharField(_("状态"), max_length=12, choices=PolicyState.choices, default=PolicyState.DRAFT)
    document = models.JSONField(_("内容"))
    revision = models.PositiveIntegerField(default=1)  # of a draft: counts its changes
    note = models.CharField(_("修改说明"), max_length=300, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    created_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("起草时间"))
    proposed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    effective_from = models.DateTimeField(_("生效时间"), null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        # a draft is typed, its states are recorded
        triggers = recorded(_("预警规则"), None, quiet=("document", "revision", "note", "source"))
        constraints = [
            models.CheckConstraint(
                name="policy_published_is_in_force_from",
                condition=~Q(state="published") | Q(effective_from__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="policy_proposed_by_somebody",
                condition=Q(proposed_at=None, proposed_by=None)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="policy_needs_two_names",
                condition=~Q(state="published")
                | Q(version=1)
                | (
                    Q(proposed_by__isnull=False, published_by__isnull=False)
                    & ~Q(proposed_by=models.F("published_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class ReplayRun(models.Model):
    """A draft tried on the registrations of the last 12 months: what would have been proposed instead."""

    policy = models.ForeignKey(WarningPolicy, models.CASCADE, related_name="replays")
    against = models.ForeignKey(
        WarningPolicy, models.PROTECT, related_name="+"
    )  # the one in force when asked
    revision = models.PositiveIntegerField()  # of the draft when it was read
    state = models.CharField(max_length=8, choices=ReplayState.choices, default=ReplayState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    lowered = models.PositiveIntegerField(default=0)
    marks_changed = models.PositiveIntegerField(default=0)  # the level stays, danger or happening changes
    error = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_replay_of_a_draft_at_a_time",
                fields=["policy"],
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.state}"

    @property
    def is_going_on(self) -> bool:
        return self.state in (ReplayState.WAITING, ReplayState.RUNNING)

    @property
    def changed(self) -> int:
        return self.raised + self.lowered


class ReplayRow(models.Model):
    """A dispute whose reading would change. Only numbers: the text stays where it is."""

    run = models.ForeignKey(ReplayRun, models.CASCADE, related_name="rows")
    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="+")
    level_now = models.PositiveSmallIntegerField()
    level_then = models.PositiveSmallIntegerField()
    danger_now = models.BooleanField()
    danger_then = models.BooleanField()
    happening_now = models.BooleanField(default=False)
    happening_then = models.BooleanField(default=False)
    rule_now = models.CharField(max_length=64, blank=True)
    rule_then = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-dispute_id"]
        constraints = [models.UniqueConstraint(name="replay_row_once", fields=["run", "dispute"])]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.level_now}→{self.level_then}"
