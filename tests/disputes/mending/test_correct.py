"""更正: by the rules of intake, by who may, and everything follows: leader, reading, search, sight, the trail."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core import clock
from core.actor import Actor
from disputes.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.models import Dispute, DisputeCategory, TrailEntry
from disputes.rules.intake import PartyFacts
from disputes.selectors.detail import detail_page
from disputes.services import duplicates
from disputes.services.duplicates import Typed
from notifications.models import Notice
from responsibility.models import Responsibility
from safekeeping.services import erasure, verify
from tests.disputes.conftest import Make
from tests.factories.accounts import actor as actor_of
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
WHY = "登记时听错了"
T01, T02 = "369901101", "369901102"


def corrected(dispute: Dispute, by: Appointment, now: datetime, **fields: Any) -> Dispute:
    take("correct", dispute, by, now, fields=fields, reason=WHY)
    dispute.refresh_from_db()
    return dispute


def last(dispute: Dispute, step: str = "correct") -> tuple[dict[str, Any], dict[str, str]]:
    entry = TrailEntry.objects.filter(dispute=dispute, step=step).latest("seq")
    return json.loads(entry.payload)["data"], {text.name: text.text for text in entry.texts.all()}


def test_old_and_new_value_stand_in_the_trail(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register(occurred_on=date(2026, 2, 1), amount_fen=123_45)
    corrected(
        dispute,
        clerk,
        now,
        title="晒场归属引起的争执",
        category="wage_arrears",
        people_count=7,
        occurred_on=None,
        amount=Decimal("88.80"),
    )
    data, texts = last(dispute)
    assert data["changed"] == {
        "category": ["neighbour", "wage_arrears"],
        "people_count": [2, 7],
        "occurred_on": ["2026-02-01", None],
        "amount_fen": [12345, 8880],
    }
    assert data["words"] == ["title"]
    assert texts == {
        "title_was": "排水沟改道引起的争执",
        "title": "晒场归属引起的争执",
        "reason": WHY,
    }
    assert (dispute.title, dispute.amount_fen, dispute.occurred_on) == ("晒场归属引起的争执", 8880, None)
    assert dispute.status == "registered"


def test_the_ledger_still_vouches_for_itself(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = corrected(register(), clerk, now, title="另一标题", narrative="两家为晒场争吵。")
    assert verify.verify_dispute(dispute.pk).faults == []


def test_words_can_be_erased_with_the_rest(
    register: Make, clerk: Appointment, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    dispute = corrected(register(), clerk, now, narrative="两家为晒场争吵。")
    Dispute.objects.filter(pk=dispute.pk).update(status="closed", closed_at=now)
    erasure.erase_on_request(number=dispute.number, reason="本人申请", by=actor_of(county_office), now=now)
    assert last(dispute)[1] == dict.fromkeys(("narrative", "narrative_was", "reason"), "")


# --- who, and until when

DAY = timedelta(days=1)
MIDNIGHT = timedelta(hours=14, minutes=59)  # registered at nine: 23:59 in Shanghai


def test_the_registrar_corrects_until_midnight_in_shanghai(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    corrected(dispute, clerk, now + MIDNIGHT, people_count=3)
    with pytest.raises(NotPermitted, match="登记人"):
        corrected(dispute, clerk, now + MIDNIGHT + timedelta(minutes=1), people_count=4)


def test_then_the_coordinator_of_the_managing_centre(
    register: Make,
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    now: datetime,
) -> None:
    dispute = register()
    corrected(dispute, coordinator, now, people_count=3)
    corrected(dispute, coordinator, now + 9 * DAY, people_count=4)
    with pytest.raises(NotPermitted):
        corrected(dispute, county_office, now, people_count=5)  # the town manages it
    take("accept", dispute, coordinator, now)
    take("report_up", dispute, coordinator, now, reason="跨乡镇")
    take("accept_report", dispute, county_office, now)
    corrected(dispute, county_office, now + 9 * DAY, people_count=6)
    with pytest.raises(NotPermitted):
        corrected(dispute, coordinator, now + 9 * DAY, people_count=7)


@pytest.mark.parametrize("who", ["handler", "village", "deputy", "duty"])
def test_nobody_else(in_hand: Make, request: pytest.FixtureRequest, now: datetime, who: str) -> None:
    with pytest.raises((NotPermitted, NotFound)):
        corrected(in_hand(), request.getfixturevalue(who), now, people_count=3)


def test_not_once_closed(register: Make, coordinator: Appointment, now: datetime) -> None:
    dispute = register()
    take("withdraw", dispute, coordinator, now, reason="双方和好")
    with pytest.raises(WrongState):
        corrected(dispute, coordinator, now, people_count=3)


# --- the rules of intake, at this door

PAST, COMING = date(1899, 1, 1), date(2026, 3, 3)
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "fields.title"),
    ({"title": "长" * 101}, "fields.title"),
    ({"narrative": " \x00 "}, "fields.narrative"),
    ({"narrative": "长" * 5001}, "fields.narrative"),
    ({"category": "nonsense"}, "fields.category"),
    ({"place": "t09.v09"}, "fields.place"),
    ({"place": ""}, "fields.place"),
    ({"people_count": 1}, "fields.people_count"),  # two parties are named
    ({"people_count": 100_001}, "fields.people_count"),
    ({"occurred_on": COMING}, "fields.occurred_on"),
    ({"occurred_on": PAST}, "fields.occurred_on"),
    ({"amount": Decimal("-1")}, "fields.amount"),
    ({"amount": Decimal("0.001")}, "fields.amount"),
    ({"amount": Decimal(10) ** 13}, "fields.amount"),
    ({"jurisdiction": {"towns": ["t09"]}}, "fields.jurisdiction.towns"),
    ({"jurisdiction": {"sectors": ["x"]}}, "fields.jurisdiction.sectors"),
    ({"jurisdiction": {"unit": "窑场"}}, "fields.jurisdiction.unit_relation"),
    ({"jurisdiction": {"unit_relation": "inside"}}, "fields.jurisdiction.unit"),
    ({"jurisdiction": {"unit": "窑场", "unit_relation": "x"}}, "fields.jurisdiction.unit_relation"),
    ({}, "fields"),
    ({"people_count": 2, "title": QUARREL.title + "\x00 "}, "fields"),  # nothing changed
]


@pytest.mark.parametrize(("fields", "at"), WRONG)
def test_what_intake_refuses_is_refused_here(
    register: Make, clerk: Appointment, now: datetime, fields: dict[str, Any], at: str
) -> None:
    dispute = register()
    with pytest.raises(InvalidInput) as refused:
        take("correct", dispute, clerk, now, fields=fields, reason=WHY)
    assert list(refused.value.errors) == [at]
    assert dispute.trail.filter(step="correct").count() == 0


def test_a_reason_is_needed(register: Make, clerk: Appointment, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        take("correct", register(), clerk, now, fields={"people_count": 3}, reason="")
    assert list(refused.value.errors) == ["reason"]


def test_texts_are_cleaned_as_at_intake(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = corrected(register(), clerk, now, narrative="  两家\r\n争吵\x07。 ", title="新\u0000题")
    assert (dispute.narrative, dispute.title) == ("两家\n争吵。", "新题")


def test_a_fault_that_was_stored_keeps_nobody_from_correcting_another_fact(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    Dispute.objects.filter(pk=dispute.pk).update(
        people_count=1, unit_name="旧名单位"
    )  # older rules let it in
    assert corrected(dispute, clerk, now, title="新标题").title == "新标题"


# --- the place and its book


def test_another_village_of_the_town(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = corrected(register(), clerk, now, place="t01.v02")
    assert (dispute.place_code, dispute.place_name, dispute.town.alias) == (
        f"{T01}202",
        "青石镇石桥村",
        "t01",
    )
    assert last(dispute)[0]["changed"]["place_name"] == ["青石镇上湾村", "青石镇石桥村"]


def test_another_town_is_void_and_new(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    with pytest.raises(InvalidInput) as refused:
        corrected(dispute, clerk, now, place="t02.v01")
    assert "作废重登" in str(refused.value.errors["fields.place"][0])
    dispute.refresh_from_db()
    assert dispute.place_code == f"{T01}201"


def test_in_the_countys_book_sight_moves_with_the_town(
    register: Make,
    county_coordinator: Appointment,
    outsider: Appointment,
    clerk: Appointment,
    actor: Callable[[Appointment], Actor],
    now: datetime,
) -> None:
    dispute = register(by=county_coordinator, place="t01.v01", towns=("t01",))
    seen = Dispute.objects.visible_to
    assert seen(actor(clerk)).filter(pk=dispute.pk).exists()
    corrected(dispute, county_coordinator, now, place="t02.v01")
    assert not seen(actor(clerk)).filter(pk=dispute.pk).exists()
    assert seen(actor(outsider)).filter(pk=dispute.pk).exists()
    assert dispute.involved_towns == [T02]
    assert dispute.town.alias == "t02"


# --- what follows


def test_the_leader_is_named_anew(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    before = dispute.responsible_leader
    corrected(dispute, clerk, now, jurisdiction={"towns": ["t01", "t02"]})
    current = Responsibility.objects.get(dispute=dispute, ends_at=None)
    assert current.rule == "across_towns"
    assert dispute.responsible_leader != before
    corrected(dispute, clerk, now, jurisdiction={"towns": []})
    assert dispute.responsible_leader == before


def test_search_and_twins_go_by_the_new_words(
    register: Make, clerk: Appointment, actor: Callable[[Appointment], Actor], now: datetime
) -> None:
    dispute = corrected(register(), clerk, now, narrative="赵家的果园被水库放水淹没，要求赔偿三年收成。")
    assert list(Dispute.objects.matching("果园")) == [dispute]
    assert list(Dispute.objects.matching("积水漫进")) == []
    typed = Typed("果园被水库放水淹没，赵家要求赔偿三年收成。")
    found = duplicates.look(typed=typed, by=actor(clerk), now=now).candidates
    assert [one.dispute.pk for one in found] == [dispute.pk]


def test_the_county_hears_of_a_twin_elsewhere(
    register: Make, outsider: Appointment, clerk: Appointment, county_office: Appointment, now: datetime
) -> None:
    words = "赵家的果园被水库放水淹没，要求水库管理所赔偿三年收成，双方为此争吵。"
    register(
        by=outsider, place="t02.v01", narrative=words, parties=(PartyFacts("applicant", "natural", "赵某某"),)
    )
    dispute = register()
    assert not Notice.objects.filter(kind="duplicate.elsewhere").exists()
    corrected(dispute, clerk, now, narrative=words)
    assert Notice.objects.filter(kind="duplicate.elsewhere").exists()


def test_a_category_that_restricts_by_its_nature_restricts(
    register: Make,
    clerk: Appointment,
    outsider: Appointment,
    deputy: Appointment,
    actor: Callable[[Appointment], Actor],
    now: datetime,
) -> None:
    code = DisputeCategory.objects.filter(restricted_by_default=True, is_active=True).values_list(
        "code", flat=True
    )[0]
    dispute = register()
    village_clerk_sees = Dispute.objects.visible_to(actor(clerk)).filter(pk=dispute.pk)
    assert village_clerk_sees.exists()
    corrected(dispute, clerk, now, category=code)
    assert dispute.is_restricted
    assert last(dispute)[0]["changed"]["restricted"] == [False, True]
    assert all(key % 4 in (2, 3) for key in dispute.access_keys)  # posts and persons named
    corrected(dispute, clerk, now, category="neighbour")
    assert dispute.is_restricted  # lifting that is a step of its own


def test_papers_are_offered_anew(
    register: Make,
    clerk: Appointment,
    client_of: Clients,
    actor: Callable[[Appointment], Actor],
    now: datetime,
) -> None:
    dispute, browser = register(), client_of(clerk)
    page = f"/disputes/{dispute.number}/"
    browser.get(f"{page}papers/receipt/")
    assert "请重新打印" not in browser.get(page).content.decode()
    corrected(dispute, clerk, now, category="wage_arrears")
    by = actor(clerk)
    assert [paper.outdated for paper in detail_page(dispute, by, now).papers] == [
        False
    ]  # printed later (today)
    corrected_later = clock.now() + timedelta(minutes=1)
    coordinator = Appointment.objects.get(user__username="t01.coordinator")
    take("correct", dispute, coordinator, corrected_later, fields={"people_count": 3}, reason=WHY)
    assert [paper.outdated for paper in detail_page(dispute, by, now).papers] == [True]
    sheet = browser.get(f"{page}papers/receipt/").content.decode()
    assert "此前交给您的同名文书以本件为准" in sheet
    assert "拖欠农民工工资" in sheet
