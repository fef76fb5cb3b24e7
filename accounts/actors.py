"""Builds the Actor of a request, a token or a test: who acts, in which post, and what they may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Appointment, Delegation, User
from accounts.scoping import HELD, Held, Scope, held, scope_of, scope_over
from core import clock
from core.actor import Actor
from core.clock import shanghai_date
from core.remembered import one_look, remembered
from jurisdictions.models import Post


@dataclass(frozen=True)
class Capacities:
    """What a person is now: the posts they hold and the ones they stand in for."""

    appointments: tuple[Appointment, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    @property
    def all(self) -> list[Appointment]:
        return [*self.appointments, *(delegation.appointment for delegation in self.delegations)]

    def choices(self) -> Iterator[tuple[str, Appointment | None, Appointment | None]]:
        """Key, own appointment and appointment stood in for; the first is what they act in unless they chose."""
        for appointment in self.appointments:
            yield f"a{appointment.pk}", appointment, None
        own = self.appointments[0] if self.appointments else None
        for delegation in self.delegations:
            yield f"d{delegation.pk}", own, delegation.appointment


def held_by(user: User, now: datetime) -> list[Appointment]:
    """The posts the user holds now; their first is the one they act in unless they chose another."""
    mine = [copy(row) for row in _appointments_of(user.pk, shanghai_date(now))]
    for row in mine:
        row.user = user
    return mine


@remembered(512)
def _appointments_of(user_id: int, day: date) -> tuple[Appointment, ...]:
    rows = Appointment.objects.current(day).filter(user=user_id).order_by("pk")
    return tuple(rows.select_related("post__organization__place"))


def stood_in_by(user: User, now: datetime) -> list[Delegation]:
    """The delegations by which the user stands in for somebody now. Most stand in for nobody and cost one look."""
    if not Delegation.objects.may_be_current(now, stand_in=user):
        return []
    return list(Delegation.objects.current(now).filter(stand_in=user).with_people())


@one_look()
def capacities_of(user: User, now: datetime) -> Capacities:
    return Capacities(tuple(held_by(user, now)), tuple(stood_in_by(user, now)))


def for_user(user: User, now: datetime, *, acting: str = "") -> Actor | None:
    """The actor of a session. `acting` is `a<appointment>` or `d<delegation>`; None without any post."""
    return acting_in(user, capacities_of(user, now), acting)


@remembered(512)
def _post(post_id: int) -> Post:
    return Post.objects.select_related("organization__place").get(pk=post_id)


def acting_in(user: User, capacities: Capacities, acting: str = "") -> Actor | None:
    """The chosen capacity, or the first when the chosen one has ended; they see what all of them see."""
    choices = {key: (own, absent) for key, own, absent in capacities.choices()}
    if not choices:
        return None
    appointment, on_behalf_of = choices.get(acting) or next(iter(choices.values()))
    return Actor(user, appointment, on_behalf_of, scope=scope_over(user.pk, capacities.all))


def for_appointment(appointment: Appointment, now: datetime | None = None) -> Actor:
    """An actor in exactly one post: API tokens, the demo county, tests. What bars the person in any other bars them
    here too; `now` is this moment unless given. A post that is not loaded comes from what is remembered."""
    user = appointment.user
    with one_look():
        if not Appointment._meta.get_field("post").is_cached(appointment):
            appointment.post = _post(appointment.post_id)
        besides = _held_and_stood_in([user.pk], now or clock.now())[user.pk]
    return Actor(user, appointment, scope=scope_of(user.pk, [held(appointment)], besides))


def scopes_of(user_ids: Iterable[int], now: datetime) -> dict[int, Scope]:
    """What each of these users may see over all they hold and stand in for now: two queries at most however
    many they are, a third where somebody stands in."""
    return {user: scope_of(user, rows) for user, rows in _held_and_stood_in(user_ids, now).items()}


@one_look()
def _held_and_stood_in(user_ids: Iterable[int], now: datetime) -> dict[int, list[Held]]:
    acting: dict[int, list[Held]] = {user: [] for user in user_ids}
    day = shanghai_date(now)
    for one, begins, ends in _held_by(frozenset(acting)):
        if begins <= day and (ends is None or day < ends):
            acting[one.user_id].append(one)
    absent = ("stand_in_id", *(f"appointment__{name}" for name in HELD))
    for user, *columns in Delegation.objects.current_values(now, *absent, stand_in__in=list(acting)):
        acting[user].append(Held(*columns))
    return acting


@remembered(512)
def _held_by(users: frozenset[int]) -> tuple[tuple[Held, date, date | None], ...]:
    """On any day, with from when and, if it ends, the first day it is held no more."""
    rows = Appointment.objects.on_any_day().filter(user__in=users).order_by()
    return tuple(
        (Held(*columns), begins, ends)
        for begins, ends, *columns in rows.values_list("starts_on", "ends_on", *HELD)
    )
