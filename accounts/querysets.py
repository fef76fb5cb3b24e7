from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import F, Q

from core.clock import shanghai_date, start_of_day
from core.remembered import remembered
from core.written_once import written_once


class UserManager(DjangoUserManager[Any]):
    """Django's, for a user with one name field. Who is signed in is asked on every page, by a statement that is there
    once."""

    def get(self, *args: Any, **which: Any) -> Any:
        key = which.get("pk")
        if type(self) is not UserManager or args or len(which) != 1 or not isinstance(key, int):
            return super().get(*args, **which)
        for user in _user(key):
            return user
        raise self.model.DoesNotExist(f"{self.model._meta.object_name} {key}")


@written_once
def _user(key: Any) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = get_user_model().objects.filter(pk=key)
    return rows


def held_on(day: date, prefix: str = "") -> Q:
    """The condition of a current appointment, also from further away: `held_on(day, "appointments__")`."""
    until = Q((f"{prefix}ends_on", None)) | Q((f"{prefix}ends_on__gt", day))
    return until & Q((f"{prefix}starts_on__lte", day)) & _may_be_held(prefix)


def _may_be_held(prefix: str = "") -> Q:
    """On whatever day: a user who may log in, in a post there is."""
    return Q((f"{prefix}user__is_active", True), (f"{prefix}post__is_active", True))


class AppointmentQuerySet(models.QuerySet[Any]):
    def current(self, day: date) -> AppointmentQuerySet:
        """Held on that Shanghai day by a user who may log in."""
        return self.filter(held_on(day))

    def on_any_day(self) -> AppointmentQuerySet:
        """Current on some day, for who remembers them and asks by the day afterwards."""
        return self.filter(_may_be_held())

    def with_post(self) -> AppointmentQuerySet:
        return self.select_related("user", "post__organization__place")

    def of_role(self, organization_id: int, *roles: str) -> AppointmentQuerySet:
        return self.filter(post__organization_id=organization_id, post__role__in=roles)


class _Period(NamedTuple):
    """When somebody may stand in for whom, as entered."""

    appointment: int
    stand_in: int
    starts_at: datetime
    ends_at: datetime

    def is_of(self, who: Mapping[str, Any]) -> bool:
        """Whether it is one of those asked for, as `may_be_current` is asked."""
        for name, value in who.items():
            column, _, several = name.partition("__")
            asked = value if several else [value]
            if getattr(self, column) not in {getattr(one, "pk", one) for one in asked}:
                return False
        return True


@remembered(4)
def _periods(model: type[models.Model], day: date) -> tuple[_Period, ...]:
    """Those that touch this Shanghai day."""
    rows = model._default_manager.filter(
        starts_at__lt=start_of_day(day + timedelta(days=1)), ends_at__gt=start_of_day(day)
    )
    return tuple(
        _Period(*row)
        for row in rows.order_by().values_list("appointment", "stand_in", "starts_at", "ends_at")
    )


class DelegationQuerySet(models.QuerySet[Any]):
    def current(self, now: datetime) -> DelegationQuerySet:
        """In force now: powers end with the period, and with the appointment they come from."""
        own = Q(entered_by=F("appointment__user"))
        confirmed = own | Q(confirmed_at__lte=now)
        return self.unfinished(now).filter(confirmed, starts_at__lte=now)

    def unfinished(self, now: datetime) -> DelegationQuerySet:
        """In force now or to come, those included that wait for somebody to confirm them."""
        runs = Q(ended_early_at=None, ends_at__gt=now) | Q(ended_early_at__gt=now)
        return self.filter(held_on(shanghai_date(now), "appointment__"), runs, stand_in__is_active=True)

    def may_be_current(self, now: datetime, **who: Any) -> bool:
        """Whether any of those asked for could be in force now. Most people stand in for nobody, and nobody stands in
        for most: a look at the periods of the day finds that out, and nothing more need be asked then.

        `who`: `appointment` or `stand_in`, an id or a row, or several as `…__in`.
        """
        periods = _periods(self.model, shanghai_date(now))
        return any(one.starts_at <= now < one.ends_at and one.is_of(who) for one in periods)

    def current_values(self, now: datetime, *columns: str, **who: Any) -> Sequence[Any]:
        """These columns of those in force now, in any order: the one look, and a second query only where it needs to
        be asked."""
        if not self.may_be_current(now, **who):
            return ()
        return list(self.current(now).filter(**who).order_by().values_list(*columns))

    def with_people(self) -> DelegationQuerySet:
        return self.select_related(
            "stand_in",
            "entered_by",
            "confirmed_by",
            "appointment__user",
            "appointment__post__organization__place",
        )
