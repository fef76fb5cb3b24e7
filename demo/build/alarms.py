"""What leaders did about the demo county's warnings, until the day of loading; the last ones are still open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.actor import Actor
from disputes import public
from disputes.models import Dispute
from early_warning.choices import Outcome
from early_warning.models import DisputeWarning, Escalation, LevelRequest
from early_warning.models.warning import OPEN
from early_warning.services import answers, checks, climbing, levels
from early_warning.services.sweep import JOB

WITH = ("warning", "town", "post__organization__place", "holder", "addressee")
SWEEP_AFTER = timedelta(minutes=1)
LIVE = {1: timedelta(days=2), 2: timedelta(days=5), 3: timedelta(days=8)}  # younger warnings are still open
HOURS = {1: 0.5, 2: 3.0, 3: 7.0}  # how long an ordinary leader takes to look


class Cast(Protocol):
    """The actors by account."""

    def __getitem__(self, username: str, /) -> Actor: ...


@dataclass(frozen=True)
class Act:
    at: datetime
    take: Callable[[Dispute, Cast, datetime], None]


def acts_of(dispute: Dispute, index: int, until: datetime) -> list[Act]:
    """What happens to the dispute's warning after it was opened; none without one."""
    warning = DisputeWarning.objects.filter(OPEN, dispute=dispute).first()
    if warning is None:
        return []
    live = until - warning.opened_at < LIVE[warning.level]
    ways = STILL_OPEN if live else OVER
    at, pace, acts = warning.opened_at, timedelta(hours=HOURS[warning.level]), list[Act]()
    for wait, take in ways[index % len(ways)]:
        at += pace * wait
        acts.append(Act(at, take))
    return [act for act in acts if act.at < until]


def pass_time(dispute: Dispute, until: datetime) -> None:
    """What the minutely sweep would have done with the dispute's escalations until then."""
    while True:
        due = Escalation.objects.filter(dispute=dispute, ended_at=None, due_at__lt=until - SWEEP_AFTER)
        first = due.order_by("due_at").values_list("pk", flat=True).first()
        if first is None:
            return
        row = due.select_related(*WITH).get(pk=first)
        assert row.due_at is not None
        (locked,) = public.lock_many([dispute.pk])
        now = max(row.due_at + SWEEP_AFTER, last_entry(dispute))
        climbing.end_and_climb([row], [locked], by=Actor.system(JOB), now=now)


def last_entry(dispute: Dispute) -> datetime:
    """Nothing is recorded before what stands in the trail already."""
    at: datetime = dispute.trail.order_by("-seq").values_list("at", flat=True)[0]
    return at


def _asked(dispute: Dispute) -> list[Escalation]:
    """Open rows, the chain's before those beside it."""
    rows = Escalation.objects.filter(dispute=dispute, ended_at=None).select_related("addressee")
    return list(rows.order_by("parallel", "town__code", "step"))


def _each(answer: Callable[..., object], **given: str) -> Callable[[Dispute, Cast, datetime], None]:
    """Every leader who is asked now answers the same."""

    def take(dispute: Dispute, cast: Cast, now: datetime) -> None:
        for row in _asked(dispute):
            if row.addressee is not None and Escalation.objects.filter(pk=row.pk, ended_at=None).exists():
                answer(escalation_id=row.pk, by=cast[row.addressee.username], now=now, **given)

    return take


def _first_without_result(dispute: Dispute, cast: Cast, now: datetime) -> None:
    """The one asked first in the chain could do nothing."""
    for row in _asked(dispute)[:1]:
        if row.addressee is not None and not row.parallel:
            by = cast[row.addressee.username]
            answers.no_result(escalation_id=row.pk, account=UNSOLVED, by=by, now=now)


def _open_warning(dispute: Dispute) -> DisputeWarning | None:
    return DisputeWarning.objects.filter(OPEN, dispute=dispute).first()


def _confirm(dispute: Dispute, cast: Cast, now: datetime) -> None:
    warning = _open_warning(dispute)
    if warning is not None and warning.state == "unconfirmed":
        by = cast[_coordinator(dispute)]
        levels.confirm(warning_id=warning.pk, reason="已向村里和当事人核实，情况属实。", by=by, now=now)


def _check(dispute: Dispute, cast: Cast, now: datetime) -> None:
    rows = Escalation.objects.filter(dispute=dispute, outcome=Outcome.RISK_REMOVED, checked_at=None)
    for row in rows.order_by("pk"):
        checks.check_removal(
            escalation_id=row.pk, passed=True, note="到现场看过，人员已散，双方同意坐下来谈。",
            by=cast[_coordinator(dispute)], now=now,
        )  # fmt: skip


def _lift(dispute: Dispute, cast: Cast, now: datetime) -> None:
    warning = _open_warning(dispute)
    if warning is not None and not warning.requests.filter(granted=None).exists():
        by = cast[_coordinator(dispute)]
        levels.lift(warning_id=warning.pk, reason="风险已消除并核实，三日内未再出现苗头。", by=by, now=now)


def _consent(dispute: Dispute, cast: Cast, now: datetime) -> None:
    request = LevelRequest.objects.filter(warning__dispute=dispute, granted=None).first()
    if request is not None and request.consent_of is not None:
        username = request.consent_of.appointments.get(ends_on=None).user.username
        levels.decide_request(
            request_id=request.pk, granted=True, note="同意。继续盯住后续履行。", by=cast[username], now=now
        )


def _coordinator(dispute: Dispute) -> str:
    """Who grades at the centre that manages the case."""
    code = Dispute.objects.values_list("managing_org__code", flat=True).get(pk=dispute.pk)
    return "county.office" if code.startswith("county") else f"{code.partition('.')[0]}.coordinator"


UNSOLVED = "两次到现场，双方在补偿标准上差距大，超出本级权限，请上级协调。"
ORDER = "今天务必见到带头反映的几位，先把话听完；相关部门一并到场，明天中午前报我进展。"
REMOVED = "已现场答复并张贴进度表，涉事各方代表签字同意走调解，聚集人员已离开。"
SEEN, INSTRUCTED = _each(answers.acknowledge), _each(answers.instruct, text=ORDER)
GONE = _each(answers.risk_removed, account=REMOVED)
ENDING = ((6, GONE), (2, _check), (9, _lift), (2, _consent))
Way = tuple[tuple[float, Callable[[Dispute, Cast, datetime], None]], ...]
OVER: tuple[Way, ...] = (
    ((1, SEEN), (0.3, _confirm), (0.6, INSTRUCTED), *ENDING),
    ((1, SEEN), (0.4, _confirm), (5, _first_without_result), (1, INSTRUCTED), *ENDING),
    ((0.5, _confirm), (4.6, SEEN), (1, INSTRUCTED), *ENDING),  # nobody looked in time: it climbed first
)
STILL_OPEN: tuple[Way, ...] = (
    (),
    ((0.6, SEEN), (0.4, _confirm)),
    ((0.5, INSTRUCTED), (0.5, _confirm), (2, GONE)),
    ((0.5, _confirm), (0.5, SEEN), (2, _first_without_result)),
)
