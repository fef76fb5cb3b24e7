from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from core.fields import EncryptedTextField
from jurisdictions.models import Organization


class LedgerImport(models.Model):
    """A spreadsheet of disputes brought in: uploaded and checked by a post, registered in the background."""

    class State(models.TextChoices):
        CHECKING = "checking", _("待核对")
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("导入中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("中断")
        STOPPED = "stopped", _("已停止")

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")  # the post acted in
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))
    file_name = models.CharField(_("文件名"), max_length=120)
    sha256 = models.CharField(max_length=64)  # of what was read, packed and kept until the work is done
    state = models.CharField(max_length=8, choices=State.choices, default=State.CHECKING)
    sheet_names = models.JSONField(default=list)
    answers = models.JSONField(default=dict)  # of the check page (rules.import_answers)
    notes = models.JSONField(default=list)  # [[kind, facts]]: what was told before it was confirmed
    confirmed_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # the rows up to here have their report
    error = models.CharField(max_length=300, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)  # the last sign of the worker
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"

    @property
    def is_checking(self) -> bool:
        return self.state == self.State.CHECKING

    @property
    def is_going_on(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class ImportRow(models.Model):
    """What became of one line. `key` keeps a line from being registered twice, whatever file it comes in."""

    sheet_name = ""  # set by the report of a book with several sheets

    class State(models.TextChoices):
        REGISTERED = "registered", _("已登记")
        KNOWN = "known", _("台账里已有")
        REFUSED = "refused", _("未登记")

    ledger_import = models.ForeignKey(LedgerImport, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)  # its place in the book
    line = models.PositiveIntegerField(_("行"))
    state = models.CharField(max_length=10, choices=State.choices)
    centre = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)  # of all the line says
    number_key = models.CharField(max_length=64, blank=True)  # of its number within sheet, book and year
    old_number = models.CharField(_("原编号"), max_length=60, blank=True)
    dispute = models.ForeignKey(
        "disputes.Dispute", models.PROTECT, null=True, blank=True, related_name="import_rows"
    )
    messages = models.JSONField(default=list)  # [[column, message]]
    cells = EncryptedTextField(blank=True)  # of refused lines, so that they can be mended and sent again

    class Meta:
        ordering = ["sheet", "line"]
        indexes = [
            models.Index(
                name="imported_number", fields=["centre", "number_key"], condition=Q(state="registered")
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="import_line_once", fields=["ledger_import", "sheet", "line"]),
            models.UniqueConstraint(
                name="imported_once", fields=["centre", "key"], condition=Q(state="registered")
            ),
            models.CheckConstraint(
                name="import_row_registered_has_its_dispute",
                condition=~Q(state="registered") | Q(dispute__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_import_id}/{self.sheet}/{self.line} {self.state}"
