"""Drafts: encrypted, listed, ended by registering, forgotten after a while; and what registering costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core.actor import Actor
from core.clock import now
from disputes.models import Dispute, IntakeDraft
from disputes.services import drafts, idempotency, intake
from tests.disputes.intake.conftest import filled
from tests.factories.disputes import QUARREL, registered

pytestmark = pytest.mark.django_db
# of one registration with two parties, everything included: leader named, text read, who may be told, which notices
# they muted, whether they were told in the same words before
MOST_QUERIES = 50


@pytest.fixture
def browser(clerk: Appointment, client_of: Callable[[Appointment], Client], by: Actor) -> Client:
    return client_of(clerk)


def test_a_draft_comes_back_as_it_was_typed(browser: Client, key: UUID) -> None:
    rows = {"parties-TOTAL_FORMS": "3", "parties-1-DELETE": "on", "parties-2-role": "third_party",
            "parties-2-kind": "legal", "parties-2-name": "青岚陶瓷厂"}  # fmt: skip
    browser.post(
        f"/disputes/drafts/{key}/",
        filled(**rows, people_count="-1", occurred_on="2026-03", sectors=["labour"]),
    )
    page = browser.get(f"/disputes/new/?draft={key}").content.decode()
    assert "排水沟被改道" in page
    assert 'value="青岚陶瓷厂"' in page
    assert "李大山" not in page
    assert 'value="-1"' in page
    assert 'data-label="青石镇上湾村"' in page


def test_the_list_names_drafts_by_their_first_sentence(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/drafts/{key}/", filled(narrative="第一句话。第二句话。"))
    page = browser.get("/disputes/drafts/").content.decode()
    assert "第一句话<" in page
    assert "我的草稿 (1)" in page


def test_on_the_disk_a_draft_is_encrypted(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/drafts/{key}/", filled(title="张建国家的排水沟"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data, title FROM disputes_intakedraft")
        data, title = cursor.fetchone()
    assert "13800000001" not in data
    assert "张建国" not in title
    assert IntakeDraft.objects.get().title == "张建国家的排水沟"


def test_a_late_autosave_does_not_bring_a_registered_draft_back(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled())
    assert browser.post(f"/disputes/drafts/{key}/", filled()).status_code == 200
    assert not IntakeDraft.objects.exists()


def test_the_address_of_a_registered_draft_leads_to_its_number(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled())
    assert browser.get(f"/disputes/new/?draft={key}")["Location"] == f"/disputes/registered/{key}/"


def test_a_draft_can_be_thrown_away(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/drafts/{key}/", filled())
    browser.post(f"/disputes/drafts/{key}/discard/")
    assert not IntakeDraft.objects.exists()


def test_drafts_take_no_number(browser: Client, key: UUID, clerk: Appointment) -> None:
    browser.post(f"/disputes/drafts/{key}/", filled())
    assert registered(clerk, now()).seq == 1


def test_drafts_nobody_touched_for_thirty_days_are_forgotten(by: Actor, monday: datetime) -> None:
    drafts.save(key=uuid4(), data={}, title="", by=by, now=monday)
    assert drafts.purge(monday + timedelta(days=29)) == 0
    assert drafts.purge(monday + timedelta(days=31)) == 1


def test_registering_costs_a_fixed_number_of_queries(by: Actor, monday: datetime) -> None:
    counts = []
    for parties in (QUARREL.parties, QUARREL.parties * 6):
        facts = QUARREL.__class__(**{**QUARREL.__dict__, "parties": parties, "people_count": 20})
        intake.register(facts=facts, by=by, now=monday)  # the book's first row costs more
        with CaptureQueriesContext(connection) as queries:
            drafts.register(
                key=uuid4(), facts=facts, request_hash=idempotency.request_hash({}), by=by, now=monday
            )
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES
    assert Dispute.objects.count() == 4
