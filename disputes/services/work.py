"""What apps above do with a dispute that is theirs to work on: level, leader, openings, entries; saved once.

Apps above come through `disputes.public`, and write their own rows themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.keys import post_key
from accounts.models import Appointment
from core.actor import Actor
from disputes.models import AccessGrant, Dispute
from disputes.services import access, alarm, in_hand, urgency
from disputes.services.ledger import NewEntry, Signed
from jurisdictions.models import Organization, Post

Reason = AccessGrant.Reason
LOCKED_WITH = ("category", "town", "managing_org__place")


@dataclass(frozen=True)
class Work:
    """One dispute in hand: who works on it, and when."""

    dispute: Dispute
    by: Actor
    now: datetime

    def set_level(self, level: int, *, hurry: bool = True) -> None:
        """The current warning level, 0 for none; the only writer besides a merge. Levels 1 and 2 shorten running
        clocks; `hurry` False where nobody is to be woken: what the system reads in an old ledger."""
        dispute = self.dispute
        dispute.warning_level = level
        if dispute.is_restricted and alarm.follow(dispute, now=self.now):
            access.rebuild(dispute)
        if hurry:
            urgency.hurry(dispute, by=self.by, now=self.now)

    def shorten_resolve(self, day: date) -> datetime:
        """明确化解时限: see `urgency.shorten_resolve`; the due moment from here on."""
        return urgency.shorten_resolve(self.dispute, day, by=self.by, now=self.now).due_at

    def set_leader(self, post: Post | None) -> None:
        """责任领导 (§8), written only here. The post may open the dispute, restricted ones too, while it is named."""
        before = self.dispute.responsible_leader_id
        self.dispute.responsible_leader = post
        if post is not None:
            self.open_to([post_key(post.pk)], Reason.LEADER)
        if before is not None and (post is None or post.pk != before):
            self.close_to([post_key(before)], Reason.LEADER)

    def open_to(self, keys: Collection[int], reason: str = Reason.UPPER) -> None:
        """Lets posts or persons in, restricted matters included, as long as `close_to` does not end it."""
        access.open_to_named(((self.dispute, key, self.now) for key in dict.fromkeys(keys)), reason)

    def open_to_helper(self, unit: Organization, person: Appointment) -> None:
        """Lets a unit in that has a part in it, with the person who does that part."""
        access.open_to_unit(self.dispute, unit, person, now=self.now, co=True)
        access.rebuild(self.dispute)

    def close_to(self, keys: Iterable[int], reason: str = Reason.UPPER) -> None:
        """Ends what `open_to` gave for that reason; what they see anyway stays."""
        access.end(self.dispute, reason, now=self.now, keys=keys)
        access.rebuild(self.dispute)

    def record(
        self, step: str, *, data: Mapping[str, Any] | None = None, texts: Mapping[str, str] | None = None
    ) -> None:
        """A trail entry that leaves the status as it is, and a new version; who follows the dispute hears of it.
        `step` needs its row (`disputes.entry_words`)."""
        self.dispute.version += 1
        self.note(step, data=data, texts=texts)

    def note(
        self, step: str, *, data: Mapping[str, Any] | None = None, texts: Mapping[str, str] | None = None
    ) -> None:
        """The same of what time does: it makes nobody's open page stale."""
        status = self.dispute.status
        entry = NewEntry(step, status, status, data or {}, texts or {})
        in_hand.write_down(Signed(self.dispute, entry, self.by, self.now))


def lock_visible(by: Actor, **which: Any) -> Dispute:
    """The dispute of that number, id or row of its own (`letters=7`), under its row lock. Raises NotFound."""
    row: Dispute = Dispute.objects.select_related(*LOCKED_WITH).defer("search").lock_visible(by, **which)
    return in_hand.of(row.pk) or row


def lock_many(dispute_ids: Iterable[int]) -> list[Dispute]:
    """For sweeps and what follows a step: these disputes under their locks, ascending by id, those locked elsewhere
    left out. What is in hand is locked already."""
    held = {pk: in_hand.of(pk) for pk in dispute_ids}
    ids = [pk for pk, found in held.items() if found is None]
    # of one there is no order to keep, and to ask for one costs as much as the row
    rows = Dispute.objects.filter(pk__in=ids).order_by(*(["pk"] if len(ids) > 1 else []))
    rows = rows.select_related(*LOCKED_WITH).defer("search")
    locked = list(rows.select_for_update(of=("self",), skip_locked=True)) if ids else []
    return sorted([*locked, *(found for found in held.values() if found)], key=lambda dispute: dispute.pk)


@contextmanager
def working_on(dispute: Dispute, *, by: Actor, now: datetime) -> Iterator[Work]:
    """The dispute in hand, under its lock; at the end of the outermost block its row is saved, once, and its entries
    are appended. Where the block raises, the object is as before."""
    with in_hand.hold([dispute]):
        yield Work(dispute, by, now)


@contextmanager
def working_on_all(disputes: Iterable[Dispute], *, by: Actor, now: datetime) -> Iterator[dict[int, Work]]:
    """The same for a batch of different disputes, by id; saved in a fixed number of statements."""
    rows = {dispute.pk: dispute for dispute in disputes}
    with in_hand.hold(rows.values()):
        yield {pk: Work(dispute, by, now) for pk, dispute in rows.items()}


def open_all(wanted: Sequence[tuple[Work, Collection[int]]]) -> None:
    """`open_to` for a batch, in one statement."""
    rows = ((work.dispute, key, work.now) for work, keys in wanted for key in keys)
    access.open_to_named(rows, Reason.UPPER)


def set_first_leaders(named: Sequence[tuple[Work, Post]]) -> None:
    """`set_leader` for a batch of new disputes, in one statement."""
    for work, post in named:
        work.dispute.responsible_leader = post
    rows = ((work.dispute, post_key(post.pk), work.now) for work, post in named)
    access.open_to_named(rows, Reason.LEADER)
