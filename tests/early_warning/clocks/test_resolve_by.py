"""§8 明确化解时限: the leader who is asked confirms the day of a warned dispute, or names an earlier one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calendars.models import Deadline
from calendars.presenters import explanation
from core.clock import shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.presenters import entries
from disputes.services import clocks, papers
from early_warning.services import answers
from early_warning.services.papers import report_sheet
from notifications.models import Notice
from tests.early_warning.escalations.conftest import asked, fresh
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
SOONER = date(2026, 3, 13)


@pytest.fixture
def row(warned, coordinator, handler, now):
    warning = warned(2)
    dispute = take("accept", warning.dispute, coordinator, now)
    dispute = take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    return asked(warning)


def set_day(row, day, mayor, now, note=""):
    answers.set_resolve_by(escalation_id=row.pk, resolve_by=day, note=note, by=actor(mayor), now=now)
    return fresh(row.dispute_id)


def test_an_earlier_day_holds_everywhere(row, mayor, coordinator, handler, now):
    dispute = set_day(row, SOONER, mayor, now, "先把补偿款付清")

    clock = clocks.running(dispute, "resolve")
    assert shanghai_date(dispute.resolve_by) == shanghai_date(clock.due_at) == SOONER
    assert explanation(clock.explanation) == "指定期限2026-03-13：领导明确的化解时限"
    entry = entries(list(dispute.trail.filter(step="escalation_resolve_by").prefetch_related("texts")))[0]
    assert "缩短至 2026-03-13" in entry.note
    assert entry.text == "先把补偿款付清"
    for person in (handler, coordinator):
        assert (
            "明确为 2026-03-13" in Notice.objects.get(recipient=person.user, kind="warning.resolve_by").title
        )
    number, by = dispute.number, actor(coordinator)
    paper = papers.hand_out(
        number=number, asked=papers.Asked("acceptance"), form="html", by=by, now=now
    ).paper
    assert any("2026年3月13日24时前" in line for line in paper.paragraphs)
    sheet = report_sheet(number=number, form="html", by=by, now=now)
    assert ("化解时限", "2026年3月13日") in sheet.rows


def test_the_present_day_is_confirmed(row, mayor, now):
    before = fresh(row.dispute_id)
    dispute = set_day(row, shanghai_date(before.resolve_by), mayor, now)

    assert dispute.resolve_by == before.resolve_by
    assert "领导明确" in explanation(clocks.running(dispute, "resolve").explanation)
    entry = entries(list(dispute.trail.filter(step="escalation_resolve_by").prefetch_related("texts")))[0]
    assert "确认为" in entry.note


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 6, 1)])
def test_a_day_that_is_no_day_or_later_is_refused_at_its_field(day, row, mayor, now):
    with pytest.raises(InvalidInput) as caught:
        set_day(row, day, mayor, now)
    assert set(caught.value.errors) == {"resolve_by"}


def test_before_acceptance_and_while_the_clock_rests_the_refusal_says_what_to_do(
    warned, row, mayor, handler, now
):
    with pytest.raises(WrongState, match="受理之后"):
        set_day(asked(warned(2)), SOONER, mayor, now)
    take("suspend", row.dispute, handler, now, reason="鉴定", until=date(2026, 3, 20))
    with pytest.raises(WrongState, match="恢复计时"):
        set_day(row, SOONER, mayor, now)


def test_only_who_is_asked_names_the_day(row, coordinator, now):
    with pytest.raises(NotPermitted):
        set_day(row, SOONER, coordinator, now)


def test_an_extension_counts_on_from_the_day_the_leader_named(row, mayor, coordinator, handler, now):
    dispute = set_day(row, SOONER, mayor, now)
    later = now + timedelta(days=1)
    take("request_extension", dispute, handler, later, days=5, reason="测量")
    longer = take("decide_extension", dispute, coordinator, later, granted=True, reason="同意")

    assert shanghai_date(longer.resolve_by) == date(2026, 3, 18)


def test_a_miss_goes_with_the_clock(row, mayor, coordinator, handler, now):
    """Missed, then extended: the leader's day starts no clean sheet."""
    dispute = fresh(row.dispute_id)
    take("request_extension", dispute, handler, now, days=20, reason="测量")
    take(
        "decide_extension",
        dispute,
        coordinator,
        dispute.resolve_by + timedelta(hours=1),
        granted=True,
        reason="x",
    )
    at = dispute.resolve_by + timedelta(days=1)
    dispute = set_day(row, shanghai_date(at + timedelta(days=3)), mayor, at)

    assert clocks.running(dispute, "resolve").missed_at is not None
    assert Deadline.objects.of("dispute", dispute.pk).filter(kind="resolve").count() == 2


def test_page_and_api_take_the_same_answer(row, mayor, handler, client_of, api_client_of, monkeypatch, now):
    monkeypatch.setattr("early_warning.views.escalation.now", lambda: now)
    monkeypatch.setattr("early_warning.api.views.now", lambda: now)
    client, page = client_of(mayor), f"/warnings/escalations/{row.pk}/"
    before = client.get(page).content.decode()
    assert "明确化解时限" in before
    assert "待领导明确" in before
    form = client.get(f"{page}set_resolve_by/").content.decode()
    assert "2026-04-01" in form
    late = client.post(f"{page}set_resolve_by/", {"resolve_by": "2026-06-01"})
    assert late.status_code == 422
    assert "不能晚于现在的化解时限 2026-04-01" in late.content.decode()
    assert client.post(f"{page}set_resolve_by/", {"resolve_by": "2026-03-20"}).status_code == 302
    assert shanghai_date(fresh(row.dispute_id).resolve_by) == date(2026, 3, 20)
    assert "领导已明确" in client.get(page).content.decode()
    case = client_of(handler).get(f"/disputes/{row.dispute.number}/").content.decode()
    assert '<p class="fact-note">领导明确的化解时限</p>' in case

    api, path = api_client_of(mayor), f"/api/v1/escalations/{row.pk}/resolve_by/"
    assert api.post(path, {"resolve_by": "2026-03-13"}, content_type="application/json").status_code == 200
    assert shanghai_date(fresh(row.dispute_id).resolve_by) == SOONER
    refused = api.post(path, {"resolve_by": "2026-05-13"}, content_type="application/json")
    assert "resolve_by" in refused.json()["errors"]
