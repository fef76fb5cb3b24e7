from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from disputes.models.intake import IntakeDraft


class Attachment(models.Model):
    """A file of a draft or a dispute. Content-addressed and encrypted in the media folder."""

    dispute = models.ForeignKey(
        "disputes.Dispute", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    draft = models.ForeignKey(IntakeDraft, models.CASCADE, null=True, blank=True, related_name="attachments")
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    has_preview = models.BooleanField(default=False)  # a re-encoded image without EXIF
    uploaded_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "id"]
        triggers = recorded(_("附件"), left_out=("has_preview", "draft_id"), hashed=("name",))
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_somewhere",
                condition=Q(dispute__isnull=False) | Q(draft__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
