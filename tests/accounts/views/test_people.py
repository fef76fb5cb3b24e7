"""Stand-ins, posts and tokens as their holders meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts import actors
from accounts.models import ApiToken, Appointment, Delegation
from accounts.services import delegations
from core import clock
from core.actor import Actor
from notifications.models import Notice
from tests.factories import accounts

Browser = Callable[[Appointment], Client]


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
