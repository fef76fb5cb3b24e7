"""标记回避 after registration (信访工作条例 art. 30): whoever it is about sees and handles nothing any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.keys import unit_key
from accounts.models import User
from accounts.persons import own_keys_of
from disputes.choices import DeadlineKind
from disputes.errors import InvalidInput
from disputes.models import ConflictMark, Dispute
from disputes.rules import lifecycle
from disputes.rules.step_inputs import MarkConflict
from disputes.services import access, clocks, handing, not_resolved, requests
from disputes.services.dispatch import TO_THE_COUNTY, take_from_unit
from disputes.services.step_runner import Move, StepRun
from jurisdictions.models import Organization

# where a unit has the case in hand; in SETTLED its work is done, in NOT_RESOLVED the centre has it already
IN_HAND = lifecycle.HANDLED | {lifecycle.RESULT_SUBMITTED, lifecycle.PERFORMING, lifecycle.ROUTED}


@dataclass(frozen=True)
class Barred:
    """Who must keep out, by this mark."""

    units: list[Organization]
    people: list[User]


def mark_conflict(run: StepRun, given: MarkConflict) -> Move:
    """标记回避: takes the case from a barred unit or person, and up to the county where it is about the town.

    Raises InvalidInput at `units`, `people`, also where all of them are marked already.
    """
    dispute, before = run.dispute, run.dispute.managing_org_id
    new = _new_ones(run, given.units, given.people)
    ConflictMark.objects.bulk_create(
        [
            *(_mark(run, organization=unit) for unit in new.units),
            *(_mark(run, user=user) for user in new.people),
        ]
    )
    access.rebuild(dispute)
    not_resolved.let_barred_go(dispute, new.units, new.people)
    held = _is_held(run)
    taken = held and dispute.status in IN_HAND
    _void_request(run, overtaken=held)
    lawful = _take_away(run) if held else {}
    _take_up(run)
    moved = dispute.managing_org_id != before
    _void_request(run, overtaken=moved)
    if taken:
        clocks.restart(dispute, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    for row in dispute.assignments.filter(ended_at=None):
        row.co_units.remove(*new.units)
    data = {
        "barred_units": [unit.code for unit in new.units],
        "barred_people": [user.pk for user in new.people],
        "managing": dispute.managing_org.code,
        "moved": moved,
        "taken": held,
        **_date_left(dispute, lawful),
    }
    to = lifecycle.ACCEPTED if taken else None
    return Move(to=to, data=data, texts={"reason": given.reason}, access_changed=True)


def _new_ones(run: StepRun, units: Sequence[str], people: Sequence[str]) -> Barred:
    found = Barred(
        list(Organization.objects.select_related("place").filter(code__in=units).order_by("pk")),
        list(User.objects.filter(username__in=people).order_by("pk")),
    )
    errors: dict[str, list[object]] = {}
    if not (units or people):
        errors["units"] = [_("请写明应当回避的单位或人员。")]
    if len(found.units) < len(set(units)):
        errors["units"] = [_("没有找到被反映的单位。")]
    if len(found.people) < len(set(people)):
        errors["people"] = [_("没有找到被反映的人员。")]
    if errors:
        raise InvalidInput(errors)
    marks = run.dispute.conflict_marks.all()
    known_units = {mark.organization_id for mark in marks}
    known_people = {mark.user_id for mark in marks}
    new = Barred(
        [unit for unit in found.units if unit.pk not in known_units],
        [user for user in found.people if user.pk not in known_people],
    )
    if not (new.units or new.people):
        raise InvalidInput({"units" if units else "people": [_("已经标记过，应当回避。")]})
    return new


def _mark(run: StepRun, **who: Organization | User) -> ConflictMark:
    return ConflictMark(dispute=run.dispute, marked_by=run.by.user, marked_at=run.now, **who)


def _take_up(run: StepRun) -> None:
    """What is about a town's own units or people is the county's, as if registered so; the town is left out."""
    dispute = run.dispute
    marks = list(dispute.conflict_marks.select_related("organization__place", "user"))
    units = [mark.organization for mark in marks if mark.organization]
    people = [mark.user for mark in marks if mark.user]
    owed, managed_by = handing.owed_by(dispute, units, people, run.now), dispute.managing_org
    if owed is None:
        return
    if managed_by.pk != owed.pk:
        handing.take_up(dispute, owed, step=run.step.id, by=run.by, now=run.now)
    left_out = {dispute.received_by_id, managed_by.pk} - {owed.pk}
    access.leave_town_out(dispute, left_out, now=run.now)


def _is_held(run: StepRun) -> bool:
    """Whether somebody who must keep out answers for it: its unit, or its person in whatever post."""
    dispute, barred = run.dispute, set(run.dispute.barred_keys)
    unit, person = dispute.lead_unit_id, dispute.responsible_person
    if dispute.status == lifecycle.SETTLED:
        return False
    if unit is not None and unit_key(unit) in barred:
        return True
    return person is not None and not barred.isdisjoint(
        own_keys_of({person.user_id}, run.now)[person.user_id]
    )


def _void_request(run: StepRun, *, overtaken: bool) -> None:
    """A request of whoever must keep out, before whoever must, or of a town that is left out, is over."""
    dispute = run.dispute
    decider = dispute.pending_org_id
    if not dispute.pending or not (overtaken or (decider and unit_key(decider) in dispute.barred_keys)):
        return
    request = requests.void_and_tell(dispute, by=run.by, now=run.now)
    run.ended["request_ended"] = request.kind
    kind = lifecycle.UNTIL_REPORTED.get(dispute.status)
    if request.kind in TO_THE_COUNTY and kind is not None:
        clocks.restart(dispute, DeadlineKind(kind), by=run.by, now=run.now)


def _take_away(run: StepRun) -> dict[str, Any]:
    """Back to the centre, to be dispatched anew; what the barred unit had handed in counts for nothing, and what the
    law limited in its hands is limited no more: before the county takes its date from the running clock."""
    dispute = run.dispute
    if dispute.status == lifecycle.RESULT_SUBMITTED:
        clocks.cancel(dispute, DeadlineKind.REVIEW, by=run.by, now=run.now)
        clocks.reopen_after_rejection(dispute, by=run.by, now=run.now)
    if dispute.status == lifecycle.PERFORMING:
        clocks.cancel(dispute, DeadlineKind.REVISIT, by=run.by, now=run.now)
    take_from_unit(run)
    _forget_result(dispute)
    return handing.out_of_hands(run)


def _date_left(dispute: Dispute, lawful: Mapping[str, Any]) -> dict[str, Any]:
    """The date the centre has from here on, where the one of the law ended."""
    clock = clocks.running(dispute, DeadlineKind.RESOLVE) if lawful else None
    return {} if clock is None else {"resolve_by": clock.due_at.isoformat()}


def _forget_result(dispute: Dispute) -> None:
    dispute.submitted_at = dispute.performance_until = None
    dispute.settled_at = dispute.settled_on_time = dispute.revisited_at = None
    dispute.reported_outcome = ""
