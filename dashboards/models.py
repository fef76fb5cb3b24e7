from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User


class Snapshot(models.Model):
    """Figures of one scope and period, computed by the same filters as the lists they link to."""

    scope = models.CharField(max_length=64)  # digest of the access keys the figures were counted with
    period = models.CharField(max_length=40)
    payload = models.JSONField()
    computed_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")  # whose sight a refresh counts with
    acting = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="snapshot_once", fields=["scope", "period"])]
        indexes = [models.Index(name="snapshot_by_asked", fields=["asked_at"])]

    def __str__(self) -> str:
        return f"{self.scope[:8]} {self.period}"


class FirstDay(models.Model):
    """A person's own first-day guide: what they ticked by hand, and when they were done with it or put it away."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    ticked = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_over(self) -> bool:
        """Finished or put away: the home asks no more."""
        return self.finished_at is not None or self.put_away_at is not None
