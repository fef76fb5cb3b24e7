"""Open rows follow who acts in the post: a stand-in takes over, the leader comes back, a successor follows.

Every passing over is a fresh notice and leaves at least half the limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from accounts.models import Appointment, User
from accounts.persons import acting_instead
from core.actor import Actor
from core.among import Among
from core.clock import shanghai_date
from core.transactions import retried
from disputes import public
from disputes.models import Dispute
from early_warning.choices import Outcome
from early_warning.models import Escalation, PhoneTask
from early_warning.selectors.chains import posts_around
from early_warning.selectors.told import told_before
from early_warning.services.climbing import climb_from
from early_warning.services.clocks import Clocks, half_way
from early_warning.services.escalating import fit, holder_of
from early_warning.services.escalation_notices import EscalationNotices

SHARED = ("town", "post__organization__place", "holder__user", "holder__post", "addressee")
PASSED = "escalation_passed_over"


@retried
def follow(*, appointment_id: int, by: Actor, now: datetime) -> int:
    """Rows told to this appointment's holder come to who acts in it now; how many moved. Locks their disputes."""
    return _follow(_open_rows(appointment_id), by=by, now=now)


@retried
def follow_batch(ids: Sequence[int], *, by: Actor, now: datetime) -> int:
    """The same for some rows, for the sweep."""
    return _follow(list(Escalation.objects.filter(pk=Among(ids), ended_at=None)), by=by, now=now)


@retried
def hand_over(*, appointment_id: int, by: Actor, now: datetime) -> int:
    """The appointment ended: its rows go to who holds the post now. They climb where nobody does, or one who may
    not be asked: the dispute is about them, or they were asked on another step. Locks their disputes."""
    disputes, locked = _locked(_open_rows(appointment_id))
    passing = _Passing.over(disputes, locked, now)
    for row in locked:
        successor = holder_of(row.post, now) if row.post else None
        passed, addressee = passing.successor(row, successor)
        if passed != Outcome.BARRED and successor is not None:
            row.holder = successor
        if addressee is None:
            passing.end(row, passed)
        else:
            passing.give(row, addressee)
    passing.write(by)
    return len(locked)


def misplaced(now: datetime) -> list[int]:
    """Open rows whose addressee does not act in the post: a stand-in began or ended meanwhile."""
    rows = Escalation.objects.filter(ended_at=None, holder__isnull=False).select_related("holder")
    acting = {row: user and user.pk for row, user in acting_instead(now).items()}
    found = rows.values_list("pk", "holder_id", "holder__user_id", "addressee_id")
    return [pk for pk, holder, user, addressee in found.iterator() if acting.get(holder, user) != addressee]


def left_behind(now: datetime) -> list[int]:
    """Appointments that ended while a row of theirs was locked elsewhere and could not be handed over."""
    over = Q(holder__ends_on__lte=shanghai_date(now)) | Q(holder__user__is_active=False)
    rows = Escalation.objects.filter(over, ended_at=None)
    return list(rows.order_by("holder").values_list("holder", flat=True).distinct())


def _follow(rows: Sequence[Escalation], *, by: Actor, now: datetime) -> int:
    disputes, locked = _locked(rows)
    passing = _Passing.over(disputes, locked, now)
    for row in locked:
        if row.holder is not None:
            acting = passing.acting(row.holder, disputes[row.dispute_id])
            if acting is None:
                passing.end(row, Outcome.AWAY)
            elif acting.pk != row.addressee_id:
                passing.give(row, acting)
    passing.write(by)
    return len(passing.rows) + len(passing.ended)


@dataclass
class _Passing:
    """Rows of one batch on their way to somebody else: written and told in a fixed number of statements."""

    disputes: Mapping[int, Dispute]
    telling: EscalationNotices
    clocks: Clocks
    now: datetime
    rows: list[Escalation] = field(default_factory=list)
    ended: list[Escalation] = field(default_factory=list)

    @classmethod
    def over(cls, disputes: Mapping[int, Dispute], rows: Sequence[Escalation], now: datetime) -> _Passing:
        places = [row.town or disputes[row.dispute_id].town or disputes[row.dispute_id].place for row in rows]
        return cls(disputes, EscalationNotices(posts_around(places, now), disputes, now), Clocks(now), now)

    @cached_property
    def instead(self) -> dict[int, User | None]:
        return acting_instead(self.now)

    def acting(self, holder: Appointment, dispute: Dispute) -> User | None:
        """The stand-in, unless they must keep out: then the leader in person stays asked. None: both are away."""
        standing = self.instead.get(holder.pk, holder.user)
        if standing is not None and self.telling.conflicts.keeps_from_level(dispute, standing.pk):
            return holder.user
        return standing

    def successor(self, row: Escalation, holder: Appointment | None) -> tuple[str, User | None]:
        """Why nobody takes the row over, or who does."""
        if holder is None:
            return Outcome.VACANT, None
        dispute = self.disputes[row.dispute_id]
        conflicts = self.telling.conflicts
        return fit(holder, self.acting(holder, dispute), dispute, told_before(row), conflicts)

    def end(self, row: Escalation, outcome: str) -> None:
        """Nobody can be asked here any more: it climbs."""
        row.outcome, row.ended_at, row.remind_at = outcome, row.not_before(self.now), None
        self.ended.append(row)

    def give(self, row: Escalation, to: User) -> None:
        """At least half the limit of the clock that runs is left."""
        limit = self.clocks.result_by if row.acknowledged_at else self.clocks.acknowledge_by
        row.addressee = to
        row.due_at = max(row.due_at or self.now, half_way(self.now, limit(row.level, self.now)))
        row.remind_at = None if row.acknowledged_at else half_way(self.now, row.due_at)
        self.rows.append(row)

    def write(self, by: Actor) -> None:
        """Rows, trail entries and fresh notices; what ended climbs."""
        for row in self.rows:
            row.passed_as = f"passed:{row.addressee_id}:{self.now:%Y%m%d%H%M%S}"
        Escalation.objects.bulk_update(self.rows, ["holder", "addressee", "due_at", "remind_at", "passed_as"])
        with public.working_on_all(self.disputes.values(), by=by, now=self.now) as works:
            for row in self.rows:
                data = {"escalation": row.pk, "leader": str(row.post), "to": row.addressee_id}
                works[row.dispute_id].note(PASSED, data=data)
                self.telling.passed(row, row.passed_as)
            self.telling.send()
            if self.ended:
                self._climb(by)

    def _climb(self, by: Actor) -> None:
        Escalation.objects.bulk_update(self.ended, ["holder", "outcome", "ended_at", "remind_at"])
        PhoneTask.objects.filter(escalation__in=self.ended, closed_at=None).update(closed_at=self.now)
        disputes = {row.dispute_id: self.disputes[row.dispute_id] for row in self.ended}
        climb_from(self.ended, list(disputes.values()), by=by, now=self.now)


def _open_rows(appointment_id: int) -> list[Escalation]:
    return list(Escalation.objects.filter(holder=appointment_id, ended_at=None))


def _locked(rows: Sequence[Escalation]) -> tuple[dict[int, Dispute], list[Escalation]]:
    """Disputes first, ascending; then those rows that are still open. Those held elsewhere come with the sweep."""
    disputes = {dispute.pk: dispute for dispute in public.lock_many({row.dispute_id for row in rows})}
    again = Escalation.objects.filter(
        pk=Among(row.pk for row in rows), dispute=Among(disputes), ended_at=None
    )
    again = again.order_by("pk").select_related("warning").prefetch_related(*SHARED)
    return disputes, list(again.select_for_update(of=("self",)))
