"""What is shown to somebody signed in stays in no cache; what holds nothing personal may."""

from __future__ import annotations

from django.test import Client

from accounts.models import Appointment
from tests.factories.accounts import api_client_of, client_of

KEPT_NOWHERE = "no-store"


def test_pages_and_answers_with_personal_data_are_kept_nowhere(
    clerk: Appointment, reference_data: None
) -> None:
    browser, machine = client_of(clerk), api_client_of(clerk)
    for path in (
        "/",
        "/disputes/",
        "/disputes/new/",
        "/accounts/profile/",
        "/nowhere/",
        "/disputes/t01-2026-1/",
    ):
        assert KEPT_NOWHERE in browser.get(path)["Cache-Control"], path
    for path in ("/api/v1/disputes/", "/api/v1/categories/", "/api/v1/nowhere/"):
        assert KEPT_NOWHERE in machine.get(path)["Cache-Control"], path


def test_the_bell_still_answers_that_nothing_changed(clerk: Appointment) -> None:
    browser = client_of(clerk)
    first = browser.get("/notifications/bell/")
    assert first["Cache-Control"] == "private, no-cache"
    assert browser.get("/notifications/bell/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_login_page_may_be_kept_as_its_library_says(db: None) -> None:
    assert "no-store" in Client().get("/accounts/login/").get("Cache-Control", "no-store")
