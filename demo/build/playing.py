"""Plays plans through the services, with the moment each step was taken at as `now`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts import actors
from accounts.models import Appointment
from calendars.models import Deadline
from calendars.services import misses
from core.actor import Actor
from core.batch_cache import BatchCache
from core.batches import chunks
from core.errors import DomainError
from core.remembered import steady, steady_for_all
from demo.build import alarms
from demo.build.alarms import Act
from demo.build.course import Move
from demo.build.plans import Plan
from disputes.choices import SUBJECT
from disputes.models import Dispute, TrailEntry
from disputes.querysets import DisputeQuerySet
from disputes.services import intake, steps

CHUNK = 100  # registrations written together
SWEEP = Actor.system("deadlines")
SWEEP_AFTER = timedelta(minutes=1)
Numbers = Mapping[int, str]  # story index → number
Done = Callable[[], None]


class Refused(Exception):
    """The services refused a step of a plan, taken at this moment."""

    def __init__(self, at: datetime, why: str) -> None:
        super().__init__(why)
        self.at = at


class Cast:
    """The actors by account, each in the post the account is named after; looked up once."""

    def __init__(self) -> None:
        rows = Appointment.objects.with_post().order_by("-pk")
        self._appointments = {row.user.username: row for row in rows}
        self._actors: dict[str, Actor] = {}

    def __getitem__(self, username: str) -> Actor:
        if username not in self._actors:
            self._actors[username] = actors.for_appointment(self._appointments[username])
        return self._actors[username]


def register(plans: Iterable[Plan], done: Callable[[int], object] = id) -> int:
    """All registrations in the order of their time, so that numbers and ids follow it; `done` hears after each batch,
    which is one transaction, how many there are. Returns how many."""
    cast, memo, count = Cast(), BatchCache(), 0  # neither posts nor places change meanwhile
    for chunk in chunks(plans, CHUNK):
        with steady():
            batch = [
                intake.checked(
                    facts=plan.facts, by=cast[plan.registrar], now=plan.story.registered_at, memo=memo
                )
                for plan in chunk
            ]
        intake.register_many(batch=batch, memo=memo)
        count += len(batch)
        done(count)
    return count


def loaded_until(now: datetime) -> DisputeQuerySet:
    """The disputes of the plans: people who look around while the county is loaded register theirs today."""
    rows: DisputeQuerySet = Dispute.objects.filter(registered_at__lt=now)
    return rows


def numbers_of(plans: Iterable[Plan], now: datetime) -> dict[int, str]:
    """The numbers given so far, by story; registrations and rows have one order. Raises ValueError where the rows are
    of other plans: who takes up a load with another number of disputes would play the wrong ones."""
    rows = loaded_until(now).order_by("pk").values_list("number", "registered_at")
    found = list(zip(plans, rows, strict=False))
    if any(plan.story.registered_at != registered_at for plan, (_number, registered_at) in found):
        raise ValueError("These disputes were registered from other plans; was DEMO_COUNT another one?")
    return {plan.story.index: number for plan, (number, _registered_at) in found}


def played(plans: Sequence[Plan], numbers: Numbers) -> set[int]:
    """The positions of those that an interrupted load got done."""
    taken = set(TrailEntry.objects.filter(seq__gt=1).values_list("dispute__number", "step"))
    answered = {number for number, step in taken if step.startswith(("escalation", "level"))}

    def is_played(plan: Plan) -> bool:
        number = numbers.get(plan.story.index)
        return (number, plan.moves[0].step) in taken if plan.moves else number in answered

    return {place for place, plan in enumerate(plans) if is_played(plan)}


def play(
    plans: Iterable[Plan],
    numbers: Numbers,
    until: datetime,
    done: Done = lambda: None,
    cast: Cast | None = None,
) -> list[str]:
    """Takes every step of the plans, one dispute in one transaction, and says `done` after each.

    A step that comes too late for its rule is a fault of the plans (tests/demo/test_every_day.py): that dispute then
    stays where it is, and the county is loaded all the same. Returns what was refused, in words.
    """
    cast, refused = cast or Cast(), list[str]()
    for plan in plans:
        refused += _played(plan, numbers, cast, until)
        done()
    return refused


def _played(plan: Plan, numbers: Numbers, cast: Cast, until: datetime) -> list[str]:
    """As far as the services let it go: what is refused is undone and played again up to there."""
    try:
        with transaction.atomic(), steady_for_all():
            _play_one(plan, numbers, cast, until, stop=until)
    except Refused as problem:
        with transaction.atomic(), steady_for_all():
            _play_one(plan, numbers, cast, until, stop=problem.at)
        return [f"{numbers[plan.story.index]}: {problem}"]
    return []


def _in_somebodys_hands(plan: Plan, numbers: Numbers, until: datetime) -> bool:
    """Whether somebody took a step since the loading began, on this dispute or on one it would be merged into."""
    stories = {plan.story.index, *(move.into for move in plan.moves if move.into is not None)}
    theirs = TrailEntry.objects.filter(at__gte=until)
    return theirs.filter(dispute__number__in=[numbers[story] for story in stories]).exists()


def _play_one(plan: Plan, numbers: Numbers, cast: Cast, until: datetime, *, stop: datetime) -> None:
    dispute = Dispute.objects.select_for_update().get(number=numbers[plan.story.index])
    if _in_somebodys_hands(plan, numbers, until):
        return
    last = plan.story.registered_at
    acts = alarms.acts_of(dispute, plan.story.index, until)
    agenda: list[Move | Act] = [*plan.moves, *acts]
    for move in sorted(agenda, key=lambda one: one.at):
        if move.at >= stop:
            break
        if acts:
            alarms.pass_time(dispute, move.at)
        flag_missed(dispute, move.at, last)
        try:
            dispute = _taken(move, dispute, numbers, cast)
        except DomainError as problem:
            raise Refused(move.at, f"{getattr(move, 'step', 'warning')}: {problem}") from problem
        last = move.at + SWEEP_AFTER
    alarms.pass_time(dispute, until)
    flag_missed(dispute, until, last)


def _taken(move: Move | Act, dispute: Dispute, numbers: Numbers, cast: Cast) -> Dispute:
    if isinstance(move, Act):
        move.take(dispute, cast, move.at)
        return dispute
    number, data = dispute.number, _data(move, numbers)
    return steps.take(move.step, number=number, data=data, by=cast[move.who], now=move.at)


def _data(move: Move, numbers: Numbers) -> dict[str, Any]:
    data = {name: value for name, value in move.data.items() if value is not None}
    return data if move.into is None else data | {"into": numbers[move.into]}


def flag_missed(dispute: Dispute, until: datetime, since: datetime | None = None) -> None:
    """What the minutely sweep would have recorded until then, when it would have come by, after the last step."""
    while dispute.next_due_at is not None and dispute.next_due_at < until:
        late = Deadline.objects.of(SUBJECT, dispute.pk).unflagged(until).order_by("due_at").first()
        if late is None:
            return
        found_at = late.due_at + SWEEP_AFTER
        if since is not None:
            found_at = max(found_at, since, alarms.last_entry(dispute))
        misses.flag([late], by=SWEEP, now=found_at)
        dispute.refresh_from_db(fields=["next_due_at"])


def flag_all_missed(until: datetime) -> None:
    """The same for disputes no plan touched; what people have in hand by now is the sweep's."""
    rows = Deadline.objects.unflagged(until).filter(subject_type=SUBJECT).values_list("subject_id", flat=True)
    theirs = TrailEntry.objects.filter(at__gte=until).values("dispute_id")
    for dispute in Dispute.objects.filter(pk__in=set(rows)).exclude(pk__in=theirs).order_by("pk"):
        with transaction.atomic():
            flag_missed(dispute, until)
