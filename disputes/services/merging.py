"""并案: one case goes on, the other ends in it. Whoever had to keep out of either keeps out of both.

Lock order: the dispute that ends, then the one that goes on, then what was merged into either, ascending by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.keys import person_key, unit_key
from accounts.models import User
from accounts.persons import own_keys_of
from core.actor import Actor
from core.language import in_house_language
from disputes import rights
from disputes.choices import Confidentiality
from disputes.errors import InvalidInput
from disputes.models import ConflictMark, Dispute
from disputes.rules import consent, lifecycle
from disputes.rules.lifecycle import Side
from disputes.rules.step_inputs import Merge
from disputes.selectors.numbers_meant import meant_by
from disputes.services import (
    access,
    alarm,
    clocks,
    danger,
    following,
    handing,
    ledger,
    not_resolved,
    notices,
    restriction_questions,
    whose_turn,
)
from disputes.services.acceptance import end_assignment
from disputes.services.step_runner import LOCKED_WITH, Move, StepRun
from jurisdictions.models import Organization, Place

STEP = "merged_in"
FOLLOWS = "merged_on"  # of what was merged before: where it goes on now, and who keeps out
COPIED = ("organization_id", "user_id")
SHARED = ("confidentiality", "access_keys", "barred_keys")
CARRIED = (
    *(
        "registered_at",
        "warning_level",
        "danger",
        "danger_told",
        "danger_told_at",
        "involved_towns",
        "involved_sectors",
        "confidentiality",
        "unit_consent",
    ),
    *("managing_org", "waiting_org", "waiting_role", "access_keys", "barred_keys", "version"),
    *("handed_down_by", "county_due_at", "handed_town", "next_due_at", "resolve_by"),
)


@dataclass(frozen=True)
class Bars:
    """Who must keep out of the matter, from both cases."""

    units: tuple[Organization, ...]
    people: tuple[User, ...]
    untold: tuple[Organization, ...] = ()  # those who brought either case do not agree that these are told

    @property
    def keys(self) -> set[int]:
        units = {unit_key(unit.pk) for unit in (*self.units, *self.untold)}
        return units | {person_key(user.pk) for user in self.people}


def merge(run: StepRun, given: Merge) -> Move:
    """并案: both receipts stay, the earlier date, the higher level and the stricter circle of readers go on.

    `into` may name one that was merged itself: then it is the last of its chain. Raises InvalidInput at `into`.
    """
    dispute = run.dispute
    target = _survivor_of(given.into.strip(), run)
    before = list(Dispute.objects.filter(survivor=dispute).order_by("pk").select_for_update())
    with_target = list(Dispute.objects.filter(survivor=target).order_by("pk").select_for_update())
    bars = _bars_of([dispute, target])
    moved_up = _take_up(target, dispute, bars, run)
    _require_free_hands(target, bars, run.now)
    _carry_facts(target, dispute)
    _share(bars, [target, dispute, *before, *with_target], by=run.by, now=run.now)
    not_resolved.let_barred_go(target, bars.units, bars.people)
    if not moved_up:
        access.join_towns(target, _towns_of(dispute), now=run.now)
    target.version += 1
    whose_turn.note(target)
    if target.is_restricted:
        alarm.follow(target, now=run.now)
    clocks.note_next_due(target)
    access.rebuild(target, untold=bars.untold)
    target.save(update_fields=CARRIED)
    _end_in(dispute, target, before, run)
    danger.carry_over(dispute, target, now=run.now)
    restriction_questions.carry(target, dispute, run.now)
    following.carry_over(dispute, target, now=run.now)
    _record(target, dispute, [*before, *with_target], by=run.by, now=run.now)
    _tell(target, dispute, by=run.by, now=run.now)
    return Move(data={"into": target.number}, access_changed=True)


def last_of(dispute: Dispute) -> Dispute:
    """The case that goes on in place of a merged one, itself when it was never merged; under its row lock.

    Should it be merged while its lock is waited for, its own survivor is taken.
    """
    while True:
        rows = Dispute.objects.select_for_update(of=("self",)).defer("search")
        found: Dispute = rows.get(pk=dispute.survivor_id or dispute.pk)
        if found.survivor_id is None:
            return found
        dispute = found


def _survivor_of(number: str, run: StepRun) -> Dispute:
    """The open case that number stands for, under its lock, in sight of who merges."""
    visible = Dispute.objects.visible_to(run.by)
    named = visible.filter(meant_by(number, run.by, run.now)).only("survivor", "number").first()
    key = named and (named.survivor_id or named.pk)
    locked = visible.select_related(*LOCKED_WITH, "received_by__place", "pending_org").defer("search")
    target: Dispute | None = locked.filter(pk=key).select_for_update(of=("self",)).first() if key else None
    if named is not None and target is None:
        raise _refused(_("%s 已并入其他纠纷，您无权查看，请报县综治中心并案。") % named.display_number)
    if target is None or target.pk == run.dispute.pk:
        raise _refused(_("没有找到要并入的纠纷，请核对编号。"))
    if target.status not in lifecycle.MERGEABLE:
        raise _refused(_("要并入的纠纷已经结束，不能并入。"))
    return target


def _bars_of(disputes: Sequence[Dispute]) -> Bars:
    marks = ConflictMark.objects.filter(dispute__in=disputes).order_by("pk")
    rows = list(marks.select_related("organization__place", "user"))
    units = {row.organization_id: row.organization for row in rows if row.organization}
    people = {row.user_id: row.user for row in rows if row.user}
    untold = Organization.objects.filter(pk__in=access.untold_units(disputes)).order_by("pk")
    return Bars(tuple(units.values()), tuple(people.values()), tuple(untold))


def _take_up(target: Dispute, dispute: Dispute, bars: Bars, run: StepRun) -> bool:
    """The county manages what one of both has brought there, and what is about a town's own units or people
    (信访工作条例 art. 30): then the town is left out, as at registration. True when it is left out."""
    owed, managed_by = handing.owed_by(target, bars.units, bars.people, run.now), target.managing_org
    managed = (target.managing_org, dispute.managing_org, *([owed] if owed else []))
    goes_to = next((centre for centre in managed if centre.is_county_level), target.managing_org)
    stays = {goes_to.pk, dispute.managing_org_id} == {target.managing_org_id}
    if not (stays or rights.holds_seat(run.by, Side.COUNTY, target)):
        raise _refused(_("两件纠纷由不同的中心管理，请上报县中心并案。"))
    if goes_to.pk != target.managing_org_id:
        _require_nothing_pending(target)
        handing.take_up(target, goes_to, step=run.step.id, by=run.by, now=run.now)
    handing.carry(target, dispute, step=run.step.id, by=run.by, now=run.now)
    if owed is None:
        return False
    access.leave_town_out(target, {target.received_by_id, managed_by.pk} - {owed.pk}, now=run.now)
    return True


def _require_nothing_pending(target: Dispute) -> None:
    if target.pending:
        said = {"number": target.display_number, "request": target.get_pending_display()}
        raise _refused(_("%(number)s 有待批的%(request)s申请，请先审批，再并案。") % said)


def _require_free_hands(target: Dispute, bars: Bars, now: datetime) -> None:
    """Nobody who must keep out, in whatever post, may hold the case that goes on; what to do first is said."""
    person, unit = target.responsible_person, target.lead_unit
    if unit is not None and unit_key(unit.pk) in bars.keys:
        said = {"number": target.display_number, "who": unit}
        raise _refused(
            _("%(number)s 由%(who)s承办，并案后该单位应当回避。请先将 %(number)s 转办给其他单位，再并案。")
            % said
        )
    if person is not None and bars.keys & own_keys_of({person.user_id}, now)[person.user_id]:
        said = {"number": target.display_number, "who": person.user.name}
        raise _refused(
            _("%(number)s 的责任人%(who)s并案后应当回避。请先改派 %(number)s 的责任人，再并案。") % said
        )
    asked = target.pending_org
    if asked is not None and unit_key(asked.pk) in bars.keys:
        _require_nothing_pending(target)


def _carry_facts(target: Dispute, dispute: Dispute) -> None:
    """What the case that goes on must know to be led and warned of rightly. The rest is read in the other one."""
    target.registered_at = min(target.registered_at, dispute.registered_at)
    levels = [row.warning_level for row in (target, dispute) if row.warning_level]
    target.warning_level = min(levels, default=0)  # 1 is the highest, 0 is none
    _carry_danger(target, dispute)
    if target.unit_id == dispute.unit_id and consent.is_asked(target.unit_relation):
        target.unit_consent = consent.stricter(target.unit_consent, dispute.unit_consent)
    towns = [place.code for place in _towns_of(dispute) if place.code != target.place_code[:9]]
    target.involved_towns = list(dict.fromkeys([*target.involved_towns, *towns]))
    target.involved_sectors = list(dict.fromkeys([*target.involved_sectors, *dispute.involved_sectors]))


def _carry_danger(target: Dispute, dispute: Dispute) -> None:
    """With whom somebody told of it and when, where nobody is named yet: else somebody would be asked once more."""
    target.danger = target.danger or dispute.danger
    if dispute.danger_told and not target.danger_told:
        target.danger_told, target.danger_told_at = dispute.danger_told, dispute.danger_told_at


def _towns_of(dispute: Dispute) -> list[Place]:
    codes = {dispute.place_code[:9], *dispute.involved_towns}
    return list(Place.objects.towns().filter(code__in=codes).order_by("code"))


def _share(bars: Bars, disputes: Sequence[Dispute], *, by: Actor, now: datetime) -> None:
    """The same people are barred from both and from all that was merged into them; the stricter circle holds."""
    rows = ConflictMark.objects.filter(dispute__in=disputes).values_list("dispute_id", *COPIED)
    known = set(rows)
    wanted = [(unit.pk, None) for unit in bars.units] + [(None, user.pk) for user in bars.people]
    missing = [(row, pair) for row in disputes for pair in wanted if (row.pk, *pair) not in known]
    ConflictMark.objects.bulk_create(
        ConflictMark(dispute=row, organization_id=unit, user_id=user, marked_by=by.user, marked_at=now)
        for row, (unit, user) in missing
    )
    if any(row.is_restricted for row in disputes):
        for row in disputes:
            row.confidentiality = Confidentiality.RESTRICTED
    for row in disputes:
        access.rebuild(row, untold=bars.untold)
    Dispute.objects.bulk_update(disputes, SHARED)


def _end_in(dispute: Dispute, target: Dispute, before: Sequence[Dispute], run: StepRun) -> None:
    dispute.merged_into = dispute.survivor = target
    dispute.survivor_since = run.now
    Dispute.objects.filter(pk__in=[row.pk for row in before]).update(survivor=target, survivor_since=run.now)
    end_assignment(run)
    handing.close(dispute, step=run.step.id, now=run.now)
    clocks.end_all(dispute, by=run.by, now=run.now)


def _record(target: Dispute, dispute: Dispute, parts: Sequence[Dispute], *, by: Actor, now: datetime) -> None:
    """In the trail of the case that goes on, and of everything that was merged into either before."""
    shared = {"restricted": target.is_restricted, "barred": len(target.barred_keys)}
    data = shared | {
        "from": dispute.number,
        "managing": target.managing_org.code,
        **handing.told(target),
        "towns": target.involved_towns,
        "sectors": target.involved_sectors,
        "danger": target.danger,
        "unit_consent": target.unit_consent,
        "registered_at": target.registered_at.isoformat(),
    }
    at, texts = target.danger_told_at, dict[str, str]()
    if at is not None and (target.danger_told, at) == (dispute.danger_told, dispute.danger_told_at):
        data["danger_told_at"], texts["danger_told"] = at.isoformat(), target.danger_told
    entries = [(target, ledger.NewEntry(STEP, target.status, target.status, data, texts))]
    entries += [
        (row, ledger.NewEntry(FOLLOWS, row.status, row.status, shared | {"into": target.number}))
        for row in parts
    ]
    ledger.append_all(entries, by=by, now=now)


@in_house_language
def _tell(target: Dispute, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Everybody who handles the case that goes on, and who handled the one that ended."""
    words = {"number": target.display_number, "other": dispute.display_number}
    handling = [user for user in notices.everybody_handling(target, now) if user != by.user_id]
    title = _("%(other)s 已并入 %(number)s，请一并办理") % words
    notices.tell(target, handling, kind=STEP, title=title, key=f"merged_in:{dispute.pk}", now=now)
    person = dispute.responsible_person
    if person is not None and person.user_id not in (*handling, by.user_id):
        users = notices.with_stand_ins([(person.pk, person.user_id)], now)
        title = _("%(other)s 已并案，不再由您办理") % words
        notices.tell(dispute, users, kind="merged", title=title, key=f"merged:{dispute.pk}", now=now)


def _refused(message: str) -> InvalidInput:
    return InvalidInput({"into": [message]})
