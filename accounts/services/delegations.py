"""Standing in: entered by the leader in person, by their coordinator, or after the fact for a call-out.

The leader's own entry holds at once. Another's gives no powers until leader, next leader or county office confirm it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import (
    DelegationConfirmed,
    DelegationEntered,
    DelegationStarted,
    delegation_confirmed,
    delegation_entered,
    delegation_started,
)
from accounts.models import Appointment, Delegation, User
from accounts.permissions import Permission
from accounts.rights import require
from accounts.stand_ins import may_confirm, may_enter_for, refusal
from audit.services import record_change
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState

BATCH = 200
LONGEST = timedelta(days=366)
AFTER_THE_FACT = timedelta(days=7)


@transaction.atomic
def enter(
    *,
    appointment: Appointment,
    stand_in: User,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by: Actor,
    now: datetime,
) -> Delegation:
    """Locks the appointment, so that two people do not enter the same absence twice.

    What lies in the past is written down as it was, within a week; it gives nobody powers in hindsight.
    """
    _require_right(appointment, by)
    if stand_in.pk == by.user_id != appointment.user_id and ends_at > now:
        raise NotPermitted(_("不能把自己登记为代理人，请由外出的领导本人或其他人登记。"))
    Appointment.objects.select_for_update().get(pk=appointment.pk)
    _check_period(starts_at, ends_at, now)
    if by.user_id == appointment.user_id:
        _drop_waiting(appointment, starts_at, ends_at, by=by, now=now)
    _check_people(appointment, stand_in, starts_at, ends_at, now)
    delegation = Delegation.objects.create(
        appointment=appointment,
        stand_in=stand_in,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        entered_by=by.user,
        entered_at=now,
    )
    _record(delegation, {}, by=by, now=now)
    event = DelegationEntered(delegation_id=delegation.pk, by=by, now=now)
    delegation_entered.send(sender=DelegationEntered, event=event)
    if delegation.is_current(now):
        _announce(delegation, by=by, now=now)
    return delegation


@transaction.atomic
def confirm(*, delegation_id: int, by: Actor, now: datetime) -> Delegation:
    """The leader, the next one or the county office: from now on the stand-in holds. Again changes nothing.

    Locks the delegation. Raises NotPermitted for others, for who entered it and for the stand-in; WrongState when over.
    """
    delegation = _locked(delegation_id)
    if not may_confirm(by, delegation):
        raise NotPermitted(_("应由外出的领导本人、上一级领导或县综治中心确认，登记人和代理人不能确认。"))
    if delegation.is_confirmed:
        return delegation
    _require_unfinished(delegation, now)
    before = _written(delegation)
    delegation.confirmed_by, delegation.confirmed_at = by.user, now
    delegation.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(delegation, before, by=by, now=now)
    event = DelegationConfirmed(delegation_id=delegation.pk, by=by, now=now)
    delegation_confirmed.send(sender=DelegationConfirmed, event=event)
    if delegation.is_current(now):
        _announce(delegation, by=by, now=now)
    return delegation


@transaction.atomic
def end_early(*, delegation_id: int, by: Actor, now: datetime) -> Delegation:
    """Back sooner, or entered by mistake: the stand-in's powers end with the next request. Who may confirm may
    refuse so as well."""
    delegation = _locked(delegation_id)
    if delegation.stand_in_id != by.user_id and not may_confirm(by, delegation):
        _require_right(delegation.appointment, by)
    _require_unfinished(delegation, now)
    before = _written(delegation)
    delegation.ended_early_at = now
    delegation.save(update_fields=["ended_early_at"])
    _record(delegation, before, by=by, now=now)
    return delegation


def announce_started(*, now: datetime) -> int:
    """Stand-ins whose period began, each in its own transaction; the number of them."""
    due = Delegation.objects.current(now).filter(announced_at=None).order_by("pk")
    return sum(_announce_later(pk, now) for pk in due.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _announce_later(delegation_id: int, now: datetime) -> bool:
    rows = Delegation.objects.current(now).select_for_update(skip_locked=True, of=("self",))
    delegation = rows.filter(pk=delegation_id, announced_at=None).first()
    if delegation is None:
        return False
    _announce(delegation, by=Actor.system("delegations"), now=now)
    return True


def _announce(delegation: Delegation, *, by: Actor, now: datetime) -> None:
    delegation.announced_at = now
    delegation.save(update_fields=["announced_at"])
    event = DelegationStarted(
        delegation_id=delegation.pk,
        appointment_id=delegation.appointment_id,
        stand_in_id=delegation.stand_in_id,
        by=by,
        now=now,
    )
    delegation_started.send(sender=DelegationStarted, event=event)


def _require_right(appointment: Appointment, by: Actor) -> None:
    require(by, Permission.DELEGATE)
    if not may_enter_for(by, appointment):
        raise NotPermitted(_("您只能登记本人或所服务领导的代理。"))


def _require_unfinished(delegation: Delegation, now: datetime) -> None:
    if delegation.ended_early_at is not None or delegation.ends_at <= now:
        raise WrongState(_("这项代理已经结束。"))


def _locked(delegation_id: int) -> Delegation:
    rows = Delegation.objects.select_for_update(of=("self",)).with_people()
    delegation: Delegation = rows.get(pk=delegation_id)
    return delegation


def _check_period(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise InvalidInput({"ends_at": [_("结束时间应晚于开始时间。")]})
    if ends_at - starts_at > LONGEST:
        raise InvalidInput({"ends_at": [_("代理期不能超过一年，长期空缺请任职。")]})
    if starts_at < now - AFTER_THE_FACT:
        raise InvalidInput({"starts_at": [_("事后补登应在七天以内。")]})


def _drop_waiting(
    appointment: Appointment, starts_at: datetime, ends_at: datetime, *, by: Actor, now: datetime
) -> None:
    """What others entered for the same time and nobody has confirmed gives way to the absent one's own entry."""
    rows = Delegation.objects.select_for_update(of=("self",)).with_people().unfinished(now)
    rows = rows.filter(appointment=appointment, starts_at__lt=ends_at, ends_at__gt=starts_at)
    for row in rows:
        if not row.is_confirmed:
            before = _written(row)
            row.ended_early_at = now
            row.save(update_fields=["ended_early_at"])
            _record(row, before, by=by, now=now)


def _check_people(
    appointment: Appointment, stand_in: User, starts_at: datetime, ends_at: datetime, now: datetime
) -> None:
    if not appointment.is_current(shanghai_date(max(starts_at, now))):
        raise InvalidInput({"appointment": [_("这项任职已经结束。")]})
    if words := refusal(stand_in, appointment, now):
        raise InvalidInput({"stand_in": [words]})
    same = Delegation.objects.filter(appointment=appointment, ended_early_at=None)
    other = same.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).select_related("stand_in").first()
    if other is not None:
        raise InvalidInput(
            {"starts_at": [_("这段时间已由%s代理，请先结束原来的代理。") % other.stand_in.name]}
        )


def _written(delegation: Delegation) -> dict[str, object]:
    ended = delegation.ended_early_at
    return {
        "stand_in": delegation.stand_in.username,
        "starts_at": delegation.starts_at.isoformat(),
        "ends_at": delegation.ends_at.isoformat(),
        "ended_early_at": ended.isoformat() if ended else "",
        "confirmed_by": delegation.confirmed_by.username if delegation.confirmed_by else "",
    }


def _record(delegation: Delegation, before: dict[str, object], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="delegation",
        target_id=delegation.pk,
        label=f"{delegation.stand_in.username} → {delegation.appointment.post.code}",
        before=before,
        after=_written(delegation),
    )
