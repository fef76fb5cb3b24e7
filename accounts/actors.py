"""Builds the Actor of a request, a token or a test: who acts, in which post, and what he may see."""

from datetime import datetime

from accounts.models import Appointment, Delegation, User
from accounts.scoping import scope_over
from core.actor import Actor
from core.clock import shanghai_date


def held_by(user: User, now: datetime) -> list[Appointment]:
    """The posts the user holds now; his first is the one he acts in unless he chose another."""
    return list(user.appointments.current(shanghai_date(now)).with_post().order_by("pk"))


def stood_in_by(user: User, now: datetime) -> list[Delegation]:
    """The delegations by which the user stands in for somebody now."""
    current = Delegation.objects.current(now).filter(stand_in=user)
    return list(current.select_related("appointment__user", "appointment__post__organization__place"))


def for_user(user: User, now: datetime, *, acting: str = "") -> Actor | None:
    """The actor of a session. `acting` is `a<appointment>` or `d<delegation>`; None without any post."""
    appointments, delegations = held_by(user, now), stood_in_by(user, now)
    choices: dict[str, tuple[Appointment | None, Appointment | None]] = {
        f"a{appointment.pk}": (appointment, None) for appointment in appointments
    }
    first = appointments[0] if appointments else None
    choices |= {f"d{delegation.pk}": (first, delegation.appointment) for delegation in delegations}
    if not choices:
        return None
    appointment, on_behalf_of = choices.get(acting) or next(iter(choices.values()))
    everything = [*appointments, *(delegation.appointment for delegation in delegations)]
    return Actor(user, appointment, on_behalf_of, scope=scope_over(user.pk, everything))


def for_appointment(appointment: Appointment) -> Actor:
    """An actor in exactly one post: API tokens, the demo county, tests."""
    return Actor(appointment.user, appointment, scope=scope_over(appointment.user_id, [appointment]))
