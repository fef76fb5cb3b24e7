from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from disputes.choices import CannedField
from jurisdictions.models import Organization


class CannedText(models.Model):
    """常用语: a sentence a unit writes often into one field of its steps. Rows are not rewritten: a change retires one
    and puts another in its place, so that the page shows what stood there before."""

    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    field = models.CharField(_("用在哪一栏"), max_length=12, choices=CannedField.choices)
    text = models.CharField(_("内容"), max_length=300)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["field", "id"]
        constraints = [
            models.UniqueConstraint(
                name="canned_text_once", fields=["unit", "field", "text"], condition=Q(retired_at=None)
            ),
            models.CheckConstraint(
                name="canned_retired_by_somebody",
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__gte=F("created_at"), retired_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
