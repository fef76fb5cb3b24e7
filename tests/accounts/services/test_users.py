from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Appointment
from accounts.services import users
from accounts.services.passwords import one_time_password
from accounts.services.users import Contact
from audit.models import AccessEvent
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted

pytestmark = pytest.mark.django_db


def test_a_new_user_logs_in_with_the_password_shown_and_must_change_it(by: Actor, monday: datetime) -> None:
    user, password = users.create(username="t01.new", contact=Contact("王新"), by=by, now=monday)
    assert user.check_password(password)
    assert user.must_change_password


def test_an_account_exists_once_whatever_its_case(by: Actor, clerk: Appointment, monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        users.create(username="T01.Clerk", contact=Contact("王新"), by=by, now=monday)
    assert list(refused.value.errors) == ["username"]


def test_the_log_never_holds_a_password_or_a_number(by: Actor, monday: datetime) -> None:
    contact = Contact("王新", "wang@example.org", "13900001111")
    user, password = users.create(username="t01.new", contact=contact, by=by, now=monday)
    users.edit(user_id=user.pk, contact=Contact("王新", "", "13900002222"), by=by, now=monday)
    _user, second = users.reset_password(user_id=user.pk, by=by, now=monday)
    written = str(list(AccessEvent.objects.values_list("details", "target_label", "reason")))
    assert not any(secret in written for secret in (password, second, "1390000", "wang@"))


def test_a_clerk_corrects_his_phone_but_not_his_name(
    clerk: Appointment, actor: Callable[[Appointment], Actor], monday: datetime
) -> None:
    name = clerk.user.name
    user = users.edit(
        user_id=clerk.user_id, contact=Contact(name, phone="13900001111"), by=actor(clerk), now=monday
    )
    assert user.phone == "13900001111"
    with pytest.raises(NotPermitted):
        users.edit(user_id=clerk.user_id, contact=Contact("李四"), by=actor(clerk), now=monday)


def test_a_reset_ends_every_session_of_the_user(
    by: Actor, clerk: Appointment, client_of: Callable[[Appointment], Client], monday: datetime
) -> None:
    browser = client_of(clerk)
    assert browser.get("/accounts/profile/").status_code == 200
    users.reset_password(user_id=clerk.user_id, by=by, now=monday)
    assert browser.get("/accounts/profile/").status_code == 302


def test_a_locked_out_user_is_out_with_his_next_request_and_every_token(
    by: Actor,
    clerk: Appointment,
    client_of: Callable[[Appointment], Client],
    api_client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    browser, machine = client_of(clerk), api_client_of(clerk)
    users.set_active(user_id=clerk.user_id, is_active=False, reason="调离", by=by, now=monday)
    assert browser.get("/accounts/profile/").status_code == 302
    assert machine.get("/api/v1/places/").status_code == 401
    users.set_active(user_id=clerk.user_id, is_active=True, reason="回任", by=by, now=monday)
    assert machine.get("/api/v1/places/").status_code == 200


@pytest.mark.parametrize("act", ["set_active", "reset_password", "remove_one_time_codes"])
def test_nobody_does_it_to_himself(act: str, by: Actor, monday: datetime) -> None:
    more = {
        "set_active": {"is_active": False, "reason": "x"},
        "reset_password": {},
        "remove_one_time_codes": {"reason": "x"},
    }
    with pytest.raises(NotPermitted):
        getattr(users, act)(user_id=by.user_id, by=by, now=monday, **more[act])


def test_a_lost_phone_is_taken_off_and_written_down(by: Actor, clerk: Appointment, monday: datetime) -> None:
    Authenticator.objects.create(user=clerk.user, type=Authenticator.Type.TOTP, data={})
    users.remove_one_time_codes(user_id=clerk.user_id, reason="手机丢失", by=by, now=monday)
    assert not Authenticator.objects.exists()
    assert AccessEvent.objects.latest("pk").details["after"]["reason"] == "手机丢失"


def test_a_one_time_password_can_be_read_out() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 for password in made)
    assert not set("".join(made)) & set("01lioO")
