from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from disputes.choices import HandingKind
from jurisdictions.models import Organization


class Handing(models.Model):
    """A dispute went from one centre to another with the whole of its handling: down from the county, or over to the
    town it belongs to. It stays one dispute under one number. What was asked of the receiver stands in the trail."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="handings")
    kind = models.CharField(max_length=8, choices=HandingKind.choices)
    from_centre = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    to_centre = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("县级要求办结"), null=True, blank=True)  # as it was handed down
    handed_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_step = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["handed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_handing_at_a_time", fields=["dispute"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="handing_down_names_its_date",
                condition=Q(kind="down", due_at__isnull=False) | Q(kind="over", due_at=None),
            ),
            models.CheckConstraint(name="handing_goes_elsewhere", condition=~Q(from_centre=F("to_centre"))),
            models.CheckConstraint(
                name="handing_end_has_its_step",
                condition=Q(ended_at=None, ended_by_step="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_step="")),
            ),
        ]
        triggers = recorded(_("交办下级、转交"))

    def __str__(self) -> str:
        return f"{self.dispute_id} → {self.to_centre}"
