"""Who may open the pages of people and structure, and that they open."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Appointment
from accounts.services import tokens
from administration import urls
from core.clock import now
from jurisdictions.models import Place, Sector
from tests.factories import accounts

OUTSIDERS = ("clerk", "coordinator", "deputy", "handler", "village", "mediator", "county_office", "auditor")
BY_POST_ONLY = {"user_unlock"}


def addresses(people: dict[str, Appointment]) -> dict[str, str]:
    """One address for every page under /manage/."""
    clerk = people["t01.clerk"]
    token, _secret = tokens.issue(appointment=clerk, by=accounts.actor(clerk), now=now())
    place, sector = Place.objects.get(alias="t01"), Sector.objects.get(alias="nr")
    keys = {
        "organization": "t01.centre",
        "post_add": "t01.centre",
        "place": place.pk,
        "sector": sector.pk,
        "post": clerk.post_id,
        "user": clerk.user_id,
        "appoint": clerk.user_id,
        "token_issue": clerk.user_id,
        "appointment": clerk.pk,
        "token_revoke": token.pk,
        "options": "post",
    }
    found = {}
    for pattern in urls.urlpatterns:
        name = str(pattern.name)
        takes = pattern.pattern.converters
        key = keys.get(name) or next((keys[word] for word in keys if name.startswith(f"{word}_")), None)
        found[name] = reverse(f"manage:{name}", args=[key] if takes else [])
    return found


# What gives or takes a right is the security administrator's, people's and structure's data the system's.
SHARED = {"start", "options", "users", "user", "organizations", "organization", "vacant_posts"}
RIGHTS = {
    *("user_state", "user_password", "user_codes", "post_hold", "appoint", "appointment_end"),
    *("tokens", "token_issue", "token_revoke"),
}


@pytest.mark.parametrize(("who", "opens"), [("house", False), ("manager", True)])
def test_every_page_opens_for_one_of_the_two_administrators(
    who: str, opens: bool, request: pytest.FixtureRequest, people: dict[str, Appointment]
) -> None:
    browser: Client = request.getfixturevalue(who)
    for name, address in addresses(people).items():
        if name in BY_POST_ONLY:
            continue
        expected = 200 if name in SHARED or (name in RIGHTS) is opens else 403
        assert browser.get(address, follow=name == "start").status_code == expected, name


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_page_opens_for_other_posts(
    who: str,
    request: pytest.FixtureRequest,
    people: dict[str, Appointment],
    client_of: Callable[[Appointment], Client],
) -> None:
    browser = client_of(request.getfixturevalue(who))
    answers = {
        name: browser.get(url, follow=name == "start").status_code for name, url in addresses(people).items()
    }
    assert set(answers.values()) == {403}, answers


def test_the_anonymous_are_sent_to_the_login_page(client: Client, people: dict[str, Appointment]) -> None:
    for name, address in addresses(people).items():
        if name != "start":
            assert client.get(address).headers["Location"].startswith("/accounts/login/"), name


@pytest.mark.parametrize("name", ["users", "organizations", "places", "vacant_posts", "tokens", "sectors"])
def test_lists_take_as_many_queries_for_many_rows(
    name: str,
    manager: Client,
    house: Client,
    people: dict[str, Appointment],
    django_assert_max_num_queries: Callable,
) -> None:
    """The whole small county has 30 people; a page shows at most 50 rows."""
    with django_assert_max_num_queries(14):
        browser = house if name in {"places", "sectors"} else manager
        assert browser.get(reverse(f"manage:{name}")).status_code == 200


def test_a_list_is_narrowed_by_what_is_typed(manager: Client) -> None:
    page = manager.get("/manage/users/?q=青石镇综治中心")
    assert [row.username for row in page.context["page"]["rows"]] == [
        "t01.clerk",
        "t01.coordinator",
        "t01.duty",
    ]


def test_long_lists_have_pages(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.pages.PAGE", 5)
    first = manager.get("/manage/users/?q=t01").context["page"]
    assert (len(first["rows"]), first["previous"]) == (5, "")
    second = manager.get(f"/manage/users/{first['next']}").context["page"]
    assert second["previous"]
    assert {row.pk for row in first["rows"]} & {row.pk for row in second["rows"]} == set()


@pytest.mark.parametrize("address", ["?page=99", "?page=x", "?state=nonsense", "?q=" + "长" * 500])
def test_nonsense_in_the_address_is_no_fault(manager: Client, address: str) -> None:
    assert manager.get(f"/manage/users/{address}").status_code == 200


@pytest.mark.parametrize("address", ["/manage/users/?q=%00", "/api/v1/places/?parent=a%00b", "/manage/%00/"])
def test_a_null_byte_in_the_address_is_400(manager: Client, address: str) -> None:
    assert manager.get(address).status_code == 400


def test_an_unknown_place_is_404(house: Client) -> None:
    assert house.get("/manage/places/?within=000000").status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("place", "qsz", "369901101"),
        ("organization", "司法所", "t01.justice"),
        ("user", "t01.cle", "t01.clerk"),
    ],
)
def test_typing_offers_what_fits(manager: Client, kind: str, typed: str, value: str) -> None:
    Place.objects.filter(alias="t01").update(pinyin="qsz")
    results = manager.get(f"/manage/options/{kind}/?q={typed}").json()["results"]
    assert results[0]["value"] == value
    assert set(results[0]) == {"value", "label", "note"}
