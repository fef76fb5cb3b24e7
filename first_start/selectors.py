"""Whether there is a county, and what it still lacks. Once it lacks nothing, this process asks no more."""

from __future__ import annotations

from django.conf import settings

from accounts.models import Appointment
from calendars.models import CalendarYear
from core.clock import now, shanghai_date
from core.models import Installation
from first_start.rules.next_steps import Lack, next_lack
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Place


class _Settled:
    """Nothing is lacking any more, or nothing ever will be: a demo county."""

    yes = False


def county_is_missing() -> bool:
    """Whether this installation is a real one and has no county yet."""
    return current_lack() == Lack.COUNTY


def current_lack() -> Lack | None:
    """The first thing missing; None where nothing is, or where no county is to be set up."""
    if _Settled.yes or not settings.FIRST_START:
        return None
    if Installation.objects.exclude(kind=Installation.Kind.LIVE).exists():
        _Settled.yes = True
        return None
    if not Installation.objects.exists():
        return None
    lack = _lack()
    _Settled.yes = lack is None
    return lack


def forget() -> None:
    """For another database in the same process."""
    _Settled.yes = False


def _lack() -> Lack | None:
    if not Place.objects.filter(kind=PlaceKind.COUNTY).exists():
        return Lack.COUNTY
    held = Appointment.objects.current(shanghai_date(now())).filter(user__is_active=True)
    return next_lack(held.order_by().values_list("post__role", flat=True).distinct())


def years_loaded() -> list[int]:
    return list(CalendarYear.objects.order_by("year").values_list("year", flat=True))
