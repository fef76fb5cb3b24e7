from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from disputes.choices import RestrictionAnswer


class RestrictionQuestion(models.Model):
    """限制知悉的提示: a text named minors, sexual violence or beatings at home, which asks whether few should know.
    Open until somebody answers; by which words it asked stands in the text itself, each answer in the trail."""

    dispute = models.OneToOneField("disputes.Dispute", models.CASCADE, related_name="restriction_question")
    grounds = ArrayField(models.CharField(max_length=8))
    asked_at = models.DateTimeField()
    answer = models.CharField(_("答复"), max_length=3, choices=RestrictionAnswer.choices, blank=True)
    answered_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="restriction_answer_is_whole",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(name="restriction_names_its_ground", condition=~Q(grounds=[])),
        ]
        indexes = [models.Index(name="restriction_open", fields=["dispute"], condition=Q(answer=""))]
        triggers = recorded(_("限制知悉的提示"))

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.answer or 'open'}"
