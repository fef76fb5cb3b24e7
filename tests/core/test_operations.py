"""Monitoring is for this machine, or for who has the token; no proxy's word makes anybody else of it."""

from __future__ import annotations

import pytest
from django.test import Client

PAGES = ("/metrics", "/health/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.5"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "10.0.0.5", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "10.0.0.5"}, 404),
        ({"REMOTE_ADDR": "10.0.0.5", "HTTP_AUTHORIZATION": "Bearer 秘密".encode().decode("latin-1")}, 404),
        ({"REMOTE_ADDR": "10.0.0.5", "HTTP_AUTHORIZATION": "Bearer the-token"}, 200),
        ({"REMOTE_ADDR": "10.0.0.5", "HTTP_AUTHORIZATION": "Token the-token"}, 404),
        ({"REMOTE_ADDR": "10.0.0.5", "HTTP_AUTHORIZATION": "Bearer "}, 404),
    ],
)
def test_only_this_machine_or_the_token(
    page: str, asked: dict[str, str], status: int, db: None, settings
) -> None:
    settings.METRICS_TOKEN = "the-token"
    assert Client().get(page, **asked).status_code == status


def test_without_a_token_set_none_opens(db: None, settings) -> None:
    settings.METRICS_TOKEN = ""
    for page in PAGES:
        assert Client().get(page, REMOTE_ADDR="10.0.0.5", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_health_says_what_answers(db: None, settings) -> None:
    assert Client().get("/health/").json() == {"database": True, "broker": True}
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = Client().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "broker": False})
