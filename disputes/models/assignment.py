from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import Owner, recorded
from core.fields import EncryptedTextField
from disputes.choices import RequestKind, ReturnGround
from jurisdictions.models import Organization, Sector


class Assignment(models.Model):
    """One lead unit with its person, from dispatch until it ends. Exactly one is current."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="assignments")
    lead_unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    co_units = models.ManyToManyField(Organization, related_name="+", blank=True)
    person = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_step = models.CharField(max_length=32, blank=True)
    instruction = EncryptedTextField(_("拟办意见"), blank=True)  # what the dispatcher asks of the unit
    by_final_word = models.BooleanField(_("县中心指定"), default=False)  # cannot be returned again

    class Meta:
        ordering = ["assigned_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_lead_unit_at_a_time", fields=["dispute"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="assignment_end_has_its_step",
                condition=Q(ended_at=None, ended_by_step="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_step="")),
            ),
        ]
        triggers = recorded(_("交办"), hashed=("instruction",))

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.lead_unit}"


class AssignmentCoUnit(Assignment.co_units.through):  # type: ignore[name-defined]
    """Who joins in, as Django keeps it; here only for its trigger."""

    class Meta:
        proxy = True
        triggers = recorded(_("协办单位"), Owner(table="disputes_assignment", by="assignment_id"))


class StepRequest(models.Model):
    """Something asked of another organization: to take a case up, to take it back, to give more time."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    ground = models.CharField(max_length=20, choices=ReturnGround.choices, blank=True)
    reason = EncryptedTextField()
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decides_org = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    decides_as_leader = models.BooleanField(default=False)  # the second extension
    times_told = models.PositiveSmallIntegerField(default=1)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                name="one_request_pending",
                fields=["dispute"],
                condition=Q(decided_at=None, voided_at=None),
            ),
            models.CheckConstraint(
                name="request_decided_by_somebody",
                condition=Q(decided_at=None, decided_by=None, granted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, granted__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_names_its_days", condition=~Q(kind="extension") | Q(days__gte=1)
            ),
        ]
        triggers = recorded(_("请示"), hashed=("reason",))

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.kind}"


class DispatchCatalogue(models.Model):
    """Sectors whose county department a town may assign to directly, dated, with the source that allows it."""

    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    effective_from = models.DateField(_("起"))
    effective_to = models.DateField(_("止"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        ordering = ["sector", "effective_from"]
        constraints = [
            models.UniqueConstraint(name="catalogue_once_a_day", fields=["sector", "effective_from"]),
            models.CheckConstraint(
                name="catalogue_ends_after_it_begins",
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
            ),
        ]
        triggers = recorded(_("直接交办目录"), None)

    def __str__(self) -> str:
        return f"{self.sector} {self.effective_from}"

    def covers(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or self.effective_to >= day)
