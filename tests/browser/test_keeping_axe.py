"""The pages that keep the house (places, people, limits, messages, account): usable on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from accounts.models import Appointment
from tests.browser.fixtures import DESKTOP, PHONE, cells_are_whole, does_not_scroll_sideways
from tests.browser.test_pages_axe import WALKS

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]

Visit = Callable[..., Page]
Check = Callable[[Page], None]
KEEPING = {
    "admin": (
        "/manage/places/",
        "/manage/places/new/",
        "/manage/places/import/",
        "/manage/sectors/",
        "/manage/sectors/new/",
        "/manage/organizations/",
        "/manage/organizations/new/",
        "/manage/posts/vacant/",
        "/manage/users/",
        "/manage/users/new/",
        "/calendars/",
        "/calendars/rules/",
        "/calendars/rules/new/",
        "/calendars/calculator/",
        "/notifications/failures/",
        "/notifications/channels/",
        "/notifications/hours/",
        "/disputes/retention/",
        "/disputes/retention/new/",
        "/disputes/catalogue/",
        "/disputes/catalogue/new/",
    ),
    "security": (
        "/manage/users/",
        "/manage/organizations/",
        "/manage/posts/vacant/",
        "/manage/tokens/",
        "/accounts/standing-in/",
        "/accounts/standing-in/new/",
    ),
    "auditor": ("/disputes/ledger/check/seals/",),
    "t01.coordinator": (
        "/disputes/ledger/imports/",
        "/warnings/imported/",
        "/disputes/ledger/exports/",
        "/disputes/ledger/names/",
        "/disputes/ledger/columns/",
        "/disputes/code/",
        "/disputes/texts/",
        "/disputes/texts/new/",
        "/calendar/subscription/",
        "/notifications/preferences/",
        "/palette/",
        "/help/",
        "/help/first-day/",
        "/accounts/profile/",
        "/accounts/standing-in/",
        "/accounts/standing-in/new/",
        "/accounts/password/change/",
        "/accounts/sessions/",
        "/accounts/2fa/",
        "/accounts/logout/",
    ),
}
# Pages without an address of their own in the walks, and why.
ELSEWHERE = {
    "answers to a form or a script": (
        "/disputes/ledger/bulk/",
        "/disputes/ledger/views/",
        "/disputes/ledger/export/",
        "/disputes/printed/",
        "/disputes/ledger/imports/template/",
        "/disputes/pick/places/",
        "/disputes/pick/units/",
        "/disputes/pick/texts/",
        "/calendar/subscription/new/",
        "/calendar/subscription/withdraw/",
        "/disputes/pick/accused/",
        "/disputes/pick/bulk-units/",
        "/warnings/responsibility/preview/",
        "/warnings/letters/units/",
        "/warnings/responsibility/leaders/",
        "/warnings/classify/",
        "/notifications/bell/",
        "/palette/options/",
        "/help/first-day/left/",
        "/demo/loading/",
        "/notifications/read-all/",
        "/notifications/read-group/",
        "/accounts/post/",
        "/i18n/setlang/",
        "/metrics",
        "/manage/",
    ),
    "checked in a test of their own": (
        "/first-start/",
        *(
            f"/first-start/{step}/"
            for step in ("places", "units", "departments", "people", "calendar", "check")
        ),
        "/gallery/",
        "/gallery/paper/",
        "/accounts/login/",
        "/warnings/",
        "/warnings/past/",
        "/warnings/board/",
        "/warnings/phone/",
        "/warnings/policies/",
    ),
}
# allauth's own: switched off, or steps of a login that the walks take.
OF_ALLAUTH = "/accounts/"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("username", KEEPING)
def test_the_pages_that_keep_the_house_are_usable_by_everybody(
    visit: Visit, axe: Check, people: dict[str, Appointment], username: str, size: dict[str, int]
) -> None:
    page = visit(people[username], size=size)
    for path in KEEPING[username]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        axe(page)
        assert does_not_scroll_sideways(page), path
        assert cells_are_whole(page), path


def test_no_page_is_left_out() -> None:
    walked = {path for walks in (WALKS, KEEPING, ELSEWHERE) for paths in walks.values() for path in paths}
    known = {path for path in pages() if not path.startswith(OF_ALLAUTH)}
    assert known - walked == set()


def pages() -> Iterator[str]:
    """Addresses without a parameter, the API's and the health check's apart."""
    for path in addresses(get_resolver().url_patterns, "/"):
        if not any(mark in path for mark in ("<", "^", "/api/", "/health")):
            yield path


def addresses(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield path
