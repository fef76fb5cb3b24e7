"""Less time than was given: a case that turns urgent, and a leader who names an earlier day. Never more time.

Callers hold the dispute's row lock. Raising a level shortens what runs; lowering it lengthens nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from calendars.models import Deadline
from calendars.services import succession
from core.actor import Actor
from core.clock import SHANGHAI, shanghai_date
from core.language import in_house_language
from disputes.choices import SUBJECT, DeadlineKind
from disputes.errors import InvalidInput, WrongState
from disputes.models import Dispute
from disputes.services import clocks, in_hand, ledger, notices

SHORTENED = "clocks_shortened"


def hurry(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The running clocks of taking the case on end in hours from now, where they do not end sooner anyway.

    Writes the new rows with their reason, a trail entry, and tells whose turn it is. Nothing for what is not urgent.
    """
    if not clocks.is_urgent(dispute):
        return
    running = Deadline.objects.of(SUBJECT, dispute.pk).unmet().filter(kind__in=clocks.URGENT_KEYS)
    shortened = [
        shorter
        for pk, kind in running.order_by("pk").values_list("pk", "kind")
        if (shorter := _shorten(dispute, pk, DeadlineKind(kind), by, now)) is not None
    ]
    if shortened:
        _note(dispute)
        told = [[row.kind, row.due_at.isoformat()] for row in shortened]
        entry = ledger.NewEntry(SHORTENED, dispute.status, dispute.status, {"clocks": told})
        in_hand.write_entries(dispute)
        ledger.append(dispute, entry, by=by, now=now)
        _tell(dispute, shortened, by, now)


def shorten_resolve(dispute: Dispute, day: date, *, by: Actor, now: datetime) -> Deadline:
    """明确化解时限 (§8): up to the end of that day, not later than now; the clock that runs from here on.

    Raises WrongState where no resolve clock runs or it rests, InvalidInput at `resolve_by`.
    """
    clock = clocks.running(dispute, DeadlineKind.RESOLVE)
    if clock is None:
        raise WrongState(_("该纠纷没有正在计算的化解时限，受理之后、报结之前才能明确。"))
    if dispute.suspended:
        raise WrongState(_("计时中止期间不能明确化解时限，请先由承办单位或管理中心恢复计时。"))
    if day <= shanghai_date(now):
        raise InvalidInput({"resolve_by": [_("日期须晚于今天。")]})
    if day > shanghai_date(clock.due_at):
        latest = f"{clock.due_at.astimezone(SHANGHAI):%Y-%m-%d}"
        raise InvalidInput(
            {"resolve_by": [_("不能晚于现在的化解时限 %s；需要更多时间的，由承办单位申请延期。") % latest]}
        )
    terms = clocks.opening(dispute, DeadlineKind.RESOLVE, now, due_at=day, why="leader")
    shorter = succession.shorten(deadline_id=clock.pk, opening=terms, by=by, now=now)
    _note(dispute)
    return shorter or clock


def _shorten(dispute: Dispute, pk: int, kind: DeadlineKind, by: Actor, now: datetime) -> Deadline | None:
    return succession.shorten(deadline_id=pk, opening=clocks.opening(dispute, kind, now), by=by, now=now)


def _note(dispute: Dispute) -> None:
    clocks.note_next_due(dispute)
    in_hand.save(dispute, "next_due_at", "resolve_by")


@in_house_language
def _tell(dispute: Dispute, shortened: Sequence[Deadline], by: Actor, now: datetime) -> None:
    first = min(shortened, key=lambda row: row.due_at)
    words = {
        "number": dispute.display_number,
        "kind": DeadlineKind(first.kind).label,
        "due": f"{first.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
    }
    notices.tell(
        dispute,
        [user for user in notices.whose_turn(dispute, now) if user != by.user_id],
        kind="deadline.shortened",
        title=_("%(number)s 情况紧急，请在 %(due)s 前%(kind)s") % words,
        key=f"shortened:{first.pk}",
        now=now,
        urgent=True,
    )
