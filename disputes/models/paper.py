from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import APPEND_ONLY_TRIGGERS, AppendOnly
from jurisdictions.models import Organization


class PaperBook(models.Model):
    """One per unit, kind of paper and year; the counter row gives numbers without gaps."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField(_("年度"))
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_book_once", fields=["organization", "kind", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.kind} {self.year}"


class PaperNumber(AppendOnly):
    """文号: given when a paper is printed first, printed again unchanged, whoever manages the case by then.

    `about` says of what it is the paper: the dispute and, where there are several, the entry, letter or person.
    """

    book = models.ForeignKey(PaperBook, models.PROTECT, related_name="numbers")
    serial = models.PositiveIntegerField()
    printed = models.CharField(_("文号"), max_length=60)
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=40)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_serial_once", fields=["book", "serial"]),
            models.UniqueConstraint(name="paper_numbered_once", fields=["kind", "about"]),
            models.CheckConstraint(name="paper_serial_from_one", condition=models.Q(serial__gte=1)),
        ]
        triggers = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return self.printed
