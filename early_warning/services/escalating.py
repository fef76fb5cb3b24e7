"""Starting chains and climbing them. Rows are only ever added; an ended one keeps its outcome.

Callers hold the disputes' row locks. The unique constraint `escalation_once` makes every step happen once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _

from accounts.keys import unit_key
from accounts.models import Appointment, User
from core.clock import shanghai_date
from core.language import in_house_language
from disputes.conflicts import Conflicts, party_keys
from disputes.models import Dispute
from early_warning.choices import Basis, Outcome
from early_warning.models import DisputeWarning, Escalation
from early_warning.selectors import chains
from early_warning.selectors.chains import ChainPost, posts_around
from early_warning.services.clocks import Clocks, half_way
from early_warning.services.escalation_notices import EscalationNotices
from early_warning.services.handing_on import CLOCK, FIRST, NOTHING_HANDED, Handed
from jurisdictions.models import Place, Post
from responsibility.selectors.leader_posts import LeaderPosts

NOBODY_THERE = (Outcome.VACANT, Outcome.AWAY)  # the county office hears of it


@dataclass
class Batch:
    """Everything a batch of starts and climbs shares: who sits where, the limits, what is to be told."""

    disputes: Mapping[int, Dispute]
    now: datetime
    posts: LeaderPosts
    clocks: Clocks
    telling: EscalationNotices
    chain: Callable[[Place, int, str], tuple[ChainPost, ...]]  # of a town, a level and a field
    new: list[Escalation] = field(default_factory=list)
    unheard: list[Escalation] = field(default_factory=list)  # last rungs of chains where nobody is asked
    handed: Handed = NOTHING_HANDED
    going_on: set[int] = field(default_factory=set)  # id() of new rows that go on from a handed one

    @classmethod
    def over(cls, disputes: Iterable[Dispute], towns: Iterable[Place], now: datetime) -> Batch:
        rows = {dispute.pk: dispute for dispute in disputes}
        posts = posts_around([*towns, *(row.town or row.place for row in rows.values())], now)
        chain = cache(partial(chains.chain, posts))
        return cls(rows, now, posts, Clocks(now), EscalationNotices(posts, rows, now), chain)

    def write(self) -> list[Escalation]:
        """Inserts the new rows and tells everybody; answers the new rows."""
        Escalation.objects.bulk_create(self.new)
        for row in self.new:
            if row.is_open and id(row) in self.going_on:
                self.telling.rows.append(row)
            elif row.is_open:
                self.telling.escalation(row)
            elif row.outcome in NOBODY_THERE:
                self.telling.office(row, nobody_words(row, self.disputes[row.dispute_id]), row.outcome)
                self.telling.leader(row, row.outcome)
        for row in self.unheard:
            words = _unheard_words(row, self.disputes[row.dispute_id])
            self.telling.office(row, words, "unheard")
        self.telling.send()
        return self.new


def towns_of(dispute: Dispute) -> list[Place]:
    """The town of the place and every other involved town: each has its own chain."""
    codes = [code for code in dispute.involved_towns if dispute.town is None or code != dispute.town.code]
    others = list(Place.objects.filter(code__in=codes).order_by("code")) if codes else []
    return [dispute.town, *others] if dispute.town else others or [dispute.place]


def start(
    warning: DisputeWarning, dispute: Dispute, *, now: datetime, handed: Handed = NOTHING_HANDED
) -> list[Escalation]:
    """The first rung of every chain of the warning's present round, and the §8 leader beside them.

    What a merge handed over goes on where it stood, with the clocks that run.
    """
    towns = towns_of(dispute)
    batch = Batch.over([dispute], towns, now)
    batch.handed = handed
    for town in towns:
        _start_in(batch, warning, town)
    _add_responsible_leader(batch, warning, dispute)
    return batch.write()


def start_in_more_towns(
    warning: DisputeWarning, dispute: Dispute, *, now: datetime, handed: Handed
) -> list[Escalation]:
    """After a merge: the chains of towns that joined; where a chain stands behind the handed one, it goes on there."""
    rows = list(Escalation.objects.filter(warning=warning, round=warning.round, town__isnull=False))
    batch = Batch.over([dispute], towns_of(dispute), now)
    batch.handed = handed
    for town in towns_of(dispute):
        here = [row for row in rows if row.town_id == town.pk and not row.parallel]
        behind = [row for row in here if row.is_open and row.step < handed.step(town)]
        Escalation.objects.filter(pk__in=[row.pk for row in behind]).update(
            outcome=Outcome.SUPERSEDED, ended_at=now, remind_at=None
        )
        if behind or not here:
            _start_in(batch, warning, town)
    return batch.write()


def _start_in(batch: Batch, warning: DisputeWarning, town: Place) -> None:
    told = batch.handed.told_earlier(town)
    if not climb(batch, warning, town, batch.handed.step(town), told, came_from=None) and batch.new:
        batch.unheard.append(batch.new[-1])
    if warning.happening:
        for rung in chains.at_once(batch.posts, town):
            _at_once(batch, warning, town, rung, told)


def tell_at_once(warning: DisputeWarning, dispute: Dispute, *, now: datetime) -> list[Escalation]:
    """The event is happening, as it turns out: head of government and police head are told now (§10).

    Once called off they may be told again: such rows count on from those before them.
    """
    towns = towns_of(dispute)
    batch = Batch.over([dispute], towns, now)
    rows = list(Escalation.objects.filter(warning=warning, round=warning.round, town__in=towns))
    for town in towns:
        here = [row for row in rows if row.town_id == town.pk]
        told = {row.addressee_id for row in here if row.addressee_id and row.outcome != Outcome.CALLED_OFF}
        step = max((row.step for row in here if row.parallel), default=0) + 1
        for rung in chains.at_once(batch.posts, town):
            _at_once(batch, warning, town, rung, told, step)
    return batch.write()


def tell_responsible_leader(
    warning: DisputeWarning, dispute: Dispute, *, now: datetime, step: int = FIRST
) -> list[Escalation]:
    """A leader was named, or the principal took over, while the warning is open."""
    batch = Batch.over([dispute], towns_of(dispute), now)
    _add_responsible_leader(batch, warning, dispute, step)
    return batch.write()


def climb(
    batch: Batch,
    warning: DisputeWarning,
    town: Place,
    step: int,
    told: set[int],
    came_from: Escalation | None,
) -> bool:
    """Adds the rung of that step, going past vacant, barred and repeated ones, each recorded; False at the end.

    `told` are the persons this chain has told already; the new one is added to it.
    """
    dispute = batch.disputes[warning.dispute_id]
    chain = batch.chain(town, warning.level, dispute.category.hot_field)
    for number in range(step, len(chain) + 1):
        rung = chain[number - 1]
        passed, addressee = _fit(rung, dispute, told, batch)
        row = _row(batch, warning, town, number, rung, came_from)
        row.last = number == len(chain)
        batch.new.append(row)
        if passed:
            row.outcome, row.ended_at = passed, batch.now
            continue
        _ask(row, addressee, batch)
        if addressee is not None:
            told.update({addressee.pk, rung.holder.user_id if rung.holder else addressee.pk})
        return True
    return False


def _fit(rung: ChainPost, dispute: Dispute, told: set[int], batch: Batch) -> tuple[str, User | None]:
    """Why the rung is passed over, or who is asked."""
    if rung.holder is None or rung.post is None:
        return Outcome.VACANT, None
    conflicts = batch.telling.conflicts
    return fit(rung.holder, batch.posts.acting(rung.holder), dispute, told, conflicts)


def fit(
    holder: Appointment, acting: User | None, dispute: Dispute, told: set[int], conflicts: Conflicts
) -> tuple[str, User | None]:
    """Why this holder is passed over, or who is asked: they, or who acts for them (None: away like them).

    A stand-in who must keep out is not asked. What keeps a person out is asked over all their posts.
    """
    if conflicts.keeps_from_level(dispute, holder.user_id):
        return Outcome.BARRED, None
    if acting is None:
        return Outcome.SKIPPED if holder.user_id in told else Outcome.AWAY, None
    if conflicts.keeps_from_level(dispute, acting.pk):
        acting = holder.user
    if {acting.pk, holder.user_id} & told:
        return Outcome.SKIPPED, None
    return "", acting


def _at_once(
    batch: Batch, warning: DisputeWarning, town: Place, rung: ChainPost, told: set[int], step: int = FIRST
) -> None:
    passed, addressee = _fit(rung, batch.disputes[warning.dispute_id], told, batch)
    row = _row(batch, warning, town, step, rung, None)
    row.parallel = True
    if passed:
        row.outcome, row.ended_at = passed, batch.now
    else:
        _ask(row, addressee, batch)
        told.add(addressee.pk if addressee else 0)
    batch.new.append(row)


def _add_responsible_leader(
    batch: Batch, warning: DisputeWarning, dispute: Dispute, step: int = FIRST
) -> None:
    """The §8 leader's own notice with their own clock, unless a chain asks them already."""
    post: Post | None = dispute.responsible_leader
    if post is None or unit_key(post.organization_id) in party_keys([dispute])[dispute.pk]:
        return  # its head is told of the case, not of a level
    holder = holder_of(post, batch.now)
    rung = ChainPost(Basis.SECTION_8, post.role, holder.post if holder else post, holder)
    away = {row.holder.user_id for row in batch.new if row.outcome == Outcome.AWAY and row.holder}
    asked = (
        away
        | {row.addressee_id for row in batch.new}
        | set(
            Escalation.objects.filter(warning=warning, round=warning.round)
            .exclude(outcome=Outcome.SUPERSEDED)  # a leader who is named again is told again
            .values_list("addressee_id", flat=True)
        )
    )
    passed, addressee = _fit(rung, dispute, {user for user in asked if user}, batch)
    if passed and passed != Outcome.AWAY:
        return
    row = _row(batch, warning, None, step, rung, None)
    row.parallel = True
    if passed:
        row.outcome, row.ended_at = passed, batch.now
    else:
        _ask(row, addressee, batch)
    batch.new.append(row)


