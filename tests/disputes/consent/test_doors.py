"""A complaint inside a unit reaches that unit by no door before those who brought it agree (played week, case 24)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Appointment
from core import clock
from core.errors import InvalidInput
from disputes.models import Dispute, TrailEntry
from disputes.rules.intake import PartyFacts
from notifications.models import Notice
from responsibility.models import Responsibility
from responsibility.services import case_leaders, letters, naming
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import Writing
from tests.disputes.conftest import Make
from tests.factories.accounts import actor, client_of
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
INSIDE = {"unit": "unit01", "unit_relation": "inside"}
BONUS = PartyFacts("respondent", "legal", "青岚陶瓷厂", organization="unit01")
PARTIES = (*QUARREL.parties[:1], BONUS)
People = dict[str, Appointment]


def sees(who: Appointment, dispute: Dispute) -> bool:
    return Dispute.objects.visible_to(actor(who)).filter(pk=dispute.pk).exists()


def leader(dispute: Dispute) -> tuple[str, str]:
    row = Responsibility.objects.select_related("post").get(dispute=dispute, ends_at=None)
    return row.rule, row.post.code if row.post else ""


def refused(do: Callable[[], object]) -> str:
    """What the refusal says; every one says why and what to do."""
    with pytest.raises(InvalidInput) as caught, transaction.atomic():
        do()
    return str(caught.value)


def agree(dispute: Dispute, by: Appointment, now: datetime, answer: bool = True) -> None:
    fields = {"jurisdiction": {"unit_consent": answer}}
    take("correct", dispute, by, now, fields=fields, reason="问过本人")
    dispute.refresh_from_db()


@pytest.fixture
def untold(register: Make) -> Dispute:
    return register(**INSIDE, parties=PARTIES)


def test_without_a_yes_the_towns_leader_leads_it_and_nobody_of_the_unit_hears(
    untold: Dispute, people: People
) -> None:
    assert untold.unit_consent is False
    assert leader(untold) == ("inside_unit", "t01.gov:deputy")
    for name in ("unit01.head", "unit01.handler"):
        assert not sees(people[name], untold)
        assert not Notice.objects.filter(recipient=people[name].user).exists()


def test_with_a_yes_its_head_answers_for_it(register: Make, people: People) -> None:
    told = register(**INSIDE, parties=PARTIES, unit_consent=True)
    assert leader(told) == ("inside_unit", "unit01:head")
    assert sees(people["unit01.head"], told)


def test_a_unit_that_brings_its_own_matter_knows_it(register: Make) -> None:
    own = PartyFacts("applicant", "legal", "青岚陶瓷厂", organization="unit01")
    assert register(**INSIDE, parties=(own, *QUARREL.parties[1:])).unit_consent is True


def test_of_a_matter_between_a_unit_and_its_neighbours_nothing_is_asked(register: Make) -> None:
    assert register(unit="unit01", unit_relation="versus_locality").unit_consent is None
    assert register().unit_consent is None


def test_no_step_gives_it_to_the_unit(untold: Dispute, coordinator: Appointment, now: datetime) -> None:
    take("accept", untold, coordinator, now)
    by = actor(coordinator)
    acts: dict[str, Callable[[], object]] = {
        "lead unit": lambda: take("assign", untold, coordinator, now, lead_unit="unit01"),
        "co-unit": lambda: take(
            "assign", untold, coordinator, now, lead_unit="t01.mediation", co_units=["unit01"]
        ),
        "leader by hand": lambda: naming.override(
            number=untold.number, post_code="unit01:head", reason="请厂长负责", by=by, now=now
        ),
        "letter by code": lambda: letters.issue(
            number=untold.number, writing=Writing("unit01", "请办理。"), by=by, now=now
        ),
        "letter by name": lambda: letters.issue(
            number=untold.number, writing=Writing(" 青岚 陶瓷厂", "请办理。"), by=by, now=now
        ),
    }
    for name, act in acts.items():
        assert "没有同意" in refused(act), name


def test_no_leader_of_the_unit_takes_the_case_on(
    untold: Dispute, people: People, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    take("accept", untold, coordinator, now)
    undertaking = Undertaking(people["unit01.head"].pk, "厂里协商。", now.date())
    with pytest.raises(InvalidInput):
        case_leaders.start(number=untold.number, undertaking=undertaking, by=actor(county_office), now=now)


def test_another_leader_named_at_the_desk_is_not_the_units_either(
    clerk: Appointment, coordinator: Appointment, now: datetime, reference_data: None
) -> None:
    beside = {"responsibility": {"leader": "unit01:head", "reason": "请厂长负责"}}
    assert "没有同意" in refused(
        lambda: registered(coordinator, now, **INSIDE, parties=PARTIES, beside=beside)
    )


def test_a_unit_without_an_account_gets_no_letter_either(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    shop, by = register(unit="某饭店", unit_relation="inside"), actor(coordinator)
    page = client_of(coordinator).get(f"/disputes/{shop.number}/").content.decode()
    assert "请书面发函" not in page
    writing = Writing("某饭店", "请办理。")
    assert "没有同意" in refused(lambda: letters.issue(number=shop.number, writing=writing, by=by, now=now))
    agree(shop, coordinator, now)
    assert letters.issue(number=shop.number, writing=writing, by=by, now=now).pk


def test_agreeing_later_names_the_head_and_opens_it(
    untold: Dispute, people: People, coordinator: Appointment, now: datetime
) -> None:
    agree(untold, coordinator, now)
    assert leader(untold) == ("inside_unit", "unit01:head")
    assert sees(people["unit01.head"], untold)
    assert Notice.objects.filter(recipient=people["unit01.head"].user).exists()
    entry = TrailEntry.objects.get(dispute=untold, step="correct")
    assert json.loads(entry.payload)["data"]["changed"] == {"unit_consent": [False, True]}
    page = client_of(coordinator).get(f"/disputes/{untold.number}/").content.decode()
    assert "申请人不同意告知 → 申请人同意告知" in page


def test_taking_it_back_shuts_the_unit_out_again(
    register: Make, people: People, coordinator: Appointment, now: datetime
) -> None:
    told = register(**INSIDE, parties=PARTIES, unit_consent=True)
    agree(told, coordinator, now, answer=False)
    assert leader(told) == ("inside_unit", "t01.gov:deputy")
    assert not sees(people["unit01.head"], told)


def test_a_unit_that_has_it_in_hand_gives_it_up_first(
    register: Make, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    told = register(**INSIDE, parties=PARTIES, unit_consent=True)
    take("accept", told, coordinator, now)
    take("assign", told, coordinator, now, lead_unit="unit01")
    assert "请先改派" in refused(lambda: agree(told, coordinator, now, answer=False))
    told.refresh_from_db()
    assert told.unit_consent is True


def test_a_unit_that_has_it_in_hand_does_not_become_the_untold_one(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    untold = register(unit="某饭店", unit_relation="inside")
    take("accept", untold, coordinator, now)
    take("assign", untold, coordinator, now, lead_unit="unit01")
    fields = {"jurisdiction": {"unit": "unit01"}}
    said = refused(lambda: take("correct", untold, coordinator, now, fields=fields, reason="听错了"))
    assert "请先改派" in said
    untold.refresh_from_db()
    assert untold.unit_name == "某饭店"


def test_a_yes_for_one_unit_is_none_for_another(
    register: Make, people: People, coordinator: Appointment, now: datetime
) -> None:
    told = register(unit="某饭店", unit_relation="inside", unit_consent=True)
    fields = {"jurisdiction": {"unit": "unit01"}}
    take("correct", told, coordinator, now, fields=fields, reason="听错了")
    told.refresh_from_db()
    assert told.unit_consent is False
    assert not sees(people["unit01.head"], told)


def test_merged_into_another_the_no_goes_with_it(
    register: Make, untold: Dispute, people: People, coordinator: Appointment, now: datetime
) -> None:
    other = register(unit_consent=True, **INSIDE, parties=PARTIES)
    take("merge", untold, coordinator, now, into=other.number)
    other.refresh_from_db()
    assert other.unit_consent is False
    assert not sees(people["unit01.head"], other)
    assert not sees(people["unit01.handler"], other)


def test_merged_into_what_the_unit_handles_is_refused_and_the_other_way_barred(
    register: Make, untold: Dispute, people: People, coordinator: Appointment, now: datetime
) -> None:
    neighbours = register()
    take("accept", neighbours, coordinator, now)
    take("assign", neighbours, coordinator, now, lead_unit="unit01")
    assert "unit01.head" in people
    assert "回避" in refused(lambda: take("merge", untold, coordinator, now, into=neighbours.number))
    free = register()
    take("merge", untold, coordinator, now, into=free.number)
    take("accept", free, coordinator, now)
    free.refresh_from_db()
    assert "没有同意" in refused(lambda: take("assign", free, coordinator, now, lead_unit="unit01"))


def test_the_form_asks_and_no_is_the_answer_where_nobody_touches_it(
    clerk: Appointment, people: People
) -> None:
    browser = client_of(clerk)
    address = browser.get("/disputes/new/").headers.get("Location") or "/disputes/new/"
    page = browser.get(address, follow=True).content.decode()
    assert "是否同意把本件告知该单位" in page
    typed = {"place": "t01", "unit": "unit01", "unit_relation": "inside"}
    hint = browser.post("/warnings/responsibility/preview/", typed).content.decode()
    assert people["unit01.head"].user.name not in hint
    assert "没有同意告知该单位" in hint
    hint = browser.post("/warnings/responsibility/preview/", typed | {"unit_consent": "yes"}).content.decode()
    assert people["unit01.head"].user.name in hint


def test_the_answer_is_asked_inside_a_unit_only(
    clerk: Appointment, api_client_of: Callable[[Appointment], Client], reference_data: None
) -> None:
    body: dict[str, Any] = {
        **{"title": "两家争执", "narrative": "两家争执。", "category": "neighbour", "place": "t01"},
        **{"source": "walk_in", "people_count": 2},
        "parties": [{"role": "applicant", "kind": "natural", "name": "欧阳建国"}],
        "jurisdiction": {"towns": ["t01"], "unit_consent": True},
    }
    answer = api_client_of(clerk).post("/api/v1/disputes/", body, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["unit_consent"]


def test_the_correction_form_holds_the_answer(untold: Dispute, coordinator: Appointment) -> None:
    untold.registered_at = clock.now()
    page = client_of(coordinator).get(f"/disputes/{untold.number}/steps/correct/").content.decode()
    assert 'name="unit_consent" value="no"' in page


def test_the_database_keeps_the_answer_to_matters_inside_a_unit(register: Make) -> None:
    dispute = register()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.filter(pk=dispute.pk).update(unit_consent=True)
