"""What the auditors are told of the seals: every head, and a seal that was refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Appointment
from core.clock import shanghai_date
from core.language import in_house_language
from disputes.models import DailySeal
from jurisdictions.choices import PostRole
from notifications.services import notify
from safekeeping.rules.faults import Fault
from safekeeping.rules.seals import Head
from safekeeping.services import witness


def auditors(now: datetime) -> list[int]:
    current = Appointment.objects.current(shanghai_date(now)).filter(post__role=PostRole.AUDITOR)
    return sorted(set(current.values_list("user_id", flat=True)))


@in_house_language
def tell_sealed(seals: Sequence[DailySeal], *, now: datetime) -> None:
    """One notice for what one run sealed; late days are named."""
    last, late = seals[-1], [f"{seal.day}" for seal in seals if seal.late]
    title = _("台账已封存至 %(day)s，第 %(serial)d 号") % {"day": last.day, "serial": last.serial}
    if late:
        title = _("台账补封 %(count)d 天，已封存至 %(day)s") % {"count": len(late), "day": last.day}
    lines = [_("请留存，核对时使用："), *(seal_line(seal) for seal in seals[-31:])]
    if late:
        lines.append(_("补封日期：%s") % _("、").join(late[:31]))
    _tell(title, "\n".join(lines), key=f"seal:{last.serial}:{last.hash[:16]}", now=now)


@in_house_language
def tell_refused(faults: Sequence[Fault], *, now: datetime) -> None:
    """Once a day, as long as it lasts."""
    title = _("台账没有封存：封存见证文件与数据库不一致")
    body = _("有 %d 处不一致。请核验台账，查明是否恢复过旧备份或有人改动数据库。") % len(faults)
    _tell(title, body, key=f"seal-refused:{shanghai_date(now)}", now=now, at_once=True)


@in_house_language
def tell_restored(lost: Sequence[Head], *, now: datetime) -> None:
    title = _("台账恢复到较早的备份，%d 天的封存随之作废") % len(lost)
    body = _("作废的封存：%s") % _("、").join(f"{head.day}" for head in lost[:31])
    _tell(title, body, key=f"restored:{lost[-1].serial}:{now:%Y%m%d%H%M}", now=now, at_once=True)


def seal_line(seal: DailySeal | Head) -> str:
    """第 12 号 2026-11-27 hash…: enough to hold against a later state."""
    return _("第 %(serial)d 号 %(day)s %(hash)s") % {
        "serial": seal.serial or 0,
        "day": seal.day,
        "hash": seal.hash,
    }


def last_line() -> str:
    """The head of the last seal, for what leaves the house; empty where nothing is sealed yet."""
    heads = witness.heads()
    return seal_line(heads[-1]) if heads else ""


def _tell(title: str, body: str, *, key: str, now: datetime, at_once: bool = False) -> None:
    notify(
        recipients=auditors(now),
        kind="ledger.seal",
        title=title,
        body=body,
        url=reverse("safekeeping:check"),
        dedupe_key=key,
        at_once=at_once,
        now=now,
    )
