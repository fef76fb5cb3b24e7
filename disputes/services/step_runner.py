"""The frame every lifecycle step runs in: lock, check, move, save, trail entry, notices, event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.scoping import NOTHING, Scope
from core import wording_days
from core.actor import Actor
from core.clock import shanghai_date
from core.remembered import steady
from core.transactions import retried
from core.written_once import written_once
from disputes import events, rights
from disputes.choices import DeadlineKind
from disputes.disclosure import disclosure
from disputes.entry_words import words_of
from disputes.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from disputes.models import Dispute, TrailEntry
from disputes.querysets import Keys
from disputes.rules import lifecycle
from disputes.rules.lifecycle import Step
from disputes.services import (
    access,
    clocks,
    following,
    in_hand,
    ledger,
    not_resolved,
    notices,
    requests,
    urgency,
    whose_turn,
)


@dataclass
class StepRun:
    """A dispute under its row lock, and who acts on it when."""

    dispute: Dispute
    step: Step
    by: Actor
    now: datetime
    loaded: Mapping[str, Any] | None = None  # its columns as they were read; only others are written back
    fresh: bool = False  # registered in this transaction: nobody has seen it, so its version stays
    ended: dict[str, Any] = field(default_factory=dict)  # what ended with the step, for its trail entry


@dataclass(frozen=True)
class Move:
    """What a step did: the new status if the table leaves it open, ids and codes, and people's words."""

    to: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    access_changed: bool = False
    along: Sequence[ledger.NewEntry] = ()  # entries of the steps it stands for, written before its own
    beside: Mapping[str, Any] = field(default_factory=dict)  # for upper apps alone; they write it down


Mover = Callable[[StepRun, Any], Move]  # the second is what the step's row of the table says it `takes`
# what nearly every step asks for; planning a dozen joins takes longer than many a step
LOCKED_WITH = ("category", "managing_org__place", "lead_unit", "responsible_person")


@retried
@steady()
def run_step(
    step: Step,
    mover: Mover,
    *,
    number: str,
    data: Mapping[str, Any],
    by: Actor,
    now: datetime,
    version: int | None,
) -> Dispute:
    """Takes one step in one transaction. Locks the dispute's row (of merges both, ascending by id).

    Raises NotFound out of sight, WrongState or StaleVersion (409), NotPermitted (403), InvalidInput by field.
    """
    dispute = _locked(number, by)
    stale = version is not None and version != dispute.version and step.id not in lifecycle.TALK
    refused = rights.refusal(by, step, dispute, now)
    if (stale or refused is not None) and is_past(dispute, by):
        raise gave_it_back()
    if stale:
        raise _stale(dispute)
    if refused is not None:
        raise refused
    _check_fields(step, data, now)
    run = StepRun(dispute, step, by, now, loaded=in_hand.columns(dispute))
    _end_request(run)
    return finish(run, mover(run, _given(step, data)))


def _given(step: Step, data: Mapping[str, Any]) -> Any:
    """The step's typed input out of what a form, the API or another service gave; what is left out has its default."""
    return step.takes(**{name: value for name, value in data.items() if value is not None})


def finish(run: StepRun, move: Move) -> Dispute:
    """Writes what a move decided: status, whose turn, next due, keys, trail entry, notices, event."""
    dispute, came_from = run.dispute, run.dispute.status
    dispute.status = move.to or run.step.to or came_from
    dispute.version += 0 if run.fresh else 1
    _end_suspension(run)
    _end_revisit(run, came_from)
    clocks.note_next_due(dispute)
    whose_turn.note(dispute)
    if move.access_changed:
        access.rebuild(dispute)
    _save(run)
    not_resolved.follow(dispute, came_from, step=run.step.id, now=run.now)
    if move.along:
        came_from = move.along[-1].status_to
    data = {**move.data, **run.ended}
    entry = ledger.NewEntry(run.step.id, came_from, dispute.status, data, move.texts)
    entries = [(dispute, one) for one in (*move.along, entry)]
    in_hand.write_entries(dispute)
    written = ledger.append_all(entries, by=run.by, now=run.now)[-1]
    _tell(run, move)
    _hurry(run)
    event = events.StepTaken(
        dispute_id=dispute.pk,
        number=dispute.number,
        dispute=dispute,
        entry_seq=written.seq,
        step=run.step.id,
        status_from=came_from,
        status_to=dispute.status,
        by=run.by,
        now=run.now,
        data=data,
        texts=dict(move.texts),
        beside=move.beside,
    )
    with in_hand.hold([dispute]):
        events.step_taken.send(sender=events.StepTaken, event=event)
    return dispute


def by_itself(dispute: Dispute, step_id: str, *, by: Actor, now: datetime) -> StepRun:
    """An act of `lifecycle.BY_ITSELF` on a dispute under its lock: change it, then `finish`."""
    return StepRun(dispute, lifecycle.BY_ITSELF[step_id], by, now, loaded=in_hand.columns(dispute))


