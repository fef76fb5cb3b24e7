from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from classifier.models import WarningPolicy
from disputes.models import Dispute
from early_warning.choices import ReadingOf


class Reading(models.Model):
    """What the classifier (or a person) found in one text of a dispute. Spans, never the words themselves."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="readings")
    of = models.CharField(max_length=12, choices=ReadingOf.choices)
    entry_seq = models.PositiveIntegerField(null=True, blank=True)  # the trail entry whose text was read
    policy = models.ForeignKey(WarningPolicy, models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField()
    danger = models.BooleanField(default=False)
    happening = models.BooleanField(default=False)  # level 1 only: the words say it goes on now
    danger_cleared_at = models.DateTimeField(null=True, blank=True)  # a person looked: nobody is in danger
    rule = models.CharField(max_length=64, blank=True)  # the combination that decided
    evidence = models.JSONField(default=list)  # [{"indicator", "start", "end"}]
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at", "id"]
        triggers = recorded(_("文本识别"), left_out=("evidence",), told=False)
        constraints = [
            models.CheckConstraint(name="reading_level_0_to_3", condition=Q(level__lte=3)),
            models.CheckConstraint(
                name="reading_happening_is_level_1", condition=Q(happening=False) | Q(level=1)
            ),
            models.UniqueConstraint(
                name="reading_once",
                fields=["dispute", "of", "entry_seq"],
                nulls_distinct=False,
                condition=~Q(of="person"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.of} {self.level}"


class ClassifierFailure(models.Model):
    """A text the classifier failed on: registration stood, the sweep reads it again."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="+")
    of = models.CharField(max_length=12, choices=ReadingOf.choices)
    entry_seq = models.PositiveIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300)
    failed_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=1)
    retry_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="failure_to_retry", fields=["retry_at"], condition=Q(settled_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="failure_once", fields=["dispute", "of", "entry_seq"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.of}"
