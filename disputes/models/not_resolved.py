import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from disputes.choices import LeaderAnswer, Route, TellingWay

# A trigger of the dispute itself, whatever writes the row. `lifecycle.GOES_ON` in the database's words, and
# `rules.not_resolved` for the end.
NOT_CLOSED_UNSEEN = pgtrigger.Trigger(
    name="not_resolved_not_closed_unseen",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("status"),
    condition=pgtrigger.Condition("OLD.status = 'not_resolved' AND NEW.status <> 'not_resolved'"),
    func="""
        IF NEW.status IN ('assigned', 'registered', 'accepted') THEN
            RETURN NEW;
        END IF;
        IF NEW.status <> 'closed' OR NOT EXISTS (
            SELECT 1 FROM disputes_notresolved n
             WHERE n.dispute_id = NEW.id AND n.ended_at IS NULL AND n.told_on IS NOT NULL
               AND (n.chosen <> '' OR n.answer = 'elsewhere') AND NEW.revisited_at >= n.found_at
        ) THEN
            RAISE EXCEPTION 'dispute % was not resolved and cannot become % yet', NEW.id, NEW.status
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class NotResolved(models.Model):
    """A dispute was found 处理未果, and what followed: which routes the parties were told of, which one they chose,
    what the principal leader answered. The row is over when the dispute goes on or is closed; a later finding is
    another row. Words of people stand in the trail alone."""

    dispute = models.ForeignKey("disputes.Dispute", models.CASCADE, related_name="not_resolved")
    found_at = models.DateTimeField()
    reported_on = models.DateField()  # the Shanghai day on which the unit reported that there is no result
    routes = ArrayField(models.CharField(max_length=24, choices=Route.choices), default=list, blank=True)
    told_on = models.DateField(_("告知日期"), null=True, blank=True)
    told_way = models.CharField(_("告知方式"), max_length=12, choices=TellingWay.choices, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when it was written down last
    chosen = models.CharField(_("当事人选择"), max_length=24, choices=Route.choices, blank=True)
    answer = models.CharField(_("主要领导答复"), max_length=12, choices=LeaderAnswer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_step = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["found_at", "id"]
        triggers = recorded(_("处理未果"))
        constraints = [
            models.UniqueConstraint(
                name="one_not_resolved_at_a_time", fields=["dispute"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="routes_told_are_whole",
                condition=Q(routes=[], told_on=None, told_at=None, told_way="", chosen="")
                | Q(told_on__isnull=False, told_at__isnull=False) & ~Q(told_way="") & ~Q(routes=[]),
            ),
            models.CheckConstraint(
                name="routes_told_since_no_result",
                condition=Q(told_on=None) | Q(told_on__gte=F("reported_on")),
            ),
            models.CheckConstraint(
                name="chosen_route_was_told", condition=Q(chosen="") | Q(routes__contains=[F("chosen")])
            ),
            models.CheckConstraint(
                name="leaders_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="not_resolved_end_has_its_step",
                condition=Q(ended_at=None, ended_by_step="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_step="")),
            ),
        ]
        indexes = [
            models.Index(
                name="not_resolved_unanswered",
                fields=["dispute"],
                condition=Q(ended_at=None, answer="", chosen=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.found_at:%Y-%m-%d}"
