"""Facts put into the few words a page has room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import clock
from core.translated import gettext as _
from core.translated import ngettext

SOON = timedelta(days=1)


def with_aside(name: object, aside: object) -> str:
    """A name and what is said beside it, in the brackets of the reader's language."""
    return _("%(name)s（%(aside)s）") % {"name": name, "aside": aside}


@dataclass(frozen=True)
class TimeLeft:
    """`剩 2 天` or `超期 3 天`, and whether the reader should hurry."""

    due_at: datetime
    words: str
    overdue: bool
    soon: bool


def time_left(due_at: datetime, now: datetime) -> TimeLeft:
    """Whole units, rounded down: the last day counts in hours, the last hour in minutes."""
    overdue = now > due_at
    span = now - due_at if overdue else due_at - now
    amount = _amount(span)
    words = _("超期 %(amount)s") if overdue else _("剩 %(amount)s")
    return TimeLeft(due_at, words % {"amount": amount}, overdue, soon=not overdue and span < SOON)


def _amount(span: timedelta) -> str:
    if span.days:
        return ngettext("%(n)d 天", "%(n)d 天", span.days) % {"n": span.days}
    hours, rest = divmod(span.seconds, 3600)
    if hours:
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    minutes = max(rest // 60, 1)
    return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}


def countdown(due_at: datetime, now: datetime) -> TimeLeft:
    """Like `time_left`, in two units: what a leader has left for a warning is read to the minute."""
    overdue = now > due_at
    span = now - due_at if overdue else due_at - now
    words = _("超期 %(amount)s") if overdue else _("剩 %(amount)s")
    return TimeLeft(due_at, words % {"amount": _two_units(span)}, overdue, soon=not overdue and span < SOON)


def _two_units(span: timedelta) -> str:
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if span.days:
        return _("%(days)d 天 %(hours)d 小时") % {"days": span.days, "hours": hours}
    if hours:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": seconds}


def shanghai(value: datetime | date | None) -> str:
    """2026-11-22 14:05 in Shanghai; a date without a time stays a date; nothing stays empty."""
    if not value:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return value.isoformat()


def yuan(fen: int) -> str:
    """Fen as yuan with thousands marked; full yuan without decimals."""
    whole, cents = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    amount = f"{sign}{whole:,}" + (f".{cents:02d}" if cents else "")
    return _("%(amount)s 元") % {"amount": amount}
