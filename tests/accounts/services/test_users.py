from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Appointment
from accounts.roles import permissions_of
from accounts.services import appointments, users
from accounts.services.passwords import one_time_password
from accounts.services.users import Contact
from audit.models import AccessEvent
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted
from notifications.models import Notice
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def test_a_new_account_is_made_by_one_and_let_in_by_another(
    by: Actor, keeper: Actor, monday: datetime
) -> None:
    user = users.create(username="t01.new", contact=Contact("王新"), by=keeper, now=monday)
    assert not user.has_usable_password()
    user, password = users.reset_password(user_id=user.pk, by=by, now=monday)
    assert user.check_password(password)
    assert user.must_change_password


@pytest.mark.parametrize("who", ["admin", "security", "auditor"])
@pytest.mark.parametrize(
    "act", ["edit", "set_active", "reset_password", "remove_one_time_codes", "appoint", "end"]
)
def test_no_officer_touches_another_officers_account(
    act: str, who: str, people: dict[str, Appointment], clerk: Appointment, monday: datetime
) -> None:
    """Whoever of the three acts, on whichever of the other two; nor does anybody become one on a page."""
    acts: dict[str, Callable[[Appointment, Actor], object]] = {
        "edit": lambda it, by: users.edit(
            user_id=it.user_id, contact=Contact("x", "x@y.example"), by=by, now=monday
        ),
        "set_active": lambda it, by: users.set_active(
            user_id=it.user_id, is_active=False, reason="x", by=by, now=monday
        ),
        "reset_password": lambda it, by: users.reset_password(user_id=it.user_id, by=by, now=monday),
        "remove_one_time_codes": lambda it, by: users.remove_one_time_codes(
            user_id=it.user_id, reason="x", by=by, now=monday
        ),
        "appoint": lambda it, by: appointments.appoint(
            user=clerk.user, post=it.post, starts_on=monday.date(), by=by, now=monday
        ),
        "end": lambda it, by: appointments.end(
            appointment_id=it.pk, ends_on=monday.date(), by=by, now=monday
        ),
    }
    for officer in ("admin", "security", "auditor"):
        if officer != who:
            with pytest.raises(NotPermitted):
                acts[act](people[officer], accounts.actor(people[who]))


def test_the_three_hold_different_rights() -> None:
    """The table of the order: structure, data and settings; rights; audit."""
    kept = {
        "administrator": {"manage_structure", "manage_people", "manage_calendar", "manage_notifications"},
        "security": {"manage_rights", "delegate"},
        "auditor": {"view_audit", "verify_ledger"},
    }
    for role, own in kept.items():
        held = {str(permission) for permission in permissions_of(role)}
        assert own <= held
        assert not held & set().union(*(rights for other, rights in kept.items() if other != role))


def test_the_database_gives_two_offices_to_nobody(people: dict[str, Appointment], monday: datetime) -> None:
    admin, auditor = people["admin"], people["auditor"]
    with pytest.raises(IntegrityError), transaction.atomic():
        accounts.appoint(admin.user, auditor.post)
    Appointment.objects.filter(pk=admin.pk).update(ends_on=monday.date())
    accounts.appoint(admin.user, auditor.post, starts_on=monday.date())


@pytest.mark.parametrize("act", ["reset_password", "close_for_link", "remove_one_time_codes"])
def test_the_person_and_the_auditor_hear_who_touched_the_account(
    act: str, by: Actor, clerk: Appointment, auditor: Appointment, monday: datetime
) -> None:
    Authenticator.objects.create(user=clerk.user, type=Authenticator.Type.TOTP, data={})
    more = {"reason": "手机丢失"} if act == "remove_one_time_codes" else {}
    getattr(users, act)(user_id=clerk.user_id, by=by, now=monday, **more)
    told = Notice.objects.filter(kind="account.touched")
    assert {row.recipient_id for row in told} == {clerk.user_id, auditor.user_id}
    assert all(by.user.name in row.body for row in told)


def test_a_new_mailbox_entered_by_somebody_else_is_told(
    keeper: Actor, clerk: Appointment, auditor: Appointment, monday: datetime
) -> None:
    contact = Contact(clerk.user.name, "elsewhere@example.org")
    users.edit(user_id=clerk.user_id, contact=contact, by=keeper, now=monday)
    told = Notice.objects.filter(kind="account.touched").values_list("recipient_id", flat=True)
    assert set(told) == {clerk.user_id, auditor.user_id}


def test_an_account_exists_once_whatever_its_case(
    keeper: Actor, clerk: Appointment, monday: datetime
) -> None:
    with pytest.raises(InvalidInput) as refused:
        users.create(username="T01.Clerk", contact=Contact("王新"), by=keeper, now=monday)
    assert list(refused.value.errors) == ["username"]


def test_the_log_never_holds_a_password_or_a_number(by: Actor, keeper: Actor, monday: datetime) -> None:
    contact = Contact("王新", "wang@example.org", "13900001111")
    user = users.create(username="t01.new", contact=contact, by=keeper, now=monday)
    _user, password = users.reset_password(user_id=user.pk, by=by, now=monday)
    users.edit(user_id=user.pk, contact=Contact("王新", "", "13900002222"), by=keeper, now=monday)
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
