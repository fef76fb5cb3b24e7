"""Who is told what after a step. Recipients come from whose turn it is; texts never hold personal data."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Appointment, Delegation
from core.actor import Actor
from core.clock import SHANGHAI, shanghai_date
from core.language import in_house_language
from core.remembered import remembered
from disputes.choices import ROLES_BEHIND, SUBJECT
from disputes.disclosure import LEVEL_STEPS
from disputes.entry_words import asked_of, asked_while, words_of
from disputes.models import Dispute
from disputes.rules import lifecycle
from notifications.services import NewNotice, notify_many

INSTRUCTION_SHOWN = 200  # characters of an instruction in a notice
NEAR = timedelta(hours=24)  # a deadline so near is said with its hour
NOTICES = "/notifications/"  # one's own list of notices: where everybody may go

_WAITING: ContextVar[list[tuple[NewNotice, datetime]] | None] = ContextVar("notices_waiting", default=None)


def holders(organization_id: int, role: str, now: datetime) -> list[int]:
    """User ids of those who act for an organization in what is waited for, and of who stands in for them."""
    day = shanghai_date(now)
    held = [
        (pk, user)
        for pk, user, begins, ends in _held(organization_id, role)
        if begins <= day and (ends is None or day < ends)
    ]
    return with_stand_ins(held, now)


@remembered(1024)
def _held(organization_id: int, role: str) -> tuple[tuple[int, int, date, date | None], ...]:
    """Appointment and user of each, on any day, with from when and until when."""
    rows = Appointment.objects.on_any_day().of_role(organization_id, *ROLES_BEHIND.get(role, (role,)))
    return tuple(rows.order_by("pk").values_list("pk", "user_id", "starts_on", "ends_on"))


def with_stand_ins(appointments: Sequence[tuple[int, int]], now: datetime) -> list[int]:
    """The users of these (appointment, user) pairs, then who stands in for them now."""
    absent = [pk for pk, _user in appointments]
    standing_in = (
        Delegation.objects.current_values(now, "stand_in_id", appointment__in=absent) if absent else ()
    )
    return list(dict.fromkeys([*(user for _pk, user in appointments), *(user for (user,) in standing_in)]))


def whose_turn(dispute: Dispute, now: datetime) -> list[int]:
    """User ids to tell: the responsible person where the unit must act, else the post's holders."""
    if dispute.waiting_org_id is None:
        return []
    person = dispute.responsible_person
    if dispute.waiting_role == "handler" and person is not None:
        return with_stand_ins([(person.pk, person.user_id)], now)
    return holders(dispute.waiting_org_id, dispute.waiting_role, now)


def everybody_handling(dispute: Dispute, now: datetime) -> list[int]:
    """Whose turn it is, the responsible person, who works for the helping units, and who dispatches."""
    person = dispute.responsible_person
    users = whose_turn(dispute, now)
    if person is not None:
        users += with_stand_ins([(person.pk, person.user_id)], now)
    current = dispute.assignments.filter(ended_at=None)
    for unit in current.exclude(co_units=None).values_list("co_units", flat=True):
        users += holders(unit, "handler", now)
    for centre in filter(None, (dispute.managing_org_id, dispute.handed_down_by_id)):
        users += holders(centre, "coordinator", now)
    return list(dict.fromkeys(users))


def words_of_instruction(dispute: Dispute, instruction: str) -> str:
    """What a notice repeats of a dispatcher's or leader's instruction; the whole of it stands in the trail."""
    return "" if dispute.is_restricted else instruction.strip()[:INSTRUCTION_SHOWN]


@in_house_language
def after_step(dispute: Dispute, step_id: str, *, by: Actor, now: datetime, instruction: str = "") -> None:
    """Tells whose turn it is now what happened and what is asked; never the one who just acted.

    The hour comes with it where the next deadline is near (levels 1 and 2 have 2 hours to sign, §8), and the
    `instruction` of who dispatched, except of what only few may know.
    """
    notice = of_step(dispute, step_id, by=by, now=now, instruction=instruction)
    if notice is not None:
        send([notice], now=now)


@in_house_language
def of_step(
    dispute: Dispute, step_id: str, *, by: Actor, now: datetime, instruction: str = ""
) -> NewNotice | None:
    """What `after_step` tells, for who tells of many at once; None where nobody else has to act."""
    recipients = [user for user in whose_turn(dispute, now) if user != by.user_id]
    if not recipients:
        return None
    waits = dispute.pending
    asked = asked_while(waits) or _("请审批") if waits else asked_of(dispute.status)
    return worded(
        dispute,
        recipients,
        kind=f"step.{step_id}",
        title=_("%(number)s %(step)s：%(asked)s")
        % {"number": dispute.display_number, "step": words_of(step_id).name, "asked": asked},
        key=f"step:{dispute.pk}:{dispute.version}",
        now=now,
        more="\n".join(filter(None, (_near(dispute, now), words_of_instruction(dispute, instruction)))),
    )