def _tell(run: StepRun, move: Move) -> None:
    """Whose turn it is now, then who follows it: under one key, so that nobody hears of it twice."""
    if run.step.tells_turn:
        instruction = move.texts.get("instruction", "")
        notices.after_step(run.dispute, run.step.id, by=run.by, now=run.now, instruction=instruction)
    if run.step.tells_followers:
        following.tell_followers(run.dispute, run.step.id, by=run.by, now=run.now)


def _end_request(run: StepRun) -> None:
    """A request the step ends, as its row says, is over before the step moves anything."""
    if run.dispute.pending in run.step.ends:
        request = requests.void_and_tell(run.dispute, by=run.by, now=run.now)
        run.ended["request_ended"] = request.kind


def _end_suspension(run: StepRun) -> None:
    """The clock rests only while the unit works on the case: whatever leads out of that ends the rest."""
    dispute = run.dispute
    if dispute.suspended and dispute.status != lifecycle.MAY_REST:
        clocks.end_rest(dispute, by=run.by, now=run.now)
        dispute.suspended = False
        run.ended["rest_ended"] = True


def _end_revisit(run: StepRun, came_from: str) -> None:
    """What goes on after it was found not resolved is revisited after its next result."""
    if came_from == lifecycle.NOT_RESOLVED != run.dispute.status:
        clocks.cancel(run.dispute, DeadlineKind.REVISIT, by=run.by, now=run.now)


def _hurry(run: StepRun) -> None:
    """What is urgent has no long clock after a step, neither what a request taken back leaves running nor, after a
    merge, those of the case that goes on."""
    goes_on = run.dispute.merged_into if run.step.to == lifecycle.MERGED else run.dispute
    if goes_on is not None:
        urgency.hurry(goes_on, by=run.by, now=run.now)


def _save(run: StepRun) -> None:
    """Writes the columns a step changed: the index text and the keys are most of a row and seldom among them."""
    if run.loaded is None:
        run.dispute.save()
    else:
        run.dispute.save(update_fields=in_hand.changed(run.dispute, run.loaded))


def _locked(number: str, by: Actor) -> Dispute:
    scope: Scope = by.scope or NOTHING
    rows = [] if by.is_system else _open_to(number, Keys(scope.keys).value, Keys(scope.own_keys).value)
    found = rows[0] if rows else _LOCKED.get_visible(by, number)
    dispute = in_hand.of(found.pk) or found
    _hand_over(by, dispute)
    return dispute


_LOCKED = Dispute.objects.select_related("category").defer("search").select_for_update(of=("self",))


@written_once
def _open_to(number: Any, keys: Any, own_keys: Any) -> QuerySet[Dispute]:
    """The rule of `visible_to`, under the row lock."""
    return _LOCKED.open_to(keys, own_keys).filter(number=number).order_by()


def _hand_over(by: Actor, dispute: Dispute) -> None:
    """The post acted in was read with the request: where it is of the centre, the unit or the person of the case, they
    are not read once more. Others are read by the steps that ask for them: joins are planned each time."""
    person = by.acting
    if person is None:
        return
    unit = person.post.organization
    if dispute.managing_org_id == unit.pk:
        dispute.managing_org = unit
    if dispute.lead_unit_id == unit.pk:
        dispute.lead_unit = unit
    if dispute.responsible_person_id == person.pk:
        dispute.responsible_person = person


def _stale(dispute: Dispute) -> StaleVersion:
    last = (
        TrailEntry.objects.filter(dispute=dispute).order_by("-seq").values_list("actor_label", "step").first()
    )
    who, step = last or ("", "")
    return StaleVersion(
        _("%(who)s 刚刚办理了“%(step)s”。请核对最新情况后再操作，您填写的内容仍然保留。")
        % {"who": who, "step": words_of(step).name}
    )


def _check_fields(step: Step, data: Mapping[str, Any], now: datetime) -> None:
    known = {*step.needs, *step.optional}
    errors: dict[str, list[object]] = {name: [_("没有这个字段。")] for name in data if name not in known}
    for name in step.needs:
        if data.get(name) is None or data.get(name) in ("", []):
            errors[name] = [_("请填写此项。")]
    today = shanghai_date(now)
    for name, value in data.items():
        if isinstance(value, date) and (problem := wording_days.problem_with(value, today)):
            errors[name] = [problem]
    if errors:
        raise InvalidInput(errors)


def is_past(dispute: Dispute, by: Actor) -> bool:
    """Whether the actor sees the case as it was when they gave it back: then no refusal tells its present state."""
    return disclosure(by, dispute).trail_until is not None


def gave_it_back() -> NotPermitted:
    return NotPermitted(_("本件已不由贵单位办理，不能再办理这一环节。"))


def step_of(step_id: str) -> Step:
    step = lifecycle.STEPS.get(step_id)
    if step is None:
        raise NotFound(_("没有这个环节。"))
    return step
