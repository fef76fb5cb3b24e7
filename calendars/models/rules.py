"""How long each thing may take, from when, and where it is written."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from calendars.choices import LimitUnit
from calendars.known_limits import label_of
from calendars.querysets import DeadlineRuleQuerySet


class InForce(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class DeadlineRule(models.Model):
    """A limit in force from–to. Old rows stay: deadlines were opened under them."""

    key = models.CharField(
        _("事项"), max_length=24
    )  # words: known_limits.py, so that a new one is no migration
    category = models.CharField(_("纠纷类别"), max_length=32, blank=True)  # empty: every category
    source_kind = models.CharField(_("来源"), max_length=24, blank=True)  # empty: every source
    limit = models.PositiveIntegerField(_("期限"))
    unit = models.CharField(_("单位"), max_length=12, choices=LimitUnit.choices)
    effective_from = models.DateField(_("自"))
    effective_to = models.DateField(_("至"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    # mypy meets this model before its queryset
    objects = DeadlineRuleQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        ordering = ["key", "category", "source_kind", "-effective_from"]
        constraints = [
            models.CheckConstraint(name="deadline_rule_limit", condition=Q(limit__gte=1)),
            models.CheckConstraint(
                name="deadline_rule_period",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="deadline_rule_unit", condition=Q(unit__in=[unit.value for unit in LimitUnit])
            ),
            ExclusionConstraint(
                name="deadline_rule_no_overlap",
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("source_kind", RangeOperators.EQUAL),
                    (
                        InForce("effective_from", "effective_to", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = recorded(_("期限规则"), None)

    def __str__(self) -> str:
        return f"{label_of(self.key)} {self.limit}{self.get_unit_display()}"

    def is_in_force(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def snapshot(self) -> dict[str, object]:
        """What a deadline remembers of the rule it was opened under."""
        return {
            "rule": self.pk,
            "key": self.key,
            "category": self.category,
            "source_kind": self.source_kind,
            "limit": self.limit,
            "unit": self.unit,
            "source": self.source,
        }
