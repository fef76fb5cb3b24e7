"""When the server says that a form was taken, and when it must not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Appointment, KeptForm
from disputes.models import Dispute
from tests.factories.disputes import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
ClientOf = Callable[[Appointment], Client]
KEPT = "/accounts/kept/"


@pytest.fixture
def dispute(clerk: Appointment, monday: datetime, reference_data: None) -> Dispute:
    return registered(clerk, monday)


@pytest.fixture
def page(dispute: Dispute) -> str:
    return f"/disputes/{dispute.number}/steps/decline/"


def keep(client: Client, page: str, **values: str) -> Any:
    sent = {
        "key": f"{page}#",
        "page": page,
        "values": json.dumps({name: [text] for name, text in values.items()}),
    }
    return client.post(KEPT, sent)


def test_typing_is_kept_and_asked_for(client_of: ClientOf, coordinator: Appointment, page: str) -> None:
    client = client_of(coordinator)
    assert keep(client, page, reason="不属于本镇管辖").status_code == 204
    forms = client.get(KEPT, {"page": page}).json()["forms"]
    assert forms[f"{page}#"]["values"] == {"reason": ["不属于本镇管辖"]}
    client.post(KEPT, {"key": f"{page}#", "forget": "1"})
    assert client.get(KEPT, {"page": page}).json() == {"forms": {}}


@pytest.mark.parametrize("values", ["", "[]", "3", '{"a": 1}', "{", "null", "[" * 5000])
def test_what_no_form_sends_is_refused(client_of: ClientOf, coordinator: Appointment, values: str) -> None:
    answer = client_of(coordinator).post(KEPT, {"key": "k", "page": "/", "values": values})
    assert answer.status_code == 422


def test_a_form_that_was_taken_is_forgotten_here_and_in_the_tab(
    client_of: ClientOf, coordinator: Appointment, page: str, dispute: Dispute
) -> None:
    client = client_of(coordinator)
    keep(client, page, reason="不属于")
    sent = {
        "reason": "不属于受理范围",
        "routes": ["litigation"],
        "version": dispute.version,
        "_kept": f"{page}#",
    }
    answer = client.post(page, sent)
    assert answer.status_code == 302
    assert not KeptForm.objects.exists()
    assert page.replace("/", "%2F") in answer.cookies["kept_done"].value


def test_a_form_with_mistakes_stays_kept(client_of: ClientOf, coordinator: Appointment, page: str) -> None:
    client = client_of(coordinator)
    keep(client, page, reason="不属于")
    answer = client.post(page, {"reason": "", "_kept": f"{page}#"})
    assert "kept_done" not in answer.cookies
    assert KeptForm.objects.exists()


def test_a_form_sent_after_the_session_was_over_stays_kept_and_leads_back_to_its_page(
    client_of: ClientOf, coordinator: Appointment, page: str
) -> None:
    keep(client_of(coordinator), page, reason="不属于")
    answer = Client().post(
        page, {"reason": "x", "_kept": f"{page}#"}, headers={"Referer": f"http://testserver{page}"}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(
        settings.LOGIN_URL if settings.LOGIN_URL.startswith("/") else "/accounts/login/"
    )
    assert page.replace("/", "%2F") in answer["Location"].replace("/", "%2F")
    assert "kept_done" not in answer.cookies
    assert KeptForm.objects.exists()


def test_after_signing_in_nobody_lands_on_an_address_that_only_takes_forms(dispute: Dispute) -> None:
    """Adding a paper is a POST of its own; its form stands on the dispute's page."""
    page = f"/disputes/{dispute.number}/"
    answer = Client().post(f"{page}attachments/", headers={"Referer": f"http://testserver{page}"})
    assert answer["Location"].endswith(f"?next={page}")


def test_another_site_is_no_way_back(dispute: Dispute) -> None:
    page = f"/disputes/{dispute.number}/steps/decline/"
    answer = Client().post(page, headers={"Referer": "https://example.org//evil/"})
    assert "example.org" not in answer["Location"]
    assert "?next=//" not in answer["Location"]


def test_a_changed_token_leads_back_to_the_page_with_the_text(coordinator: Appointment, page: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator.user)
    answer = client.post(page, {"reason": "x"}, headers={"Referer": f"http://testserver{page}"})
    assert answer.status_code == 403
    assert f'href="{page}"' in answer.content.decode()


@pytest.mark.parametrize("way", ["print", "link"])
def test_a_form_answered_with_a_page_of_its_own_was_taken_too(
    client_of: ClientOf, security: Appointment, clerk: Appointment, way: str
) -> None:
    page = f"/manage/users/{clerk.user_id}/password/"
    client = client_of(security)
    keep(client, page, way=way)
    answer = client.post(page, {"way": way, "_kept": f"{page}#"})
    assert page.replace("/", "%2F") in answer.cookies["kept_done"].value
    assert not KeptForm.objects.exists()
