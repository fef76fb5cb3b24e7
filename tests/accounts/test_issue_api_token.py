from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import ApiToken, Appointment
from audit.choices import Action
from audit.models import AccessEvent
from core.clock import now, shanghai_date
from tests.factories import accounts


def issued(*arguments: str) -> str:
    out = StringIO()
    call_command("issue_api_token", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_printed_token_opens_the_api(clerk: Appointment) -> None:
    machine = Client(headers={"Authorization": f"Token {issued('t01.clerk')}"})
    assert machine.get("/api/v1/places/").status_code == 200
    assert AccessEvent.objects.get(action=Action.TOKEN_ISSUED).actor_label == "issue_api_token"


def test_only_its_hash_is_kept(clerk: Appointment) -> None:
    secret = issued("t01.clerk")
    assert secret not in str(list(ApiToken.objects.values()))


def test_one_of_several_posts_is_named(village: Appointment, mediator: Appointment) -> None:
    accounts.appoint(village.user, mediator.post)
    issued("t01.v01", "--post", "t01.mediation:mediator")
    assert ApiToken.objects.get().appointment.post == mediator.post


@pytest.mark.parametrize("arguments", [("nobody",), ("t01.clerk", "--post", "t02.centre:clerk")])
def test_an_unknown_user_or_post_is_refused(arguments: tuple[str, ...], clerk: Appointment) -> None:
    with pytest.raises(CommandError):
        issued(*arguments)


def test_somebody_without_a_post_gets_none(clerk: Appointment) -> None:
    Appointment.objects.filter(pk=clerk.pk).update(ends_on=shanghai_date(now()))
    with pytest.raises(CommandError):
        issued("t01.clerk")
