"""Wake a sender once queued rows are committed; tell of absences and of who stands in."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.events import (
    AccountTouched,
    DelegationConfirmed,
    DelegationEntered,
    DelegationStarted,
    Touched,
    account_touched,
    delegation_confirmed,
    delegation_entered,
    delegation_started,
)
from accounts.models import Delegation, User
from accounts.officers import auditors
from accounts.selectors.people import stretch_of
from accounts.stand_ins import confirmers, county_office
from calendars.errors import RuleMissing
from calendars.services.rules import rule_for
from core.clock import shanghai_date
from core.language import in_house_language
from core.templatetags.components import sh_time
from notifications.events import deliveries_queued
from notifications.limits import STAND_IN, NoticeLimit
from notifications.services import notify
from notifications.tasks import wake_sender


def connect() -> None:
    deliveries_queued.connect(on_queued, dispatch_uid="notifications.wake_sender")
    delegation_entered.connect(on_delegation_entered, dispatch_uid="notifications.delegation_entered")
    delegation_confirmed.connect(on_delegation_confirmed, dispatch_uid="notifications.delegation_confirmed")
    account_touched.connect(on_account_touched, dispatch_uid="notifications.account_touched")
    delegation_started.connect(on_delegation_started, dispatch_uid="notifications.delegation_started")


def on_queued(**_kwargs: Any) -> None:
    transaction.on_commit(wake_sender, robust=True)


@in_house_language
def on_delegation_entered(event: DelegationEntered, **_kwargs: Any) -> None:
    """Who may confirm it is asked to, the absent one first; the county hears of a long one."""
    delegation = Delegation.objects.with_people().get(pk=event.delegation_id)
    if not delegation.is_confirmed:
        _ask_to_confirm(delegation, event)
    _tell_county(delegation, event)


def _ask_to_confirm(delegation: Delegation, event: DelegationEntered) -> None:
    """What lies in the past altogether is told to the absent one alone: there is nothing to confirm."""
    waits = delegation.ends_at > event.now
    title = _("请确认：%(name)s代理%(post)s") if waits else _("事后补登：%(name)s曾代理%(post)s")
    asked = _("确认前不生效。") if waits else _("如有不妥，请告知县综治中心。")
    notify(
        recipients=confirmers(delegation, event.now) if waits else [delegation.appointment.user_id],
        kind="delegation.entered",
        title=title % {"name": delegation.stand_in.name, "post": delegation.appointment.post},
        body=_("由%(by)s登记，自%(start)s至%(end)s。事由：%(reason)s。%(asked)s")
        % (_terms(delegation) | {"by": event.by.label, "asked": asked}),
        url=reverse("accounts:delegation_confirm", args=[delegation.pk])
        if waits
        else reverse("accounts:delegations"),
        dedupe_key=f"delegation.entered:{delegation.pk}",
        at_once=waits,
        now=event.now,
    )


def _tell_county(delegation: Delegation, event: DelegationEntered) -> None:
    """A post that others act in for long is the county's business, also in pieces that join."""
    stretch, longest = stretch_of(delegation), _longest(event.now)
    if stretch <= longest:
        return
    place = delegation.appointment.post.organization.place
    notify(
        recipients=[user for user in county_office(place, event.now) if user != event.by.user_id],
        kind="delegation.long",
        title=_("%(post)s由他人代理超过%(days)d天")
        % {"post": delegation.appointment.post, "days": longest.days},
        body=_("%(absent)s外出，由%(name)s代理，自%(start)s至%(end)s。事由：%(reason)s。")
        % _terms(delegation),
        url=reverse("accounts:delegations"),
        dedupe_key=f"delegation.long:{delegation.pk}",
        now=event.now,
    )


def _longest(now: datetime) -> timedelta:
    try:
        days = rule_for(key=NoticeLimit.STAND_IN, on=shanghai_date(now)).limit
    except RuleMissing:
        days = STAND_IN.limit
    return timedelta(days=days)


def _terms(delegation: Delegation) -> dict[str, str]:
    return {
        "absent": delegation.appointment.user.name,
        "name": delegation.stand_in.name,
        "start": sh_time(delegation.starts_at),
        "end": sh_time(delegation.ends_at),
        "reason": delegation.reason,
    }


@in_house_language
def on_delegation_confirmed(event: DelegationConfirmed, **_kwargs: Any) -> None:
    """Who entered it hears, and the absent one unless the absent one confirmed it."""
    delegation = Delegation.objects.with_people().get(pk=event.delegation_id)
    people = {delegation.entered_by_id, delegation.appointment.user_id} - {event.by.user_id}
    notify(
        recipients=sorted(people),
        kind="delegation.confirmed",
        title=_("%(by)s已确认：%(name)s代理%(post)s")
        % {"by": event.by.label, "name": delegation.stand_in.name, "post": delegation.appointment.post},
        body=_("自%(start)s至%(end)s。事由：%(reason)s。") % _terms(delegation),
        url=reverse("accounts:delegations"),
        dedupe_key=f"delegation.confirmed:{delegation.pk}",
        now=event.now,
    )


TOUCHED = {
    Touched.PASSWORD: gettext_lazy("登录密码已重置"),
    Touched.CODES: gettext_lazy("两步验证已解除"),
    Touched.CONTACT: gettext_lazy("手机或邮箱已修改"),
}


@in_house_language
def on_account_touched(event: AccountTouched, **_kwargs: Any) -> None:
    """The person and the auditors: nobody gets into somebody else's account unseen."""
    person = User.objects.get(pk=event.user_id)
    people = [person.pk, *auditors(event.now)]
    notify(
        recipients=[user for user in dict.fromkeys(people) if user != event.by.user_id],
        kind="account.touched",
        title=_("账号%(username)s：%(what)s") % {"username": person.username, "what": TOUCHED[event.what]},
        body=_("由%(by)s于%(at)s办理。不是本人要求的，请立即告知审计员。")
        % {"by": event.by.label, "at": sh_time(event.now)},
        url=reverse("accounts:profile"),
        dedupe_key=f"account.{event.what}:{person.pk}:{event.now:%Y%m%d%H%M%S%f}",
        at_once=True,
        now=event.now,
    )


@in_house_language
def on_delegation_started(event: DelegationStarted, **_kwargs: Any) -> None:
    delegation = Delegation.objects.select_related("appointment__post__organization").get(
        pk=event.delegation_id
    )
    notify(
        recipients=[event.stand_in_id],
        kind="delegation.started",
        title=_("您开始代理%(post)s，请切换岗位办理。") % {"post": delegation.appointment.post},
        url=reverse("home"),
        dedupe_key=f"delegation:{event.delegation_id}",
        at_once=True,
        now=event.now,
    )
