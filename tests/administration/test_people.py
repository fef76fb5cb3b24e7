"""The administrator's work with people, through the pages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts import open_work
from accounts.models import ApiToken, Appointment, User
from accounts.open_work import OpenWork
from audit.choices import Action
from audit.models import AccessEvent
from core import clock
from jurisdictions.models import Post

Browser = Callable[[Appointment], Client]
SECRET = re.compile(r'<code class="secret"[^>]*>([^<]+)</code>')


def today() -> str:
    return clock.shanghai_date(clock.now()).isoformat()


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200, response.headers
    return dict(response.context["form"].errors)


def test_create_a_user_appoint_him_and_he_works(
    house: Client, manager: Client, people: dict[str, Appointment]
) -> None:
    given = {"username": "t01.new", "name": "王新", "phone": "13900001111", "email": ""}
    house.post("/manage/users/new/", given)
    user = User.objects.get(username="t01.new")
    page = manager.post(f"/manage/users/{user.pk}/password/", {"way": "print"})
    password = SECRET.search(page.content.decode())
    assert password is not None
    assert page.headers["Cache-Control"] == "no-store"
    user.refresh_from_db()
    assert user.check_password(password[1])
    answer = manager.post(
        f"/manage/users/{user.pk}/appoint/", {"post": "t01.centre:clerk", "starts_on": today()}
    )
    assert answer.headers["Location"] == f"/manage/users/{user.pk}/"
    assert [held.post.code for held in user.appointments.all()] == ["t01.centre:clerk"]


def test_a_link_goes_to_the_persons_own_mailbox_and_lets_in_once(
    manager: Client, clerk: Appointment, mailoutbox: Any
) -> None:
    answer = manager.post(f"/manage/users/{clerk.user_id}/password/", {"way": "link"})
    assert answer.status_code == 302
    (mail,) = mailoutbox
    assert mail.to == [clerk.user.email]
    address = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    seen = manager.get(answer.headers["Location"]).content.decode()
    assert address not in seen
    browser, new = Client(), {"password1": "yi-shi-yi-di-2027", "password2": "yi-shi-yi-di-2027"}
    form = browser.get(address, follow=True)
    browser.post(form.request["PATH_INFO"], new)
    clerk.user.refresh_from_db()
    assert clerk.user.check_password("yi-shi-yi-di-2027")
    assert not clerk.user.must_change_password
    again = Client().get(address, follow=True).content.decode()
    assert "password1" not in again


def test_the_sealed_print_shows_its_password_on_paper_alone(manager: Client, clerk: Appointment) -> None:
    page = manager.post(f"/manage/users/{clerk.user_id}/password/", {"way": "print"}).content.decode()
    secret = SECRET.search(page)
    assert secret is not None
    inside = page[: secret.start()].rpartition("<p")[2]
    assert "print-only" in inside
    assert page.count(secret[1]) == 1
    screen = Path("static/css/paper.css").read_text(encoding="utf-8")
    paper = Path("static/css/print.css").read_text(encoding="utf-8")
    assert ".print-only { display: none; }" in screen
    assert ".print-only { display: revert !important; }" in paper


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "王新"),
        ("username", "t01.clerk"),
        ("username", ""),
        ("name", ""),
        ("name", "王" * 61),
        ("phone", "call me"),
        ("email", "nowhere"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_saves_nothing(house: Client, field: str, value: str) -> None:
    before = User.objects.count()
    given = {"username": "t01.new", "name": "王新", "phone": "", "email": ""} | {field: value}
    assert list(errors(house.post("/manage/users/new/", given))) == [field]
    assert User.objects.count() == before


def test_an_unknown_post_is_told_at_its_field(manager: Client, clerk: Appointment) -> None:
    address = f"/manage/users/{clerk.user_id}/appoint/"
    found = errors(manager.post(address, {"post": "t99.centre:clerk", "starts_on": today()}))
    assert "t99.centre:clerk" in found["post"][0]


def test_a_vacant_post_is_shown_and_filled_from_its_page(
    manager: Client, clerk: Appointment, handler: Appointment
) -> None:
    Appointment.objects.filter(pk=handler.pk).update(ends_on=clock.shanghai_date(clock.now()))
    vacant = manager.get("/manage/posts/vacant/").context["page"]["rows"]
    assert list(vacant) == [handler.post]
    manager.post(f"/manage/posts/{handler.post_id}/hold/", {"user": "t01.clerk", "starts_on": today()})
    assert not manager.get("/manage/posts/vacant/").context["page"]["count"]


@pytest.fixture
def _two_open_cases() -> Iterator[None]:
    def known(appointment: Appointment) -> list[OpenWork]:
        return [OpenWork("纠纷", "t01-2026-000001", "办理中"), OpenWork("纠纷", "t01-2026-000002", "已交办")]

    with open_work.providers.only(known):
        yield


@pytest.mark.usefixtures("_two_open_cases")
def test_ending_an_appointment_lists_what_is_open_and_asks_who_takes_over(
    manager: Client, clerk: Appointment, coordinator: Appointment
) -> None:
    address = f"/manage/appointments/{clerk.pk}/end/"
    page = manager.get(address)
    assert "t01-2026-000002" in page.content.decode()
    choices = page.context["form"].fields["successor"].queryset
    assert coordinator in choices
    assert clerk not in choices
    manager.post(address, {"ends_on": today(), "successor": coordinator.pk})
    clerk.refresh_from_db()
    assert clerk.successor == coordinator


def test_an_ended_appointment_acts_on_the_next_request(
    manager: Client, clerk: Appointment, client_of: Browser, api_client_of: Browser
) -> None:
    browser, machine = client_of(clerk), api_client_of(clerk)
    manager.post(f"/manage/appointments/{clerk.pk}/end/", {"ends_on": today(), "successor": ""})
    assert browser.get("/accounts/profile/").wsgi_request.actor is None  # type: ignore[attr-defined]
    assert machine.get("/api/v1/places/").status_code == 401


def test_a_post_somebody_holds_is_not_closed(house: Client, clerk: Appointment) -> None:
    page = house.post(f"/manage/posts/{clerk.post_id}/close/")
    assert clerk.user.name in str(errors(page))
    assert Post.objects.get(pk=clerk.post_id).is_active


def test_a_unit_with_people_in_office_is_not_ended(house: Client, clerk: Appointment) -> None:
    page = house.post("/manage/organizations/t01.centre/end/", {"valid_to": today(), "successor": ""})
    assert "在任" in str(errors(page))


def test_a_token_is_shown_once_and_revoked(manager: Client, clerk: Appointment) -> None:
    given = {"appointment": clerk.pk, "label": "县大数据平台", "days": "30"}
    page = manager.post(f"/manage/users/{clerk.user_id}/tokens/new/", given).content.decode()
    header = SECRET.search(page)
    assert header is not None
    machine = Client(headers={"Authorization": header[1].partition(": ")[2]})
    assert machine.get("/api/v1/places/").status_code == 200
    token = ApiToken.objects.get()
    assert token.last_used_at is not None
    assert header[1].split()[-1] not in manager.get("/manage/tokens/").content.decode()
    manager.post(f"/manage/tokens/{token.pk}/revoke/")
    assert machine.get("/api/v1/places/").status_code == 401


def test_what_a_post_was_refused_is_written_down(clerk: Appointment, client_of: Browser) -> None:
    assert client_of(clerk).get("/manage/users/?q=x").status_code == 403
    event = AccessEvent.objects.get(action=Action.REFUSED)
    assert (event.user_id, event.target_label) == (clerk.user_id, "/manage/users/")
