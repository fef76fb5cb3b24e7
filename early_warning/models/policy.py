from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from early_warning.choices import PolicyState


class WarningPolicy(models.Model):
    """One version of what the classifier goes by: indicators, how they combine, traps. Published ones never change."""

    version = models.PositiveIntegerField(_("版本"), unique=True)
    state = models.CharField(_("状态"), max_length=12, choices=PolicyState.choices, default=PolicyState.DRAFT)
    document = models.JSONField(_("内容"))
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
