"""Logging in, staying in, being sent out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.middleware import LAST_SEEN
from accounts.models import Appointment
from audit.choices import Action
from audit.models import AccessEvent
from core import clock
from tests.factories.accounts import PASSWORD

LOGIN = "/accounts/login/"
Browser = Callable[[Appointment], Client]


def log_in(username: str, password: str = PASSWORD) -> Any:
    return Client().post(LOGIN, {"login": username, "password": password})


def logged(action: Action) -> list[tuple[int | None, str]]:
    rows = AccessEvent.objects.filter(action=action).order_by("pk")
    return list(rows.values_list("user_id", "target_label"))


def test_a_login_is_written_down(clerk: Appointment) -> None:
    assert log_in("t01.clerk").headers["Location"] == "/"
    assert logged(Action.LOGGED_IN) == [(clerk.user_id, "t01.clerk")]


def test_a_wrong_password_says_so_in_plain_words_and_is_written_down(clerk: Appointment) -> None:
    page = log_in("t01.clerk", "wrong")
    assert "账号或密码不对，请核对后再输入。" in page.content.decode()
    assert logged(Action.LOGIN_FAILED) == [(None, "t01.clerk")]


def test_what_was_typed_for_an_unknown_account_is_not_written_down(clerk: Appointment) -> None:
    log_in("my-secret-password-typed-too-early", "x")
    assert logged(Action.LOGIN_FAILED) == [(None, "")]


def test_a_logout_is_written_down(clerk: Appointment, client_of: Browser) -> None:
    client_of(clerk).post("/accounts/logout/")
    assert logged(Action.LOGGED_OUT) == [(clerk.user_id, "t01.clerk")]


def test_nobody_signs_up_himself(client: Client, db: None) -> None:
    page = client.get("/accounts/signup/")
    assert "password1" not in page.content.decode()


def test_too_many_wrong_passwords_lock_until_the_administrator_unlocks(
    clerk: Appointment, manager: Client
) -> None:
    for _ in range(5):
        log_in("t01.clerk", "wrong")
    assert "登录失败次数过多" in log_in("t01.clerk").content.decode()
    person = manager.get(f"/manage/users/{clerk.user_id}/")
    assert person.context["is_locked"]
    manager.post(f"/manage/users/{clerk.user_id}/unlock/")
    assert log_in("t01.clerk").status_code == 302


def test_a_one_time_password_is_changed_before_anything_else(clerk: Appointment, client_of: Browser) -> None:
    clerk.user.must_change_password = True
    clerk.user.save()
    browser = client_of(clerk)
    for address in ("/", "/accounts/profile/", "/accounts/standing-in/new/"):
        assert browser.get(address).headers["Location"] == "/accounts/password/change/"
    assert browser.get("/accounts/password/change/").status_code == 200
    new = "yi-shi-yi-di-2027"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser.post("/accounts/password/change/", given).headers["Location"] == "/"
    assert browser.get("/accounts/profile/").status_code == 200
    clerk.user.refresh_from_db()
    assert not clerk.user.must_change_password
    assert logged(Action.PASSWORD_CHANGED) == [(clerk.user_id, "t01.clerk")]


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123", "t01.clerk99"])
def test_weak_passwords_are_refused(weak: str, clerk: Appointment, client_of: Browser) -> None:
    given = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    page = client_of(clerk).post("/accounts/password/change/", given)
    assert page.status_code == 200
    assert page.context["form"].errors


@pytest.mark.parametrize("who", ["admin", "auditor", "county_office", "county_secretary", "department_head"])
def test_where_required_county_posts_enrol_a_device_first(
    who: str, request: pytest.FixtureRequest, client_of: Browser, settings: Any
) -> None:
    settings.REQUIRE_ONE_TIME_CODE = True
    appointment = request.getfixturevalue(who)
    browser = client_of(appointment)
    assert browser.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"
    Authenticator.objects.create(user=appointment.user, type=Authenticator.Type.TOTP, data={})
    assert "2fa" not in browser.get("/").headers.get("Location", "")


def test_a_town_post_enrols_none_but_a_second_county_post_asks_for_one(
    clerk: Appointment, county_office: Appointment, client_of: Browser, settings: Any
) -> None:
    settings.REQUIRE_ONE_TIME_CODE = True
    browser = client_of(clerk)
    assert "2fa" not in browser.get("/").headers.get("Location", "")
    Appointment.objects.filter(pk=county_office.pk).update(user=clerk.user)
    assert browser.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"


def idle(browser: Client, settings: Any) -> None:
    session = browser.session
    session[LAST_SEEN] = clock.now().timestamp() - settings.IDLE_SESSION_SECONDS - 5
    session.save()


def test_an_idle_session_ends_and_leads_back_after_login(
    clerk: Appointment, client_of: Browser, settings: Any
) -> None:
    browser = client_of(clerk)
    idle(browser, settings)
    answer = browser.get("/accounts/profile/")
    assert answer.headers["Location"] == f"{LOGIN}?next=/accounts/profile/"
    assert "刚才填写的内容还在" in browser.get(answer.headers["Location"]).content.decode()


def test_polling_keeps_no_session_alive(clerk: Appointment, client_of: Browser, settings: Any) -> None:
    browser = client_of(clerk)
    browser.get("/accounts/profile/")
    before = browser.session[LAST_SEEN]
    session = browser.session
    session[LAST_SEEN] = before - 600
    session.save()
    browser.get("/notifications/bell/")
    assert browser.session[LAST_SEEN] == before - 600
    browser.get("/accounts/profile/")
    assert browser.session[LAST_SEEN] >= before


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Autosave": "1"}])
def test_a_script_whose_session_ended_gets_401_and_the_way_back(
    headers: dict[str, str], clerk: Appointment, client_of: Browser, settings: Any
) -> None:
    browser = client_of(clerk)
    idle(browser, settings)
    where = {"HX-Current-URL": "http://testserver/disputes/new/?draft=7"}
    answer = browser.post("/accounts/profile/", {"phone": ""}, headers=headers | where)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=/disputes/new/%3Fdraft%3D7"


def test_polling_takes_nobody_away_from_what_he_types(
    clerk: Appointment, client_of: Browser, settings: Any
) -> None:
    browser = client_of(clerk)
    idle(browser, settings)
    answer = browser.get("/notifications/bell/", headers={"HX-Request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (401, False)


def test_the_way_back_is_never_another_site(clerk: Appointment) -> None:
    where = {"HX-Request": "true", "HX-Current-URL": "https://evil.example//evil.example/x"}
    answer = Client().get("/accounts/profile/", headers=where)
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=/"


def test_sessions_are_listed_on_the_profile(clerk: Appointment) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post(LOGIN, {"login": "t01.clerk", "password": PASSWORD})
    assert browsers[0].get("/accounts/profile/").context["sessions"] == 2
    browsers[0].post("/accounts/sessions/")
    assert browsers[1].get("/accounts/profile/").status_code == 302


def test_the_session_ends_with_the_browser(clerk: Appointment) -> None:
    answer = log_in("t01.clerk")
    assert answer.cookies["sessionid"]["max-age"] == ""


def test_a_moment_before_the_limit_nothing_ends(
    clerk: Appointment, client_of: Browser, settings: Any
) -> None:
    browser = client_of(clerk)
    session = browser.session
    limit = timedelta(seconds=settings.IDLE_SESSION_SECONDS - 30)
    session[LAST_SEEN] = (clock.now() - limit).timestamp()
    session.save()
    assert browser.get("/accounts/profile/").status_code == 200


def test_tab_leads_from_the_name_to_the_password_to_the_button_to_the_way_out(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    places = [
        page.index(mark) for mark in ('name="login"', 'name="password"', ">登录</button>", "忘记密码</a>")
    ]
    assert places == sorted(places)
    assert page.count("/accounts/password/reset/") == 1
