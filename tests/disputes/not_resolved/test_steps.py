"""告知途径 and the principal leader's answer: who takes them, what is refused at which field, what they change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from core.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.models import Dispute, NotResolved
from disputes.services import clocks
from notifications.models import Notice
from tests.disputes.conftest import Make
from tests.disputes.not_resolved.conftest import ENOUGH, TOLD, Fail
from tests.factories.accounts import stand_in
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
People = dict[str, Appointment]
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"routes": []}, "routes"),
        ({"routes": ["litigation", "prayer"]}, "routes"),
        ({"on": date(2026, 3, 9)}, "on"),  # tomorrow
        ({"on": date(2026, 3, 6)}, "on"),  # the day before the unit reported
        ({"way": "pigeon"}, "way"),
        ({"chosen": "review"}, "chosen"),
        ({"chosen": "prayer"}, "chosen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    failed: Dispute, clerk: Appointment, found: datetime, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take("tell_routes", failed, clerk, found, **TOLD | wrong)
    assert list(refused.value.errors) == [field]
    assert NotResolved.objects.get(dispute=failed).told_on is None


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8)])
def test_a_mediator_who_told_them_when_it_failed_has_told_them(
    failed: Dispute, clerk: Appointment, found: datetime, day: date
) -> None:
    take("tell_routes", failed, clerk, found, **TOLD | {"on": day})
    assert NotResolved.objects.get(dispute=failed).told_on == day


def test_telling_meets_the_centres_clock_and_starts_that_of_the_revisit(
    failed: Dispute, clerk: Appointment, found: datetime
) -> None:
    assert clocks.running(failed, "dispatch") is not None
    take("tell_routes", failed, clerk, found, **TOLD)
    assert clocks.running(failed, "dispatch") is None
    first = clocks.running(failed, "revisit")
    assert first is not None
    take("tell_routes", failed, clerk, found + DAY, **TOLD | {"chosen": "litigation"})
    assert clocks.running(failed, "revisit") == first


def test_the_choice_may_come_later_and_the_first_telling_stays_in_the_trail(
    failed: Dispute, clerk: Appointment, found: datetime
) -> None:
    take("tell_routes", failed, clerk, found, **TOLD)
    later = TOLD | {"routes": ["litigation", "petition"], "chosen": "litigation", "way": "paper"}
    take("tell_routes", failed, clerk, found + 3 * DAY, **later)
    row = NotResolved.objects.get(dispute=failed)
    assert (row.routes, row.chosen, row.told_way) == (["litigation", "petition"], "litigation", "paper")
    first, second = failed.trail.filter(step="tell_routes").order_by("seq")
    assert '"way":"in_person"' in first.payload
    assert '"chosen":"litigation"' in second.payload


def test_the_centre_tells_and_nobody_else(failed: Dispute, people: People, found: datetime) -> None:
    for by in ("t01.justice", "t01.mayor", "county.office", "hrss.handler"):
        with pytest.raises((NotPermitted, NotFound)):
            take("tell_routes", failed, people[by], found, **TOLD)
    for by in ("t01.clerk", "t01.coordinator"):
        take("tell_routes", failed, people[by], found, **TOLD)


@pytest.mark.parametrize("by", ["t01.mayor", "t01.secretary", "county.head", "county.secretary"])
def test_principal_leaders_of_its_place_and_above_answer(
    failed: Dispute, people: People, found: datetime, by: str
) -> None:
    take("answer_not_resolved", failed, people[by], found, **ENOUGH)
    row = NotResolved.objects.get(dispute=failed)
    assert (row.answer, row.answered_at, row.answered_by) == ("elsewhere", found, people[by])
    entry = failed.trail.get(step="answer_not_resolved")
    assert entry.texts.get(name="instruction").text == ENOUGH["instruction"]


@pytest.mark.parametrize(
    "by", ["t01.deputy", "t01.coordinator", "t02.mayor", "hrss.head", "county.deputy", "unit01.head"]
)
def test_nobody_else_answers(failed: Dispute, people: People, found: datetime, by: str) -> None:
    with pytest.raises((NotPermitted, NotFound)):
        take("answer_not_resolved", failed, people[by], found, **ENOUGH)


def test_a_department_head_who_answers_for_it_by_the_order_answers(
    fail: Fail, people: People, found: datetime
) -> None:
    """行业性的矛盾由主管部门领导: of one sector the department's head is asked, and is a principal leader."""
    dispute = fail(sectors=("hrss",), category="wage_arrears")
    assert dispute.responsible_leader is not None
    answering = people["hrss.head"] if "hrss" in dispute.responsible_leader.code else people["t01.mayor"]
    take("answer_not_resolved", dispute, answering, found, **ENOUGH)
    assert NotResolved.objects.get(dispute=dispute).answered_by == answering