def _near(dispute: Dispute, now: datetime) -> str:
    due = dispute.next_due_at
    if due is None or not now <= due <= now + NEAR:
        return ""
    return _("最近的期限：%s") % f"{due.astimezone(SHANGHAI):%m-%d %H:%M}"


def send(told: Iterable[NewNotice], *, now: datetime) -> None:
    """At once; where disputes are in hand, when their rows are saved: who may open what a notice leads to is read from
    the rows."""
    waiting = _WAITING.get()
    if waiting is None:
        notify_many(list(told), now=now)
    else:
        waiting += [(notice, now) for notice in told]


@contextmanager
def held_back() -> Iterator[Callable[[], None]]:
    """Notices of the block wait until the function it gives is called, within the block; that of a block in a block
    does nothing, the outermost sends. Those of a block that fails are dropped."""
    waiting = _WAITING.get()
    if waiting is not None:
        before = len(waiting)
        try:
            yield lambda: None
        except BaseException:
            del waiting[before:]
            raise
        return
    fresh: list[tuple[NewNotice, datetime]] = []
    token = _WAITING.set(fresh)
    try:
        yield partial(_send_waiting, fresh)
    finally:
        _WAITING.reset(token)


def _send_waiting(waiting: list[tuple[NewNotice, datetime]]) -> None:
    for now, told in groupby(waiting, key=itemgetter(1)):
        notify_many([notice for notice, _now in told], now=now)
    waiting.clear()


def tell(
    dispute: Dispute,
    recipients: Sequence[int],
    *,
    kind: str,
    title: str,
    key: str,
    now: datetime,
    urgent: bool = False,
    elsewhere: str = "",
    inner: bool = False,
    more: str = "",
    quiet: bool = False,
) -> None:
    """One notice as `worded`, by `send`."""
    notice = worded(
        dispute,
        recipients,
        kind=kind,
        title=title,
        key=key,
        now=now,
        urgent=urgent,
        elsewhere=elsewhere,
        inner=inner,
        more=more,
        quiet=quiet,
    )
    send([notice], now=now)


def worded(
    dispute: Dispute,
    recipients: Sequence[int],
    *,
    kind: str,
    title: str,
    key: str,
    now: datetime,
    urgent: bool = False,
    elsewhere: str = "",
    inner: bool = False,
    more: str = "",
    quiet: bool = False,
) -> NewNotice:
    """One notice about a dispute, at most once for each key and recipient, to those who may open it.

    `elsewhere`: where they go, told the title alone, who must hear of it without sight of the dispute. `inner`: the
    title itself is for those who may read plans. `more` follows the dispute's title. `urgent`, `quiet` as in `about`.
    """
    notice = about(
        dispute, recipients, kind=kind, title=title, key=key, urgent=urgent, inner=inner, quiet=quiet
    )
    body = "\n".join(part for part in (notice.body, more) if part)
    return replace(notice, body=body, elsewhere=elsewhere, at=now)


def about(
    dispute: Dispute,
    recipients: Sequence[int],
    *,
    kind: str,
    title: str,
    key: str,
    urgent: bool = False,
    url: str = "",
    inner: bool = False,
    last_hours: bool = False,
    quiet: bool = False,
) -> NewNotice:
    """A notice that leads to the dispute's page, or to `url`: an inner page where only some may read.

    What it says of level, evidence and plans is `inner` whatever its page. `urgent` leaves at once; marked 紧急 it is
    only where the matter is: danger to life, level 1 or 2, or `last_hours` of a limit. `quiet`: never, whatever the
    matter: nothing is asked of its reader.
    """
    by_level = lifecycle.is_urgent(dispute.warning_level, danger=False)
    marked = not quiet and (by_level or dispute.danger or last_hours)
    return NewNotice(
        recipients=tuple(dict.fromkeys(recipients)),
        kind=kind,
        title=title,
        body="" if dispute.is_restricted else dispute.title,
        url=url or reverse("disputes:detail", args=[dispute.number]),
        dedupe_key=key,
        urgent=marked,
        at_once=urgent or marked,
        tells_level=marked and by_level and not (dispute.danger or last_hours),
        subject=SUBJECT,
        subject_id=dispute.pk,
        inner=inner or kind.startswith(LEVEL_STEPS),
    )
