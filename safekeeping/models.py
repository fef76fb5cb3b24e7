from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded


class LedgerCheck(models.Model):
    """One run of the ledger's verification, asked for on the page or by a command: what it read, what it found."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("核验中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("中断")

    asked_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)  # disputes to read
    done = models.PositiveIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    texts = models.PositiveBigIntegerField(default=0)
    withheld = models.PositiveBigIntegerField(default=0)  # texts erased by rule: their hash cannot be checked
    seals = models.PositiveIntegerField(default=0)
    unsealed = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)  # judged rows compared with what was recorded of them
    remarks = models.JSONField(default=list)  # what is no fault but must be known, as `rules.faults.Remark`
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)  # the first of them, as `rules.faults.Fault` writes them down
    error = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def is_going_on(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class RetentionRule(models.Model):
    """How long texts and names of an archived dispute are kept (个人信息保护法 art. 19, 47), dated, with its source.

    Without a rule nothing is erased. The rule in force on the day of closing decides.
    """

    years = models.PositiveSmallIntegerField(_("保管年数"))
    effective_from = models.DateField(_("起"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        ordering = ["effective_from"]
        constraints = [
            models.CheckConstraint(name="retention_is_a_period", condition=models.Q(years__gte=1)),
        ]
        triggers = recorded(_("保管期限"), None)

    def __str__(self) -> str:
        return f"{self.years} {self.effective_from}"

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        return self.effective_to is not None and self.effective_to < day
