from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from disputes.choices import AnswerWay
from disputes.rules.origin import NUMBER_LIMIT, SENDER_LIMIT, OriginFacts, key_of

if TYPE_CHECKING:
    from disputes.models.dispute import Dispute


class Origin(models.Model):
    """Where a dispute came from: who sent it, under which number, and what they want back; or the number it had in
    the ledger it was kept in before. Offices and file numbers: no personal data, so erasure leaves them."""

    dispute = models.OneToOneField("disputes.Dispute", models.CASCADE, related_name="origin")
    sender = models.CharField(_("来件单位"), max_length=SENDER_LIMIT, blank=True)
    number = models.CharField(_("来件编号"), max_length=NUMBER_LIMIT, blank=True)
    number_key = models.CharField(max_length=NUMBER_LIMIT * 4, blank=True)  # rules.origin.key_of
    ledger_number = models.CharField(_("原编号"), max_length=NUMBER_LIMIT, blank=True)
    ledger_number_key = models.CharField(max_length=NUMBER_LIMIT * 4, blank=True)
    received_on = models.DateField(_("来件日期"), null=True, blank=True)
    due_at = models.DateTimeField(_("来件要求办结"), null=True, blank=True)
    answer_wanted = models.BooleanField(_("要求书面答复"), default=False)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_way = models.CharField(_("答复方式"), max_length=8, choices=AnswerWay.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)  # when the step was taken

    class Meta:
        triggers = recorded(_("来件信息"))
        indexes = [
            models.Index(name="origin_number", fields=["number_key"], condition=~Q(number_key="")),
            models.Index(
                name="origin_ledger_number", fields=["ledger_number_key"], condition=~Q(ledger_number_key="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="origin_has_its_sender",
                condition=~Q(sender="")
                | Q(number="", received_on=None, due_at=None, answer_wanted=False) & ~Q(ledger_number=""),
            ),
            models.CheckConstraint(
                name="origin_answer_is_whole",
                condition=Q(answered_on=None, answered_at=None, answered_way="")
                | Q(answered_on__isnull=False, answered_at__isnull=False, answer_wanted=True)
                & ~Q(answered_way=""),
            ),
            # a day and a moment meet within the hours by which Shanghai is ahead: the rule is exact, this is its guard
            models.CheckConstraint(
                name="origin_due_after_it_came",
                condition=Q(received_on=None)
                | Q(due_at=None)
                | Q(due_at__gte=F("received_on") - timedelta(days=1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.number}".strip() or self.ledger_number

    @classmethod
    def of(cls, dispute: Dispute, facts: OriginFacts) -> Origin:
        """The row of what was stated, unsaved."""
        return cls(
            dispute=dispute,
            sender=facts.sender,
            number=facts.number,
            number_key=key_of(facts.number),
            ledger_number=facts.ledger_number,
            ledger_number_key=key_of(facts.ledger_number),
            received_on=facts.received_on,
            due_at=facts.due_at,
            answer_wanted=facts.answer_wanted,
        )

    @property
    def facts(self) -> OriginFacts:
        """What was stated, as it stands."""
        return OriginFacts(
            sender=self.sender,
            number=self.number,
            received_on=self.received_on,
            due_at=self.due_at,
            answer_wanted=self.answer_wanted,
            ledger_number=self.ledger_number,
        )

    def answered_as(self, before: Origin) -> Origin:
        """The same row with these facts, and the answer it has; unsaved."""
        self.pk, self._state.adding = before.pk, False
        for name in ("answered_on", "answered_way", "answered_at"):
            setattr(self, name, getattr(before, name))
        return self

    @property
    def owes_answer(self) -> bool:
        """A written answer is wanted and not given yet."""
        return self.answer_wanted and self.answered_on is None
