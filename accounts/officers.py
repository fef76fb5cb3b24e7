"""三员: system, security and audit administrator are three people who cannot touch each other's accounts.

Their accounts and posts are changed on the server alone, by `manage.py officers`; whatever is done there is written
down and told like everything else. See docs/adr/0017.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.querysets import AppointmentQuerySet
from accounts.roles import OFFICERS
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import NotPermitted
from jurisdictions.choices import PostRole


def held_by_officers(now: datetime) -> AppointmentQuerySet:
    """The officers' appointments of today and to come."""
    rows: AppointmentQuerySet = Appointment.objects.exclude(ends_on__lte=shanghai_date(now))
    return rows.filter(post__role__in=OFFICERS)


def is_officer(user_id: int, now: datetime) -> bool:
    return bool(held_by_officers(now).filter(user=user_id).exists())


def require_no_officer(user: User, *, by: Actor, now: datetime) -> None:
    """Raises NotPermitted for an officer's account, whoever asks but the server itself and the person."""
    if not by.is_system and by.user_id != user.pk and is_officer(user.pk, now):
        raise NotPermitted(_("系统、安全、审计三员的账号互不经手，只能在服务器上由专门命令办理。"))


def is_officers_post(role: str) -> bool:
    return role in OFFICERS


def auditors(now: datetime) -> list[int]:
    """User ids of the audit administrators in office."""
    held = Appointment.objects.current(shanghai_date(now)).filter(post__role=PostRole.AUDITOR)
    return list(held.order_by("pk").values_list("user_id", flat=True))
