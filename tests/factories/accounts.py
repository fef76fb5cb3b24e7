"""People: everybody of the small county in their post, and what tests do with an appointment."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts import actors
from accounts.middleware import ACTING
from accounts.models import Appointment, Delegation, User
from accounts.services import tokens
from core import clock
from core.actor import Actor
from jurisdictions.models import Post
from tests.factories import jurisdictions

PASSWORD = "ci-yao-changqing-2026"
SINCE = date(2020, 1, 1)


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)


def a_user(username: str, **fields: object) -> User:
    """A user with the tests' password and no post."""
    return User.objects.create(**_user_fields(username) | fields)


def _user_fields(username: str) -> dict[str, object]:
    name = f"张{username}"
    return {
        "username": username,
        "name": name,
        "email": f"{username}@example.org",
        "password": _password_hash(),
    }


def appoint(user: User, post: Post, **fields: object) -> Appointment:
    return Appointment.objects.create(**{"user": user, "post": post, "starts_on": SINCE} | fields)


def stand_in(appointment: Appointment, user: User, **fields: object) -> Delegation:
    """`user` stands in for the appointment, from an hour ago for a day."""
    now = clock.now()
    given = {
        "appointment": appointment,
        "stand_in": user,
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(days=1),
        "reason": "外出",
        "entered_by": appointment.user,
        "entered_at": now,
    }
    return Delegation.objects.create(**given | fields)


def make_county() -> dict[str, Appointment]:
    """The whole small county, every post held; appointments by username. About ten inserts."""
    posts = jurisdictions.make_posts(jurisdictions.make_organizations(jurisdictions.make_places()))
    users = User.objects.bulk_create(User(**_user_fields(username)) for username in posts)
    appointments = Appointment.objects.bulk_create(
        Appointment(user=user, post=posts[user.username], starts_on=SINCE, is_default=True) for user in users
    )
    return {appointment.user.username: appointment for appointment in appointments}


def actor(appointment: Appointment) -> Actor:
    """Who acts in exactly this post."""
    return actors.for_appointment(appointment)


def client_of(appointment: Appointment) -> Client:
    """A signed-in browser that acts in this post."""
    client = Client()
    client.force_login(appointment.user)
    session = client.session
    session[ACTING] = f"a{appointment.pk}"
    session.save()
    return client


def api_client_of(appointment: Appointment) -> Client:
    """A machine with a token of this post."""
    _token, secret = tokens.issue(appointment=appointment, by=actor(appointment), now=clock.now())
    return Client(headers={"Authorization": f"Token {secret}"})
