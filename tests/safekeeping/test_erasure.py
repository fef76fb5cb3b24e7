from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from accounts.models import Appointment
from core.actor import Actor
from core.errors import NotPermitted, WrongState
from disputes.models import Dispute, EntryText, Party, TrailEntry
from safekeeping.models import RetentionRule
from safekeeping.services import erasure, verify
from tests.disputes.conftest import Make
from tests.factories import disputes

Actors = Callable[[Appointment], Actor]


@pytest.fixture
def archived(in_hand: Make, handler: Appointment, coordinator: Appointment, now: datetime) -> Dispute:
    """Settled, revisited, closed and archived."""
    dispute = in_hand()
    disputes.take(
        "submit_result", dispute, handler, now, outcome="oral_agreement", account="张建国与李大山已和好"
    )
    disputes.take("approve_result", dispute, coordinator, now, outcome="settled")
    disputes.take("revisit", dispute, coordinator, now, way="phone", account="双方满意", satisfied=True)
    disputes.take("close", dispute, coordinator, now)
    return disputes.take("archive", dispute, coordinator, now)


@pytest.fixture
def five_years(db: None) -> RetentionRule:
    return RetentionRule.objects.create(years=5, effective_from=date(2020, 1, 1), source="县档案局规定")


def test_without_a_rule_nothing_is_erased(archived: Dispute, now: datetime) -> None:
    assert erasure.erase_due(now=now + timedelta(days=50 * 365)) == 0


def test_the_rule_erases_when_its_years_are_over(
    archived: Dispute, five_years: RetentionRule, now: datetime
) -> None:
    assert erasure.erase_due(now=now.replace(year=now.year + 5) - timedelta(days=1)) == 0
    assert erasure.erase_due(now=now.replace(year=now.year + 5) + timedelta(days=1)) == 1
    assert erasure.erase_due(now=now.replace(year=now.year + 5) + timedelta(days=2)) == 0
    archived.refresh_from_db()
    assert (archived.title, archived.narrative, archived.result_summary) == (erasure.ERASED_TITLE, "", "")
    assert not Party.objects.exclude(name="", name_hash="", phone="").exists()
    assert not EntryText.objects.exclude(text="", salt="").exists()


def test_the_chain_stays_whole_and_says_how_many_texts_are_withheld(
    archived: Dispute, five_years: RetentionRule, now: datetime
) -> None:
    texts = EntryText.objects.count()
    erasure.erase_due(now=now.replace(year=now.year + 6))
    found = verify.verify()
    assert (found.fault_count, found.withheld) == (0, texts)
    entry = TrailEntry.objects.filter(dispute=archived).latest("seq")
    assert entry.step == "texts_erased"
    assert "县档案局规定" in entry.payload


def test_a_rule_that_began_later_does_not_reach_back(archived: Dispute, now: datetime) -> None:
    RetentionRule.objects.create(years=1, effective_from=date(2027, 1, 1), source="新规定")
    assert erasure.erase_due(now=now.replace(year=now.year + 6)) == 0


def test_on_request_with_a_reason_of_a_closed_case_only(
    archived: Dispute,
    register: Make,
    actor: Actors,
    county_office: Appointment,
    clerk: Appointment,
    now: datetime,
) -> None:
    by = actor(county_office)
    with pytest.raises(NotPermitted):
        erasure.erase_on_request(number=archived.number, reason="本人要求", by=actor(clerk), now=now)
    with pytest.raises(WrongState):
        erasure.erase_on_request(number=register().number, reason="本人要求", by=by, now=now)
    erasure.erase_on_request(number=archived.number, reason="本人依个人信息保护法要求删除", by=by, now=now)
    assert verify.verify().fault_count == 0
    kept = EntryText.objects.exclude(text="").get(entry__dispute=archived)
    assert kept.text == "本人依个人信息保护法要求删除"
