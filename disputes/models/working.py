from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, User


class SavedView(models.Model):
    """A user's own filter of the ledger, shown as a tab."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=1000)  # the query string, as the ledger reads it
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(name="saved_view_once", fields=["user", "name"])]

    def __str__(self) -> str:
        return self.name


class LedgerColumns(models.Model):
    """The columns a person chose for the ledger's list, in their order; no row means the usual ones."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    names = ArrayField(models.CharField(max_length=20))  # of disputes.ledger_columns

    class Meta:
        constraints = [
            models.CheckConstraint(name="ledger_columns_some", condition=models.Q(names__len__gt=0)),
        ]

    def __str__(self) -> str:
        return ", ".join(self.names)


class ExportJob(models.Model):
    """A ledger export: asked for, written by a worker, fetched by who asked. Each is recorded."""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("生成中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("失败")
        EXPIRED = "expired", _("已过期")

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="+")  # the post acted in
    kind = models.CharField(max_length=16, default="xlsx")
    query = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_going_on(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}
