"""The one row of a first start: who may go on with it, and what was answered so far."""

from __future__ import annotations

from django.db import models

from core.fields import EncryptedTextField


class FirstStart(models.Model):
    """Only digests of the code and of the browser let in by it; the answers hold names and are encrypted."""

    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    pass_digest = models.CharField(max_length=64, blank=True)
    answers = EncryptedTextField(blank=True)  # JSON by step; empty once the county is written
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="first_start_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.finished_at or "…")
