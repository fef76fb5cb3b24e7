"""People who log in: created, corrected and locked out by an administrator, who never knows their passwords."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.policies import require
from accounts.services.passwords import one_time_password
from audit.services import record_change
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted


@dataclass(frozen=True)
class Contact:
    name: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def create(*, username: str, contact: Contact, by: Actor, now: datetime) -> tuple[User, str]:
    """A user and his one-time password, which is shown this once only."""
    require(by, Permission.MANAGE_PEOPLE)
    username = username.strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise InvalidInput({"username": [_("这个账号已经有人使用。")]})
    password = one_time_password()
    user = User(username=username, must_change_password=True, date_joined=now)
    user.set_password(password)
    _apply(user, contact)
    user.save()
    _record(user, {}, {"username": username}, by=by, now=now)
    return user, password


@transaction.atomic
def edit(*, user_id: int, contact: Contact, by: Actor, now: datetime) -> User:
    """By an administrator, or by the person himself, who may not rename himself."""
    user = User.objects.select_for_update().get(pk=user_id)
    if by.user_id != user.pk or contact.name != user.name:
        require(by, Permission.MANAGE_PEOPLE)
    changed = [name for name in ("name", "email", "phone") if getattr(user, name) != getattr(contact, name)]
    before = {"name": user.name}
    _apply(user, contact)
    user.save(update_fields=["name", "email", "phone"])
    # numbers and addresses are personal data: the log says that they changed, not what they were
    _record(user, before, {"name": user.name, "changed": changed}, by=by, now=now)
    return user


@transaction.atomic
def set_active(*, user_id: int, is_active: bool, reason: str, by: Actor, now: datetime) -> User:
    """Locked out from the next request on, in every session and with every token; or let in again."""
    user = _somebody_else(user_id, by)
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        after = {"is_active": is_active, "reason": reason}
        _record(user, {"is_active": not is_active}, after, by=by, now=now)
    return user


@transaction.atomic
def reset_password(*, user_id: int, by: Actor, now: datetime) -> tuple[User, str]:
    """A new one-time password; every session of the user ends."""
    user = _somebody_else(user_id, by)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _record(user, {}, {"password": "reset"}, by=by, now=now)
    return user, password


@transaction.atomic
def remove_one_time_codes(*, user_id: int, reason: str, by: Actor, now: datetime) -> User:
    """For a lost phone: the user enrols another device, at once where his post asks for it."""
    user = _somebody_else(user_id, by)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if removed:
        _record(user, {}, {"one_time_codes": "removed", "reason": reason}, by=by, now=now)
    return user


def password_was_changed(*, user: User) -> None:
    """The one-time password has done its duty."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)


def _somebody_else(user_id: int, by: Actor) -> User:
    """Nobody locks himself out or resets himself: his own password he changes on his profile."""
    require(by, Permission.MANAGE_PEOPLE)
    user: User = User.objects.select_for_update().get(pk=user_id)
    if user.pk == by.user_id:
        raise NotPermitted(_("不能对自己的账号这样做，请由另一位管理员办理。"))
    return user


def _apply(user: User, contact: Contact) -> None:
    user.name, user.email, user.phone = contact.name, contact.email, contact.phone


def _record(
    user: User, before: dict[str, object], after: dict[str, object], *, by: Actor, now: datetime
) -> None:
    record_change(
        by=by,
        now=now,
        target_type="user",
        target_id=user.pk,
        label=f"{user.username} {user.name}",
        before=before,
        after=after,
    )
