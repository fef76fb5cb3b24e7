"""Wrong passwords and codes: counted for account and address together, in PostgreSQL, with growing waits.

The waits are the order's own table: after the fifth failure 1 minute, then 2, 4, 8, 16, 32, then an hour.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.errors import TooManyAttempts
from accounts.models import Appointment, LoginAttempts
from accounts.rules.waits import wait_after
from accounts.services import lockout
from core import clock, crypto
from core.cache import FailOpenRedisCache
from tests.accounts.test_login import LOGIN
from tests.factories.accounts import PASSWORD

MINUTE = timedelta(minutes=1)
TABLE = {1: 0, 4: 0, 5: 1, 6: 2, 7: 4, 8: 8, 9: 16, 10: 32, 11: 60, 12: 60, 500: 60}
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(("failures", "minutes"), TABLE.items())
def test_each_failure_beyond_the_fifth_doubles_the_wait(failures: int, minutes: int) -> None:
    wait = wait_after(failures, free=5, first=MINUTE, longest=60 * MINUTE)
    assert wait == minutes * MINUTE


@pytest.mark.django_db
def test_the_rows_keep_the_same_table(monday: datetime) -> None:
    moment, subject = monday, lockout.password_of("t01.clerk")
    for failures in range(1, 13):
        lockout.count(subject, HOME, moment)
        row = LoginAttempts.objects.get()
        assert (row.failures, row.closed_until - moment) == (failures, TABLE.get(failures, 0) * MINUTE)
        if row.closed_until > moment:
            with pytest.raises(TooManyAttempts):
                lockout.count(subject, HOME, row.closed_until - timedelta(seconds=1))
        moment = row.closed_until
    assert LoginAttempts.objects.get().failures == 12  # what was refused did not count


def log_in(password: str, address: str = HOME, username: str = "t01.clerk") -> Any:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"login": username, "password": password})


def guesses(number: int, **where: str) -> int:
    """How many of them were read at all."""
    return sum("登录失败次数过多" not in log_in("wrong", **where).content.decode() for _ in range(number))


@pytest.mark.parametrize("cache_away", [False, True])
def test_of_sixty_guesses_five_are_read_with_and_without_redis(
    cache_away: bool, clerk: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cache_away:
        monkeypatch.setattr(
            "core.cache.FailOpenRedisCache._try", lambda self, method, default, *a, **k: default
        )
    assert guesses(60) == 5
    assert "登录失败次数过多" in log_in(PASSWORD).content.decode()


def test_the_cache_of_the_tests_is_the_products() -> None:
    assert type(caches["default"]) is FailOpenRedisCache


def test_an_account_is_closed_to_that_address_alone(clerk: Appointment, coordinator: Appointment) -> None:
    guesses(6)
    assert log_in(PASSWORD, ELSEWHERE).status_code == 302
    assert log_in(PASSWORD, username="t01.coordinator").status_code == 302


def test_a_whole_office_behind_one_address_signs_in(people: dict[str, Appointment]) -> None:
    for username in list(people)[:8]:
        guesses(2, username=username)
    assert all(log_in(PASSWORD, username=username).status_code == 302 for username in list(people)[:8])


def test_the_right_password_forgets_the_wrong_ones(clerk: Appointment) -> None:
    guesses(4)
    log_in(PASSWORD)
    assert not LoginAttempts.objects.exists()


def test_what_was_typed_is_not_kept(clerk: Appointment) -> None:
    guesses(1, username="my-secret-typed-too-early")
    assert "secret" not in str(LoginAttempts.objects.values_list())


def test_an_attempt_costs_one_statement(clerk: Appointment, monday: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        lockout.count(lockout.password_of("t01.clerk"), HOME, monday)
    assert len(asked) == 1


def test_signing_in_again_is_counted_too(clerk: Appointment) -> None:
    browser = Client(REMOTE_ADDR=HOME)
    browser.force_login(clerk.user)
    pages = [browser.post("/accounts/reauthenticate/", {"password": "wrong"}) for _ in range(8)]
    refused = ["登录失败次数过多" in page.content.decode() for page in pages]
    assert refused == [False] * 5 + [True] * 3


def test_the_old_password_of_a_change_is_counted_too(clerk: Appointment) -> None:
    browser = Client(REMOTE_ADDR=HOME)
    browser.force_login(clerk.user)
    new = {"password1": "yi-shi-yi-di-2027", "password2": "yi-shi-yi-di-2027"}
    for _ in range(4):
        browser.post("/accounts/password/change/", new | {"oldpassword": "wrong"})
    assert LoginAttempts.objects.get().failures == 4
    assert browser.post("/accounts/password/change/", new | {"oldpassword": PASSWORD}).status_code == 302
    assert not LoginAttempts.objects.exists()


def test_one_time_codes_are_counted_too(clerk: Appointment) -> None:
    Authenticator.objects.create(
        user=clerk.user, type=Authenticator.Type.TOTP, data={"secret": _encrypted("JBSWY3DPEHPK3PXP")}
    )
    browser = Client(REMOTE_ADDR=HOME)
    browser.post(LOGIN, {"login": "t01.clerk", "password": PASSWORD})
    pages = [browser.post("/accounts/2fa/authenticate/", {"code": "000000"}) for _ in range(8)]
    refused = ["登录失败次数过多" in page.content.decode() for page in pages]
    assert refused == [False] * 5 + [True] * 3


def _encrypted(secret: str) -> str:
    return crypto.encrypt(secret)


def test_a_day_without_failure_starts_anew_and_old_rows_go(clerk: Appointment, monday: datetime) -> None:
    subject = lockout.password_of("t01.clerk")
    for _ in range(4):
        lockout.count(subject, HOME, monday)
    later = monday + timedelta(days=1, seconds=1)
    lockout.count(subject, HOME, later)
    assert LoginAttempts.objects.get().failures == 1
    assert lockout.forget_old(now=later) == 0
    assert lockout.forget_old(now=later + timedelta(days=2)) == 1


def test_an_ipv6_household_is_one_address(clerk: Appointment) -> None:
    now = clock.now()
    for number in range(5):
        lockout.count("x", f"2001:db8:1:2::{number + 1}", now)
    with pytest.raises(TooManyAttempts):
        lockout.count("x", "2001:db8:1:2::99", now)
    lockout.count("x", "2001:db8:1:3::1", now)
