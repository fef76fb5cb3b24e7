from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from core.fields import EncryptedTextField
from disputes.models import Dispute
from early_warning.models.reading import Reading


class ImportedLevel(models.Model):
    """A level read in the text of an imported line: it wakes nobody until the coordinator has decided about it.

    `dispute` is the one read, or the one it was merged into.
    """

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="imported_levels")
    reading = models.OneToOneField(Reading, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()  # as it was read
    proposed_at = models.DateTimeField()
    level_to = models.PositiveSmallIntegerField(null=True, blank=True)  # as it was decided; 0: no warning
    reason = EncryptedTextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["level", "pk"]
        triggers = recorded(_("导入读出的预警"), hashed=("reason",))
        indexes = [
            models.Index(name="imported_level_open", fields=["level", "id"], condition=Q(decided_at=None)),
        ]
        constraints = [
            models.CheckConstraint(name="imported_level_1_to_3", condition=Q(level__gte=1, level__lte=3)),
            models.CheckConstraint(
                name="imported_level_decided_has_its_level",
                condition=Q(decided_at=None, decided_by=None, level_to=None)
                | Q(decided_at__isnull=False, level_to__isnull=False, level_to__lte=3),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.level}"
