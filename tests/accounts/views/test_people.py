"""The administrator's work with people, through the pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts import actors, open_work
from accounts.models import ApiToken, Appointment, Delegation, User
from accounts.open_work import OpenWork
from accounts.services import delegations
from audit.choices import Action
from audit.models import AccessEvent
from core import clock
from core.actor import Actor
from jurisdictions.models import Post
from notifications.models import Notice
from tests.factories import accounts

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
def _two_open_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    def known(appointment: Appointment) -> list[OpenWork]:
        return [OpenWork("纠纷", "t01-2026-000001", "办理中"), OpenWork("纠纷", "t01-2026-000002", "已交办")]

    monkeypatch.setattr(open_work, "_providers", [known])


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


def test_an_expired_token_is_refused(clerk: Appointment, api_client_of: Browser) -> None:
    machine = api_client_of(clerk)
    ApiToken.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert machine.get("/api/v1/places/").status_code == 401


@pytest.mark.parametrize("header", ["Token", "Token a b", "Token wrong", "Bearer x", "Token \xff"])
def test_a_malformed_token_is_401(db: None, header: str) -> None:
    assert Client(headers={"Authorization": header}).get("/api/v1/places/").status_code == 401


def test_the_coordinator_enters_a_stand_in_on_the_page(
    coordinator: Appointment, deputy: Appointment, mayor: Appointment, client_of: Browser
) -> None:
    now = clock.now().astimezone(clock.SHANGHAI)
    given = {
        "appointment": deputy.pk,
        "stand_in": mayor.user_id,
        "starts_at": now.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "reason": "夜间出警，电话委托",
    }
    browser = client_of(coordinator)
    assert browser.post("/accounts/standing-in/new/", given).status_code == 302
    row = Delegation.objects.get()
    page = browser.get("/accounts/standing-in/").content.decode()
    assert "结束代理" in page
    assert "待确认" in page
    assert f"/accounts/standing-in/{row.pk}/confirm/" not in page
    browser.post(f"/accounts/standing-in/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_early_at is not None


def test_the_leader_confirms_on_the_page_the_notice_leads_to(
    coordinator: Appointment, deputy: Appointment, mayor: Appointment, client_of: Browser, by: Actor
) -> None:
    row = entered_for(deputy, mayor, coordinator)
    address = Notice.objects.get(recipient=deputy.user, kind="delegation.entered").url
    browser = client_of(deputy)
    assert "确认代理" in browser.get("/accounts/standing-in/").content.decode()
    assert mayor.user.name in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302
    assert [held.pk for held in actors.stood_in_by(mayor.user, clock.now())] == [row.pk]


@pytest.mark.parametrize("who", ["coordinator", "mayor", "clerk", "outside_coordinator", "handler"])
def test_others_find_no_page_to_confirm_on_or_are_refused(
    who: str,
    request: pytest.FixtureRequest,
    coordinator: Appointment,
    deputy: Appointment,
    mayor: Appointment,
    client_of: Browser,
) -> None:
    row = entered_for(deputy, mayor, coordinator)
    answer = client_of(request.getfixturevalue(who)).post(f"/accounts/standing-in/{row.pk}/confirm/")
    assert answer.status_code in (403, 404)
    assert actors.stood_in_by(mayor.user, clock.now()) == []


def entered_for(absent: Appointment, stand_in: Appointment, who: Appointment) -> Delegation:
    now = clock.now()
    return delegations.enter(
        appointment=absent,
        stand_in=stand_in.user,
        starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(days=1),
        reason="开会",
        by=accounts.actor(who),
        now=now,
    )


def test_stand_ins_of_another_town_are_out_of_sight(
    outside_coordinator: Appointment, deputy: Appointment, coordinator: Appointment, client_of: Browser
) -> None:
    row = accounts.stand_in(deputy, coordinator.user)
    browser = client_of(outside_coordinator)
    assert browser.get(f"/accounts/standing-in/{row.pk}/end/").status_code == 404
    offered = browser.get("/accounts/standing-in/new/").context["form"].fields["appointment"].queryset
    assert deputy not in offered


def test_nobody_is_offered_as_their_own_stand_in(
    deputy: Appointment, mayor: Appointment, client_of: Browser
) -> None:
    offered = client_of(deputy).get("/accounts/standing-in/new/").context["form"].fields["stand_in"].choices
    people = {key for key, _label in offered}
    assert str(mayor.user_id) in people
    assert str(deputy.user_id) not in people


def test_switching_posts_acts_in_the_chosen_one(
    coordinator: Appointment, deputy: Appointment, client_of: Browser
) -> None:
    row = accounts.stand_in(deputy, coordinator.user)
    browser = client_of(coordinator)
    answer = browser.post("/accounts/post/", {"post": f"d{row.pk}", "next": "/accounts/profile/"})
    assert answer.headers["Location"] == "/accounts/profile/"
    by = browser.get("/accounts/profile/").wsgi_request.actor  # type: ignore[attr-defined]
    assert (by.appointment, by.on_behalf_of) == (coordinator, deputy)


def test_switching_never_gives_a_post_that_is_not_held(
    clerk: Appointment, coordinator: Appointment, client_of: Browser
) -> None:
    browser = client_of(clerk)
    browser.post("/accounts/post/", {"post": f"a{coordinator.pk}", "next": "https://evil.example/"})
    by = browser.get("/accounts/profile/").wsgi_request.actor  # type: ignore[attr-defined]
    assert by.acting == clerk


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_switching_leads_to_no_other_site(target: str, clerk: Appointment, client_of: Browser) -> None:
    answer = client_of(clerk).post("/accounts/post/", {"post": f"a{clerk.pk}", "next": target})
    assert answer.headers["Location"] == "/"


def test_everybody_corrects_his_phone(clerk: Appointment, client_of: Browser) -> None:
    client_of(clerk).post("/accounts/profile/", {"phone": "13900001111", "email": "a@example.org"})
    clerk.user.refresh_from_db()
    assert (clerk.user.phone, clerk.user.email) == ("13900001111", "a@example.org")