def holder_of(post: Post, now: datetime) -> Appointment | None:
    """Who holds the post on the Shanghai day of `now`, the default holder first."""
    rows = Appointment.objects.current(shanghai_date(now)).filter(post=post)
    found: Appointment | None = rows.with_post().order_by("-is_default", "pk").first()
    return found


def _row(
    batch: Batch,
    warning: DisputeWarning,
    town: Place | None,
    step: int,
    rung: ChainPost,
    came_from: Escalation | None,
) -> Escalation:
    return Escalation(
        warning=warning,
        dispute_id=warning.dispute_id,
        round=warning.round,
        level=warning.level,
        town=town,
        step=step,
        basis=rung.basis,
        post=rung.post,
        organization=rung.post.organization if rung.post else None,
        role=rung.role,
        holder=rung.holder,
        came_from=came_from,
        notified_at=batch.now,
    )


def _ask(row: Escalation, addressee: User | None, batch: Batch) -> None:
    """The clock to acknowledge starts when the in-app notice is written: now."""
    row.addressee = addressee
    before = batch.handed.of(row, addressee)
    if before is not None:
        batch.going_on.add(id(row))
        for name in CLOCK:
            setattr(row, name, getattr(before, name))
        return
    row.due_at = batch.clocks.acknowledge_by(row.level, batch.now)
    row.remind_at = half_way(batch.now, row.due_at)


