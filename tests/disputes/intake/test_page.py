"""The intake page through the browser's eyes: what is offered, what is refused, what comes after."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Attachment, Dispute, IdempotencyKey, IntakeDraft
from tests.disputes.intake.conftest import PDF, filled, upload

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]


@pytest.fixture
def browser(clerk: Appointment, client_of: ClientOf, by: Actor) -> Client:
    return client_of(clerk)


def address(key: UUID) -> str:
    return f"{reverse('disputes:new')}?draft={key}"


def post(browser: Client, key: UUID, **changes: Any) -> HttpResponse:
    return browser.post(address(key), filled(**changes))


def saved(answer: HttpResponse) -> Dispute:
    assert answer.status_code == 302, re.findall(r"error-summary.*?</div>", answer.content.decode(), re.S)
    return Dispute.objects.latest("pk")


def test_the_address_gets_a_key_so_that_nothing_typed_is_lost(browser: Client) -> None:
    answer = browser.get(reverse("disputes:new"))
    assert answer.status_code == 302
    assert re.search(r"\?draft=[0-9a-f-]{36}$", answer["Location"])


def test_the_form_offers_the_clerks_own_town(browser: Client, clerk: Appointment, key: UUID) -> None:
    page = browser.get(address(key)).content.decode()
    assert f'value="{clerk.post.organization.place.code}"' in page
    assert 'data-label="青石镇"' in page


def test_an_ordinary_quarrel_is_registered_with_what_a_clerk_must_type(browser: Client, key: UUID) -> None:
    dispute = saved(post(browser, key))
    assert dispute.number.startswith("t01-")
    assert dispute.title == "张某与李某的邻里纠纷"
    assert dispute.people_count == 2
    assert dispute.place.name == "上湾村"
    assert [party.name for party in dispute.parties.all()] == ["张建国", "李大山"]


def test_the_page_after_saving_shows_number_query_code_and_receipts(browser: Client, key: UUID) -> None:
    answer = browser.post(address(key), filled(), follow=True)
    page = answer.content.decode()
    dispute = Dispute.objects.get()
    assert dispute.display_number in page
    assert re.search(r"\b\d{8}\b", page)
    assert reverse("disputes:paper", args=[dispute.number, "receipt"]) in page


def test_sending_twice_registers_once(browser: Client, key: UUID) -> None:
    first, second = post(browser, key), post(browser, key)
    assert first["Location"] == second["Location"]
    assert Dispute.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_the_same_form_with_other_words_is_a_conflict_that_names_the_number(
    browser: Client, key: UUID
) -> None:
    dispute = saved(post(browser, key))
    answer = post(browser, key, narrative="又发生了另一件事情。")
    assert answer.status_code == 409
    assert dispute.display_number in answer.content.decode()
    assert Dispute.objects.count() == 1


def test_registering_takes_the_drafts_files_and_ends_the_draft(browser: Client, key: UUID) -> None:
    browser.post(reverse("disputes:draft_upload", args=[key]), {"files": [upload()]})
    dispute = saved(post(browser, key))
    assert Attachment.objects.get().dispute == dispute
    assert not IntakeDraft.objects.exists()
    assert dispute.trail.filter(step="paper_added").count() == 1


def test_files_sent_with_the_form_itself_are_kept_too(browser: Client, key: UUID) -> None:
    dispute = saved(
        browser.post(address(key), filled() | {"files": [upload(PDF, "a.pdf"), upload(PDF, "b.pdf")]})
    )
    assert [row.name for row in dispute.attachments.all()] == ["a.pdf", "b.pdf"]


def test_a_group_is_one_entry_with_its_head_count(browser: Client, key: UUID) -> None:
    group = {"parties-0-kind": "group", "parties-0-name": "21 名工人", "parties-0-head_count": "21"}
    dispute = saved(post(browser, key, **group))
    assert dispute.parties.get(kind="group").head_count == 21
    assert dispute.people_count == 22


def test_rows_left_blank_or_removed_are_no_parties(browser: Client, key: UUID) -> None:
    rows = {
        "parties-TOTAL_FORMS": "3",
        "parties-1-DELETE": "on",
        "parties-2-role": "applicant",
        "parties-2-kind": "natural",
    }
    assert saved(post(browser, key, **rows)).parties.count() == 1


def test_settling_on_the_spot_is_the_same_form(browser: Client, key: UUID) -> None:
    dispute = saved(post(browser, key, settle_on_spot="on", spot_way="written", spot_account="各让一步。"))
    assert dispute.status == "settled"
    assert dispute.result_summary == "各让一步。"


def test_who_the_complaint_is_about_is_barred_and_the_county_takes_over(
    browser: Client, key: UUID, village: Appointment
) -> None:
    accused = {
        "accused-TOTAL_FORMS": "2",
        "accused-0-who": "unit:t01.centre",
        "accused-1-who": f"person:{village.user.username}",
    }
    dispute = saved(post(browser, key, **accused))
    assert dispute.managing_org.code == "county.centre"
    assert {mark.organization_id or mark.user_id for mark in dispute.conflict_marks.all()}


def test_the_accused_and_the_place_can_be_named_without_the_lists(browser: Client, key: UUID) -> None:
    rows = {"accused-TOTAL_FORMS": "1", "accused-0-who": "青石镇派出所", "place": "青石镇石桥村"}
    dispute = saved(post(browser, key, **rows))
    assert dispute.conflict_marks.get().organization.code == "t01.police"
    assert dispute.place_name == "青石镇石桥村"


def test_jurisdiction_facts_are_kept_as_stated(browser: Client, key: UUID, places: dict[str, Any]) -> None:
    facts = {
        "other_towns": [places["t02"].code],
        "sectors": ["labour"],
        "unit_relation": "inside",
        "unit": "unit01",
    }
    dispute = saved(post(browser, key, **facts))
    assert dispute.involved_towns == [places["t01"].code, places["t02"].code]
    assert dispute.involved_sectors == ["labour"]
    assert (dispute.unit_name, dispute.unit_relation) == ("青岚陶瓷厂", "inside")


def test_danger_is_kept_with_who_was_told(browser: Client, key: UUID) -> None:
    danger = {"danger": "on", "danger_told": "派出所王警官", "danger_told_at": "2026-03-02T09:10"}
    dispute = saved(post(browser, key, **danger))
    assert dispute.danger
    assert dispute.danger_told == "派出所王警官"
    assert dispute.trail.get(step="register").texts.get(name="danger_told").text == "派出所王警官"


def test_what_cannot_be_seen_by_others_stays_so(
    browser: Client, key: UUID, outsider: Appointment, client_of: ClientOf
) -> None:
    saved(post(browser, key))
    other = client_of(outsider)
    assert other.get(reverse("disputes:registered", args=[key])).status_code == 302
    assert other.get(reverse("disputes:drafts")).status_code == 200


@pytest.mark.parametrize("who", ["handler", "deputy", "auditor", "admin"])
def test_who_does_not_register_gets_no_form(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf, by: Actor
) -> None:
    assert client_of(request.getfixturevalue(who)).get(address(uuid4())).status_code == 403


def test_an_expired_session_comes_back_to_the_same_form(client: Client, key: UUID) -> None:
    answer = client.post(address(key), filled())
    assert answer.status_code == 302
    assert str(key) in answer["Location"]


def test_one_more_row_without_javascript_keeps_what_was_typed(browser: Client, key: UUID) -> None:
    page = browser.post(address(key), filled(more="1"), follow=True).content.decode()
    assert "排水沟被改道" in page
    assert 'name="parties-2-name"' in page
    assert not Dispute.objects.exists()