def test_who_must_keep_out_does_not_answer(
    fail: Fail, people: People, found: datetime, now: datetime
) -> None:
    dispute = fail()
    take("mark_conflict", dispute, people["t01.coordinator"], found, people=["t01.mayor"], reason="其亲属")
    with pytest.raises(NotFound):
        take("answer_not_resolved", dispute, people["t01.mayor"], found, **ENOUGH)


@pytest.mark.parametrize("door", ["mark_conflict", "merge"])
def test_the_answer_of_who_must_keep_out_since_counts_no_more(
    failed: Dispute, register: Make, people: People, found: datetime, door: str
) -> None:
    take("answer_not_resolved", failed, people["t01.secretary"], found, **ENOUGH)
    coordinator = people["t01.coordinator"]
    if door == "mark_conflict":
        take("mark_conflict", failed, coordinator, found, people=["t01.secretary"], reason="其亲属")
    else:
        other = register(accused_people=("t01.secretary",))
        take("merge", other, people["county.office"], found, into=failed.number)
    assert NotResolved.objects.get(dispute=failed).answer == ""
    assert failed.trail.filter(step="answer_not_resolved").count() == 1


def test_what_is_wrong_with_an_answer_is_said_at_its_field(
    failed: Dispute, mayor: Appointment, found: datetime
) -> None:
    for wrong, field in (({"decision": "maybe"}, "decision"), ({"instruction": ""}, "instruction")):
        with pytest.raises(InvalidInput) as refused:
            take("answer_not_resolved", failed, mayor, found, **ENOUGH | wrong)
        assert list(refused.value.errors) == [field]


def test_the_later_answer_counts_and_both_stay(failed: Dispute, people: People, found: datetime) -> None:
    take("answer_not_resolved", failed, people["t01.mayor"], found, **ENOUGH | {"decision": "again"})
    take("answer_not_resolved", failed, people["t01.secretary"], found + DAY, **ENOUGH)
    assert NotResolved.objects.get(dispute=failed).answer == "elsewhere"
    assert failed.trail.filter(step="answer_not_resolved").count() == 2


def told(username: str, kind: str) -> list[str]:
    rows = Notice.objects.filter(recipient__username=username, kind=kind)
    return list(rows.values_list("title", flat=True))


def test_the_principal_leader_is_told_when_it_is_found_and_the_centre_when_it_is_answered(
    failed: Dispute, people: People, found: datetime
) -> None:
    """Under a deputy it has passed to the town's head (§8): asked is he alone."""
    said = told("t01.mayor", "not_resolved.asked")
    assert len(said) == 1
    assert "继续组织化解，还是同意转其他途径" in said[0]
    for other in ("t01.secretary", "t01.deputy", "county.head", "t02.mayor"):
        assert told(other, "not_resolved.asked") == []
    take("answer_not_resolved", failed, people["t01.mayor"], found, **ENOUGH)
    (answered,) = told("t01.coordinator", "not_resolved.answered")
    assert answered.endswith("主要领导已答复：同意转其他途径")
    assert told("t01.mayor", "not_resolved.answered") == []


def test_who_stands_in_for_the_leader_is_told(fail: Fail, people: People, found: datetime) -> None:
    stand_in(
        people["t01.mayor"],
        people["t01.deputy"].user,
        starts_at=found - DAY,
        ends_at=found + DAY,
        entered_at=found - DAY,
    )
    fail()
    assert len(told("t01.deputy", "not_resolved.asked")) == 1


def test_of_what_few_may_know_only_who_may_open_it_is_told(fail: Fail, people: People) -> None:
    dispute = fail(restricted=True)
    assert len(told("t01.mayor", "not_resolved.asked")) == 1  # responsible by now, so named in it
    assert told("t01.secretary", "not_resolved.asked") == []
    assert dispute.title not in str(Notice.objects.filter(kind="not_resolved.asked").values())


def test_neither_step_where_there_is_a_result(in_hand: Make, people: People, now: datetime) -> None:
    dispute = in_hand()
    with pytest.raises(WrongState):
        take("tell_routes", dispute, people["t01.clerk"], now, **TOLD | {"on": date(2026, 3, 2)})
    with pytest.raises(WrongState):
        take("answer_not_resolved", dispute, people["t01.mayor"], now, **ENOUGH)
