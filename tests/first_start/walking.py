"""The pages of the first start as a browser would fill them in."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from first_start.services.opening import issue_code
from tests.first_start.county import PLACES

PASSWORD = "mountain-tea-and-rain-9"
STEPS = ("places", "units", "departments", "people", "calendar", "check")


def let_in() -> Client:
    client = Client()
    answer = client.post("/first-start/", {"code": issue_code(now=timezone.now())})
    assert answer.status_code == 302, answer.content.decode()
    return client


def as_shown(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send of the page's form as it stands."""
    context = client.get(path).context
    sent: dict[str, Any] = {}
    for form in [context["form"], *[row for formset in context.get("formsets", []) for row in formset]]:
        for field in form:
            value = field.value()
            if value not in (None, False, "") and field.name != "file":
                sent[field.html_name] = value
    for formset in context.get("formsets", []):
        for field in formset.management_form:
            sent[field.html_name] = field.value()
    return sent


def officers(**changes: str) -> dict[str, str]:
    said = {
        "administrator_username": "chen.admin",
        "administrator_name": "陈一",
        "security_username": "li.security",
        "security_name": "李二",
        "auditor_username": "wang.audit",
        "auditor_name": "王三",
        "password": PASSWORD,
        "again": PASSWORD,
        "others-TOTAL_FORMS": "0",
        "others-INITIAL_FORMS": "0",
    }
    return said | changes


def answer_all(client: Client, **people: str) -> None:
    for step, sent in (
        ("places", {"text": PLACES}),
        ("units", None),
        ("departments", None),
        ("people", officers(**people)),
        ("calendar", {"text": ""}),
    ):
        path = f"/first-start/{step}/"
        answer = client.post(path, as_shown(client, path) if sent is None else sent)
        assert answer.status_code == 302, (step, answer.context["form"].errors)


def superuser() -> Client:
    call_command(
        "createsuperuser",
        interactive=False,
        username="first",
        name="张一",
        email="a@b.example",
        stdout=StringIO(),
    )
    client = Client()
    client.force_login(User.objects.get(username="first"))
    return client
