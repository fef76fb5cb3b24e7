"""People who log in: created and corrected by the system administrator; let in and locked out by the security one.

Neither knows their passwords: a link goes to the person's own mailbox, or a one-time password is printed unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import AccountTouched, Touched, account_touched
from accounts.models import User
from accounts.officers import require_no_officer
from accounts.permissions import Permission
from accounts.rights import require
from accounts.services import calendar_feeds
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
def create(*, username: str, contact: Contact, by: Actor, now: datetime) -> User:
    """An account nobody can log in to yet: the security administrator lets the person in."""
    require(by, Permission.MANAGE_PEOPLE)
    username = username.strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise InvalidInput({"username": [_("这个账号已经有人使用。")]})
    user = User(username=username, must_change_password=True, date_joined=now)
    user.set_unusable_password()
    _apply(user, contact)
    user.save()
    _record(user, {}, {"username": username}, by=by, now=now)
    return user


@transaction.atomic
def edit(*, user_id: int, contact: Contact, by: Actor, now: datetime) -> User:
    """By an administrator, or by the person themselves, who may not rename themselves."""
    user = User.objects.select_for_update().get(pk=user_id)
    if by.user_id != user.pk or contact.name != user.name:
        require(by, Permission.MANAGE_PEOPLE)
        require_no_officer(user, by=by, now=now)
    changed = [name for name in ("name", "email", "phone") if getattr(user, name) != getattr(contact, name)]
    before = {"name": user.name}
    _apply(user, contact)
    user.save(update_fields=["name", "email", "phone"])
    # numbers and addresses are personal data: the log says that they changed, not what they were
    _record(user, before, {"name": user.name, "changed": changed}, by=by, now=now)
    if by.user_id != user.pk and set(changed) & {"email", "phone"}:
        _tell(user, Touched.CONTACT, by, now)
    return user


@transaction.atomic
def set_active(*, user_id: int, is_active: bool, reason: str, by: Actor, now: datetime) -> User:
    """Locked out from the next request on, in every session and with every token; or let in again."""
    user = _somebody_else(user_id, by, now)
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        after = {"is_active": is_active, "reason": reason}
        _record(user, {"is_active": not is_active}, after, by=by, now=now)
        if not is_active:
            calendar_feeds.withdraw(user_id=user.pk, by=by, now=now)
    return user


@transaction.atomic
def reset_password(*, user_id: int, by: Actor, now: datetime) -> tuple[User, str]:
    """A one-time password for a sealed print, changed at the first login; every session of the user ends.

    The person and the auditor are told by whom.
    """
    password = one_time_password()
    user = _reset(user_id, password, "printed", by, now)
    return user, password


@transaction.atomic
def close_for_link(*, user_id: int, by: Actor, now: datetime) -> User:
    """The password is void and every session ends; the caller sends a one-time link to the person's own mailbox."""
    user = _reset(user_id, None, "link", by, now)
    if not user.email:
        raise InvalidInput({"way": [_("没有登记电子邮箱，请改用密封打印。")]})
    return user


def _reset(user_id: int, password: str | None, way: str, by: Actor, now: datetime) -> User:
    user = _somebody_else(user_id, by, now)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _record(user, {}, {"password": "reset", "way": way}, by=by, now=now)
    _tell(user, Touched.PASSWORD, by, now)
    return user


@transaction.atomic
def let_in(*, user_id: int, hashed: str, by: Actor, now: datetime) -> User:
    """The password the person chose while setting up the county, hashed already. The server's alone."""
    if not by.is_system:
        raise NotPermitted(_("首次密码由本人设定，或由安全管理员发放。"))
    user: User = User.objects.select_for_update().get(pk=user_id)
    user.password, user.must_change_password = hashed, False
    user.save(update_fields=["password", "must_change_password"])
    _record(user, {}, {"password": "first"}, by=by, now=now)
    return user


@transaction.atomic
def remove_one_time_codes(*, user_id: int, reason: str, by: Actor, now: datetime) -> User:
    """For a lost phone: the user enrols another device, at once where their post asks for it."""
    user = _somebody_else(user_id, by, now)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if removed:
        _record(user, {}, {"one_time_codes": "removed", "reason": reason}, by=by, now=now)
        _tell(user, Touched.CODES, by, now)
    return user


def password_was_changed(*, user: User) -> None:
    """The one-time password has done its duty."""
    User.objects.filter(pk=user.pk, must_change_password=True).update(must_change_password=False)


def _somebody_else(user_id: int, by: Actor, now: datetime) -> User:
    """Nobody locks themselves out or resets themselves: their own password they change on their profile."""
    require(by, Permission.MANAGE_RIGHTS)
    user: User = User.objects.select_for_update().get(pk=user_id)
    if user.pk == by.user_id:
        raise NotPermitted(_("不能对自己的账号这样做，请由另一位管理员办理。"))
    require_no_officer(user, by=by, now=now)
    return user


def _tell(user: User, what: Touched, by: Actor, now: datetime) -> None:
    account_touched.send(sender=AccountTouched, event=AccountTouched(user.pk, what, by, now))


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
