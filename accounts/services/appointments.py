"""Who holds which post, and what becomes of their open work when they leave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import AppointmentEnded, appointment_ended
from accounts.models import Appointment, User
from accounts.officers import held_by_officers, is_officers_post, require_no_officer
from accounts.permissions import Permission
from accounts.rights import require
from audit.services import record_change
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState
from jurisdictions.choices import PostRole
from jurisdictions.models import Post

BATCH = 200
# Whose desk it lands on when nobody was chosen: the unit's first person there is.
HEADS = (
    PostRole.HEAD,
    PostRole.PARTY_SECRETARY,
    PostRole.COORDINATOR,
    PostRole.VILLAGE_SECRETARY,
    PostRole.DEPUTY,
    PostRole.POLITICAL_LEGAL,
    PostRole.OFFICE,
    PostRole.HANDLER,
    PostRole.MEDIATOR,
)


@transaction.atomic
def appoint(
    *, user: User, post: Post, starts_on: date, is_default: bool = False, by: Actor, now: datetime
) -> Appointment:
    """The user holds the post from that day. A post may have several holders; nobody appoints themselves."""
    require(by, Permission.MANAGE_RIGHTS)
    if user.pk == by.user_id:
        raise NotPermitted(_("不能给自己任职，请由另一位管理员办理。"))
    require_no_officer(user, by=by, now=now)
    _check_office(user, post, by, now)
    _check(user, post, shanghai_date(now))
    if is_default:
        Appointment.objects.filter(post=post, is_default=True).update(is_default=False)
    appointment = Appointment.objects.create(user=user, post=post, starts_on=starts_on, is_default=is_default)
    _record(appointment, {}, {"starts_on": starts_on.isoformat()}, by=by, now=now)
    return appointment


def _check_office(user: User, post: Post, by: Actor, now: datetime) -> None:
    """三员 are three people, appointed on the server."""
    if not is_officers_post(post.role):
        return
    if not by.is_system:
        raise NotPermitted(_("系统、安全、审计三员只能在服务器上由专门命令任命。"))
    if held_by_officers(now).filter(user=user).exclude(post__role=post.role).exists():
        raise InvalidInput({"post": [_("系统、安全、审计三员必须由三个人分别担任。")]})


def _check(user: User, post: Post, today: date) -> None:
    if not user.is_active:
        raise InvalidInput({"user": [_("该账号已停用，请先启用。")]})
    if not post.is_active or not post.organization.is_valid(today):
        raise InvalidInput({"post": [_("该岗位或单位已停用。")]})
    User.objects.select_for_update().get(pk=user.pk)  # two administrators at once
    if Appointment.objects.filter(user=user, post=post).exclude(ends_on__lte=today).exists():
        raise InvalidInput({"post": [_("该人员已任此岗位。")]})


@transaction.atomic
def end(
    *, appointment_id: int, ends_on: date, successor_id: int | None = None, by: Actor, now: datetime
) -> Appointment:
    """No longer held from `ends_on` on: today acts on the next request, a later day by itself.

    Locks the appointment. Open work goes to the successor, else to the unit's head, when the day has come.
    """
    require(by, Permission.MANAGE_RIGHTS)
    appointment = _locked(appointment_id)
    today = shanghai_date(now)
    if appointment.user_id == by.user_id:
        raise NotPermitted(_("不能免去自己的职务，请由另一位管理员办理。"))
    require_no_officer(appointment.user, by=by, now=now)
    if appointment.handed_over_at is not None:
        raise WrongState(_("这项任职已经结束。"))
    if ends_on < max(today, appointment.starts_on):
        raise InvalidInput({"ends_on": [_("免职日期不能早于今天，也不能早于任职日期。")]})
    _check_successor(appointment, successor_id, ends_on)
    appointment.ends_on, appointment.successor_id = ends_on, successor_id
    appointment.save(update_fields=["ends_on", "successor"])
    after = {"ends_on": ends_on.isoformat(), "successor": successor_id}
    _record(appointment, {"starts_on": appointment.starts_on.isoformat()}, after, by=by, now=now)
    if ends_on <= today:
        _hand_over(appointment, by=by, now=now)
    return appointment


def _check_successor(appointment: Appointment, successor_id: int | None, day: date) -> None:
    if successor_id is None:
        return
    same_unit = Appointment.objects.current(day).filter(
        post__organization_id=appointment.post.organization_id, pk=successor_id
    )
    if successor_id == appointment.pk or not same_unit.exists():
        raise InvalidInput({"successor": [_("接手人应是本单位在任的另一项任职。")]})


def hand_over_ended(*, now: datetime) -> int:
    """Appointments whose last day passed, each in its own transaction; the number of them."""
    today = shanghai_date(now)
    due = Appointment.objects.filter(ends_on__lte=today, handed_over_at=None).order_by("pk")
    return sum(_hand_over_later(pk, now) for pk in due.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _hand_over_later(appointment_id: int, now: datetime) -> bool:
    rows = Appointment.objects.select_for_update(skip_locked=True, of=("self",)).with_post()
    appointment = rows.filter(pk=appointment_id, handed_over_at=None).first()
    if appointment is None:
        return False
    _hand_over(appointment, by=Actor.system("appointments"), now=now)
    return True


def _hand_over(appointment: Appointment, *, by: Actor, now: datetime) -> None:
    appointment.handed_over_at = now
    appointment.save(update_fields=["handed_over_at"])
    chosen = _still_there(appointment.successor_id, now)
    taker = chosen or head_of_unit(appointment, now)
    event = AppointmentEnded(
        appointment_id=appointment.pk,
        user_id=appointment.user_id,
        organization_id=appointment.post.organization_id,
        successor_id=taker.pk if taker else None,
        chosen=chosen is not None,
        by=by,
        now=now,
    )
    appointment_ended.send(sender=AppointmentEnded, event=event)


def _still_there(appointment_id: int | None, now: datetime) -> Appointment | None:
    if appointment_id is None:
        return None
    return Appointment.objects.current(shanghai_date(now)).filter(pk=appointment_id).first()


def head_of_unit(appointment: Appointment, now: datetime) -> Appointment | None:
    """The first person of the unit besides this appointment; None when nobody is left there."""
    held = Appointment.objects.current(shanghai_date(now)).of_role(appointment.post.organization_id, *HEADS)
    others = held.exclude(pk=appointment.pk).select_related("post")
    return min(others, key=lambda row: (HEADS.index(PostRole(row.post.role)), row.pk), default=None)


def _locked(appointment_id: int) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).with_post()
    appointment: Appointment = rows.get(pk=appointment_id)
    return appointment


def _record(
    appointment: Appointment,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
) -> None:
    record_change(
        by=by,
        now=now,
        target_type="appointment",
        target_id=appointment.pk,
        label=f"{appointment.user.username} {appointment.post.code}",
        before=before,
        after=after,
    )
