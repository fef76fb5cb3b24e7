"""No page for the anonymous, except those that say why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.architecture.test_url_role_walk import filled, routes

PUBLIC = {
    "accounts/login/": "where one signs in",
    "accounts/logout/": "only ends a session, and says so",
    "accounts/password/reset/": "for who cannot sign in; says the same whether the address is known or not",
    "accounts/password/reset/done/": "says that a message was sent",
    "accounts/password/reset/key/": "opened with the key out of the message",
    "accounts/inactive/": "tells who was switched off to ask the administrator",
    "accounts/confirm-email/": "opened out of a message, or says that one was sent",
    "accounts/signup/": "closed: the adapter refuses; the page says so",
    "accounts/2fa/authenticate/": "the second half of signing in",
    "i18n/": "the language switch",
    "metrics": "counters without personal data; only from this machine or with the token",
    "health": "asked by the operator's monitoring, as metrics",
    "demo/loading/": "how far the invented county is loaded, also told before signing in; empty elsewhere",
    "first-start/": "where a county is set up while there is none; its steps ask for the code of the terminal",
    "gallery/": "made-up samples; not there in production",
    "api/v1/schema/": "describes the API, holds no data",
    "api/v1/docs/": "describes the API, holds no data",
}
REFUSED = {401, 403, 404, 405}


def _addresses() -> Iterator[str]:
    for route in dict.fromkeys(routes(get_resolver().url_patterns)):
        address = filled(route, "t01-2026-000001")
        if address is not None:
            yield address.lstrip("/")


def _is_public(address: str) -> bool:
    return any(address.startswith(prefix) for prefix in PUBLIC)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_anonymous_get_nothing_but_the_login(method: str) -> None:
    client, open_to_all = Client(raise_request_exception=False), []
    for address in _addresses():
        if _is_public(address):
            continue
        answer = getattr(client, method)(f"/{address}", follow=True)
        sent_to_login = answer.request["PATH_INFO"] == "/accounts/login/"
        if not sent_to_login and answer.status_code not in REFUSED:
            open_to_all.append(f"{method} /{address}: {answer.status_code}")
    assert open_to_all == []


def test_each_exception_says_why() -> None:
    assert all(len(reason) > 10 for reason in PUBLIC.values())