@in_house_language
def _unheard_words(row: Escalation, dispute: Dispute) -> str:
    said = {"number": dispute.display_number, "town": row.town or ""}
    return _("%(number)s 预警：%(town)s的报告链条上没有可以报告的领导，请县综治中心立即处理") % said


@in_house_language
def nobody_words(row: Escalation, dispute: Dispute) -> str:
    """For the county office: the post is empty, or its holder and the stand-in are both away."""
    said = {"number": dispute.display_number, "role": row.get_role_display(), "town": row.town or ""}
    if row.outcome == Outcome.AWAY:
        said["name"] = row.holder.user.name if row.holder else ""
        return (
            _("%(number)s 预警：%(town)s%(role)s%(name)s和代理人都外出，未能报告，请县综治中心督促另定代理人")
            % said
        )
    return _("%(number)s 预警：%(town)s%(role)s岗位空缺，已转报下一级，请尽快配齐") % said


def entry_of(rows: Sequence[Escalation], name: Callable[[Post], str] = str) -> list[dict[str, Any]]:
    """What the trail keeps of new rows: posts and outcomes, no words. `name` is how a post is called."""
    return [
        {
            "town": row.town.code if row.town else None,
            "step": row.step,
            "post": row.post.code if row.post else row.role,
            "leader": name(row.post) if row.post else str(row.get_role_display()),
            "outcome": str(row.outcome),
        }
        for row in rows
    ]
