import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from core.fields import EncryptedTextField


class IntakeDraft(models.Model):
    """What a clerk is typing. It takes no number; its key makes registering it happen once."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    owner = models.ForeignKey(Appointment, models.CASCADE, related_name="+")
    data = EncryptedTextField(blank=True)  # the form as JSON
    title = EncryptedTextField(_("标题"), blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title or str(self.key)


class IdempotencyKey(models.Model):
    """A key already answered. Inserted first in the transaction, so that a twin waits and gets the same answer."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, null=True, related_name="+")
    answer = EncryptedTextField(blank=True)  # JSON of the first answer
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="idempotency_key_once", fields=["appointment", "key"])]

    def __str__(self) -> str:
        return self.key
