"""The yearly holiday plan of the State Council, as rows."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded


class CalendarYear(models.Model):
    """A year whose plan is loaded. Years without a row are unknown: nothing is guessed for them."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("依据"), max_length=200)
    loaded_at = models.DateTimeField(_("录入时间"))
    # changes with every edit of the year, so that a process knows when what it remembers is old
    revision = models.UUIDField(default=uuid.uuid4, editable=False)
    # days edited since running deadlines were last computed anew; the sweep clears them
    changed_from = models.DateField(null=True, editable=False)
    changed_to = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["year"]
        triggers = recorded(_("工作日历的年份"), None, left_out=("revision", "changed_from", "changed_to"))
        constraints = [
            models.CheckConstraint(name="calendar_year_sane", condition=Q(year__gte=1950, year__lte=2150)),
            models.CheckConstraint(
                name="calendar_year_change_is_a_period",
                condition=Q(changed_from=None, changed_to=None) | Q(changed_from__lte=F("changed_to")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class StatutoryDay(models.Model):
    """A day off by law, whatever the plan says about the weekends around it: holds for years not loaded yet.

    Rows come with the reference data and are never edited on a page: the plan of the year is.
    """

    date = models.DateField(_("日期"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        ordering = ["date"]
        triggers = recorded(_("法定节假日"), None)

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class CalendarDay(models.Model):
    """A day that leaves the weekly pattern: a day off with its holiday, or a weekend day people work on."""

    date = models.DateField(_("日期"), unique=True)
    year = models.ForeignKey(CalendarYear, models.CASCADE, to_field="year", related_name="days")
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        ordering = ["date"]
        triggers = recorded(_("工作日历的日期"), None)
        constraints = [
            models.CheckConstraint(
                name="calendar_day_in_its_year",
                condition=Q(date__year=F("year_id")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
