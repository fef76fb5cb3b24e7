"""Deadlines of anything, and what moved them. Computed from these rows, never patched."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.recording import Owner, recorded
from calendars.choices import AdjustmentKind, LimitUnit
from calendars.querysets import RUNNING, UNMET, UNREMINDED, DeadlineQuerySet

IS_DISPUTE = "subject_type = 'dispute'"
OF_DISPUTE = Owner("subject_id", only=IS_DISPUTE)
OF_DEADLINE = Owner("subject_id", table="calendars_deadline", by="deadline_id", only=IS_DISPUTE)


def _changed(column: str) -> str:
    return f'NEW."{column}" IS DISTINCT FROM OLD."{column}"'


def _set_once(*columns: str) -> str:
    return " OR ".join(f'(OLD."{column}" IS NOT NULL AND {_changed(column)})' for column in columns)


def _kept(*columns: str) -> str:
    return " OR ".join(map(_changed, columns))


def _when(*conditions: str) -> pgtrigger.Condition:
    return pgtrigger.Condition(f"({' OR '.join(conditions)})")


class Deadline(models.Model):
    """By when somebody must have done something. One unmet row per subject and kind.

    `missed_at` is the first miss and stays, whatever is decided later; `missed_due_at` is the due date last
    found missed, so that an extension after the fact opens a new due date without un-missing the old one.
    """

    subject_type = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=24)
    rule = models.JSONField()  # snapshot of the rule; {"fixed": true} for a date a person set
    starts_at = models.DateTimeField(_("起算"))
    fixed_due_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(_("最迟"), null=True)  # whatever is added or rests, it ends by then
    due_at = models.DateTimeField(_("截止"))
    soon_at = models.DateTimeField()  # from when it is due soon
    explanation = models.JSONField(default=list)
    is_provisional = models.BooleanField(_("暂定"), default=False)  # reaches into a year not loaded
    paused = models.BooleanField(_("计时中止"), default=False)  # due_at counts the pause's expected end
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(_("办结于"), null=True)
    missed_at = models.DateTimeField(_("首次超期于"), null=True)
    missed_due_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    # mypy meets this model before its queryset
    objects = DeadlineQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="deadline_by_subject"),
            models.Index(fields=["due_at", "id"], condition=RUNNING, name="deadline_running"),
            models.Index(
                fields=["subject_type", "kind", "due_at"],
                include=["subject_id", "met_at", "missed_at"],
                condition=Q(cancelled_at=None),
                name="deadline_fell_due",
            ),
            models.Index(fields=["soon_at", "id"], condition=UNREMINDED, name="deadline_to_remind"),
            models.Index(
                fields=["id"], condition=UNMET & Q(is_provisional=True), name="deadline_provisional"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="deadline_one_unmet_per_kind",
                fields=["subject_type", "subject_id", "kind"],
                condition=UNMET,
            ),
            models.CheckConstraint(
                name="deadline_miss_is_whole",
                condition=Q(missed_at=None, missed_due_at=None)
                | Q(missed_at__isnull=False, missed_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deadline_one_ending", condition=Q(met_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(
                name="deadline_due_by_the_latest",
                condition=Q(latest_at=None) | Q(due_at__lte=F("latest_at")),
            ),
            models.CheckConstraint(name="deadline_due_after_soon", condition=Q(due_at__gte=F("soon_at"))),
        ]
        triggers = [
            *recorded(_("期限"), OF_DISPUTE, left_out=("reminded_at", "explanation")),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="facts_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=_when(_set_once("missed_at", "met_at", "cancelled_at")),
                func="RAISE EXCEPTION 'a deadline once missed, met or cancelled stays so';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} {self.kind} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_unmet(self) -> bool:
        return self.met_at is None and self.cancelled_at is None

    @property
    def was_missed(self) -> bool:
        return self.missed_at is not None

    def is_overdue(self, now: datetime) -> bool:
        return self.is_unmet and now > self.due_at


class DeadlineAdjustment(models.Model):
    """A pause or an extension of a deadline: who moved it, why, and what it was and became."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=12, choices=AdjustmentKind.choices)
    since = models.DateTimeField(_("自"), null=True)
    expected_end = models.DateTimeField(_("预计至"), null=True)
    until = models.DateTimeField(_("至"), null=True)  # when it really ended
    route = models.CharField(_("法定途径"), max_length=40, blank=True)
    limit = models.PositiveIntegerField(_("延长"), null=True)
    unit = models.CharField(max_length=12, choices=LimitUnit.choices, blank=True)
    reason = models.CharField(_("事由"), max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(_("决定人"), max_length=200)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["expected_end"], condition=Q(kind="pause", until=None), name="pause_running")
        ]
        constraints = [
            models.CheckConstraint(
                name="adjustment_is_pause_or_extension",
                condition=Q(kind="pause", since__isnull=False, expected_end__isnull=False, limit=None)
                | Q(kind="extension", since=None, expected_end=None, until=None, limit__gte=1),
            ),
            models.UniqueConstraint(
                name="adjustment_one_running_pause",
                fields=["deadline"],
                condition=Q(kind="pause", until=None),
            ),
            models.CheckConstraint(
                name="adjustment_pause_is_a_period",
                condition=Q(since=None)
                | Q(expected_end__gte=F("since")) & (Q(until=None) | Q(until__gte=F("since"))),
            ),
        ]
        triggers = [
            *recorded(_("期限调整"), OF_DEADLINE, left_out=("reason",)),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_a_pause_ends",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=_when(
                    _set_once("until"),
                    _kept(
                        *("deadline_id", "kind", "since", "expected_end", "route", "limit", "unit"),
                        *("reason", "decided_at", "decided_by", "due_before", "due_after"),
                    ),
                ),
                func="RAISE EXCEPTION 'an adjustment stays as decided; only a running pause ends';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.deadline_id}"
