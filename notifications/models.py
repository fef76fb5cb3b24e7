from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Notice(models.Model):
    """Something one person is told, once for its key. The in-app notice counts as delivered when written."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="notice_once", fields=["dedupe_key", "recipient"])]

    def __str__(self) -> str:
        return self.title
