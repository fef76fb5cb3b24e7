"""What a service refuses is shown in the form it came from, the same on every page: a person learns it once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from core.errors import DomainError, InvalidInput, WrongState
from tests.architecture.walked_county import build, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ClientOf = Callable[[Appointment], Client]
SUMMARY = re.compile(r'<div class="error-summary".*?</ul>', re.DOTALL)
REASON, SAID = "已经电话核对过，情况属实。", "刚才别人已经办了，请刷新页面核对。"


@dataclass(frozen=True)
class Page:
    """A page with a form, somebody who may send it, the service it stands in front of, and what is typed."""

    route: str
    who: str
    service: str
    typed: dict[str, Any] = field(default_factory=dict)


PAGES = [
    Page("manage/users/<int:pk>/edit/", "admin", "accounts.services.users.edit", {"name": "张三"}),
    Page("manage/places/<int:pk>/", "admin", "jurisdictions.services.places.edit", {"name": "青石镇"}),
    Page("accounts/profile/", "t01.clerk", "accounts.services.users.edit"),
    Page(
        "calendars/days/<str:day>/",
        "admin",
        "calendars.services.plans.set_day",
        {"kind": "normal"},
    ),
    Page(
        "notifications/hours/",
        "admin",
        "notifications.services.settings.set_hours",
        {"effective_from": "2026-12-01", "opens": "09:00", "closes": "17:00", "source": "县政府通知"},
    ),
    Page(
        "disputes/<str:number>/steps/<str:step>/",
        "t01.justice",
        "disputes.services.steps.take",
        {"text": REASON, "version": 1},
    ),
    Page(
        "disputes/<str:number>/parties/<int:party_id>/",
        "t01.justice",
        "disputes.services.unmask.reveal",
        {"reason": REASON},
    ),
    Page(
        "disputes/texts/new/",
        "t01.justice",
        "disputes.services.canned_texts.add",
        {"field": "account", "text": REASON},
    ),
    Page(
        "warnings/requests/<int:request_id>/",
        "t01.secretary",
        "early_warning.services.levels.decide_request",
        {"granted": "true", "note": REASON},
    ),
    Page(
        "warnings/phone/<int:task_id>/",
        "t01.duty",
        "early_warning.services.phone.report_by_phone",
        {"reached": "true", "answer": REASON},
    ),
    Page(
        "warnings/case-leaders/<str:number>/progress/",
        "t01.deputy",
        "responsibility.services.case_leaders.report_progress",
        {"account": REASON},
    ),
    Page(
        "warnings/letters/<int:letter_id>/reply/",
        "t01.coordinator",
        "responsibility.services.letters.reply",
        {"account": REASON},
    ),
    Page(
        "warnings/danger/<str:number>/clear/",
        "t01.coordinator",
        "early_warning.services.dangers.clear",
        {"reason": REASON},
    ),
]


def refusing(error: DomainError) -> Callable[..., None]:
    def refuse(*_args: object, **_given: object) -> None:
        raise error

    return refuse


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    "error", [WrongState(SAID), InvalidInput({"__all__": [SAID]})], ids=["no longer fits", "wrong input"]
)
def test_a_refusal_looks_the_same_on_every_page(
    error: DomainError,
    people: dict[str, Appointment],
    client_of: ClientOf,
    monday: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    samples = build(people, monday)
    shown, lost = {}, []
    for page in PAGES:
        with monkeypatch.context() as patched, transaction.atomic():
            patched.setattr(page.service, refusing(error))
            answer = client_of(people[page.who]).post(filled(page.route, samples), page.typed)
            html = answer.content.decode()
            summary = SUMMARY.search(html)
            shown[page.route] = summary.group() if summary else f"{answer.status_code}: no summary"
            if REASON in page.typed.values() and REASON not in html:
                lost.append(page.route)
            transaction.set_rollback(True)
    assert {route: words(html) for route, html in shown.items()} == dict.fromkeys(
        shown, f"还有内容需要改正 {SAID}"
    )
    assert len({re.sub(r"\s+", " ", html) for html in shown.values()}) == 1
    assert lost == []
