"""Case leaders and letters: what is refused, who is told, and what the trail keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, EntryText
from disputes.rules.intake import PartyFacts
from jurisdictions.models import Organization
from notifications.models import Notice
from responsibility.models import CaseLeader
from responsibility.selectors.letters import paper_of
from responsibility.services import case_leaders, letters
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import Writing
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.usefixtures("reference_data")


@pytest.fixture
def undertaking(deputy, now) -> Undertaking:
    return Undertaking(deputy.pk, "逐户走访，周五召开协调会", now.date() + timedelta(days=10))


def start(dispute, undertaking, by, now) -> CaseLeader:
    return case_leaders.start(number=dispute.number, undertaking=undertaking, by=actor(by), now=now)


def test_leaders_and_the_county_office_assign_a_case_leader(
    register, undertaking, deputy, county_office, coordinator, now
):
    assert start(register(), undertaking, deputy, now).leader == deputy
    assert start(register(), undertaking, county_office, now).leader == deputy
    with pytest.raises(NotPermitted):
        start(register(), undertaking, coordinator, now)


def test_the_leader_and_the_handler_are_told(register, undertaking, deputy, mayor, handler, coordinator, now):
    dispute = register()
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    start(dispute, undertaking, mayor, now)
    told = Notice.objects.filter(kind="case_leader").values_list("recipient", flat=True)
    assert set(told) == {deputy.user_id, handler.user_id}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"plan": " "}, "plan"), ({"leader_id": 0}, "leader"), ({"expected_on": None}, "expected_on")],
)
def test_what_is_missing_is_said_at_its_field(register, undertaking, deputy, now, change, field):
    if change == {"expected_on": None}:
        change = {"expected_on": now.date() - timedelta(days=1)}
    with pytest.raises(InvalidInput) as caught:
        start(register(), replace(undertaking, **change), deputy, now)
    assert list(caught.value.errors) == [field]


def test_a_clerk_or_somebody_complained_about_is_no_case_leader(
    register, undertaking, clerk, deputy, county_office, now
):
    with pytest.raises(InvalidInput):
        start(register(), replace(undertaking, leader_id=clerk.pk), deputy, now)
    with pytest.raises(InvalidInput):
        start(register(accused_people=("t01.deputy",)), undertaking, county_office, now)


def test_there_is_one_case_leader_at_a_time(register, undertaking, deputy, now):
    dispute = register()
    start(dispute, undertaking, deputy, now)
    with pytest.raises(WrongState):
        start(dispute, undertaking, deputy, now)


def test_the_principal_takes_over_what_the_deputy_could_not_solve(
    register, undertaking, deputy, mayor, secretary, now
):
    dispute = register()
    first = start(dispute, undertaking, deputy, now)
    row = case_leaders.take_over(
        number=dispute.number,
        undertaking=replace(undertaking, leader_id=mayor.pk),
        reason="两个部门意见不一",
        by=actor(secretary),
        now=now,
    )
    assert row.took_over_from == first
    first.refresh_from_db()
    assert (first.ends_at, first.end_reason) == (now, "两个部门意见不一")
    steps = list(dispute.trail.order_by("seq").values_list("step", flat=True))
    assert steps[-2:] == ["case_leader_started", "case_leader_taken_over"]


def test_a_county_leader_sees_the_restricted_case_he_took_on_as_long_as_he_has_it(
    register, undertaking, county_office, mayor, county_coordinator, people, coordinator, now
):
    dispute = register(category="family")

    def sees() -> bool:
        return bool(Dispute.objects.visible_to(actor(mayor)).filter(pk=dispute.pk).exists())

    assert not sees()
    start(dispute, replace(undertaking, leader_id=mayor.pk), people["t01.deputy"], now)
    assert sees()
    case_leaders.end(number=dispute.number, reason="交回分管领导", by=actor(mayor), now=now)
    assert not sees()


def test_progress_is_written_by_the_leader_himself_or_his_centre(
    register, undertaking, deputy, coordinator, clerk, now
):
    dispute = register()
    start(dispute, undertaking, deputy, now)
    later = now.date() + timedelta(days=20)
    case_leaders.report_progress(number=dispute.number, account="已走访", by=actor(deputy), now=now)
    row = case_leaders.report_progress(
        number=dispute.number, account="已开会", expected_on=later, by=actor(coordinator), now=now
    )
    assert (row.progress, row.expected_on) == ("已开会", later)
    assert dispute.trail.filter(step="case_leader_progress").count() == 2
    with pytest.raises(NotPermitted):
        case_leaders.report_progress(number=dispute.number, account="已办", by=actor(clerk), now=now)


def test_what_a_leader_took_on_ends_with_the_case(register, undertaking, deputy, coordinator, now):
    dispute = register()
    start(dispute, undertaking, deputy, now)
    take("withdraw", dispute, coordinator, now, reason="双方和好")
    assert CaseLeader.objects.get().ends_at == now


def test_a_letter_keeps_its_number_within_the_case(register, coordinator, now):
    dispute = register()
    made = [
        letters.issue(number=dispute.number, writing=Writing(to, "请办理。"), by=actor(coordinator), now=now)
        for to in ("某饭店", "hrss", "县人社局")
    ]
    assert [letter.seq for letter in made] == [1, 2, 3]
    assert [letter.organization and letter.organization.code for letter in made] == [None, "hrss", "hrss"]
    assert made[1].addressed_to == "县人社局"


def test_assigning_a_vertically_managed_body_is_refused_and_it_can_be_written_to(
    register, coordinator, county_office, now
):
    Organization.objects.filter(code="t01.police").update(vertically_managed=True)
    dispute = register()
    take("accept", dispute, coordinator, now)
    with pytest.raises(InvalidInput) as caught:
        take("assign", dispute, coordinator, now, lead_unit="t01.police")
    assert "致函" in str(caught.value)
    assert letters.issue(
        number=dispute.number, writing=Writing("t01.police", "请协助。"), by=actor(coordinator), now=now
    ).organization


def test_a_letter_never_goes_to_the_unit_complained_about(register, county_office, now):
    dispute = register(accused_units=("t01.gov",))
    with pytest.raises(InvalidInput) as caught:
        letters.issue(
            number=dispute.number, writing=Writing("t01.gov", "请办理。"), by=actor(county_office), now=now
        )
    assert "to" in caught.value.errors


@pytest.mark.parametrize("to", ["unit01", "青岚陶瓷厂", " 青岚 陶瓷厂"])
def test_a_letter_never_asks_a_party_to_settle_its_own_matter(register, coordinator, now, to):
    """A shop that is the other side; within a unit (§8) that unit is asked, and it alone."""
    party = PartyFacts("respondent", "legal", "青岚陶瓷厂", organization="unit01")
    writing, by = Writing(to, "请负责化解。"), actor(coordinator)
    outside = register(parties=(*QUARREL.parties[:1], party))
    with pytest.raises(InvalidInput, match="当事人") as refused:
        letters.issue(number=outside.number, writing=writing, by=by, now=now)
    assert set(refused.value.errors) == {"to"}
    inside = register(
        parties=(*QUARREL.parties[:1], party), unit="unit01", unit_relation="inside", unit_consent=True
    )
    assert letters.issue(number=inside.number, writing=writing, by=by, now=now).pk


def test_every_fault_of_a_letter_is_said_at_once(register, coordinator, now):
    yesterday = now.date() - timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        letters.issue(
            number=register().number, writing=Writing("", " ", yesterday), by=actor(coordinator), now=now
        )
    assert set(caught.value.errors) == {"to", "request", "reply_by"}


def test_a_letter_is_served_once_and_answered_once(register, coordinator, now):
    by, dispute = actor(coordinator), register()
    letter = letters.issue(number=dispute.number, writing=Writing("某厂", "请办理。"), by=by, now=now)
    with pytest.raises(WrongState):
        letters.reply(letter_id=letter.pk, account="已办", by=by, now=now)
    letters.serve(letter_id=letter.pk, note="挂号信", by=by, now=now)
    with pytest.raises(WrongState):
        letters.serve(letter_id=letter.pk, by=by, now=now)
    letters.reply(letter_id=letter.pk, account="已办", by=by, now=now)
    with pytest.raises(WrongState):
        letters.reply(letter_id=letter.pk, account="已办", by=by, now=now)
    steps = list(dispute.trail.order_by("seq").values_list("step", flat=True))
    assert steps[-3:] == ["letter_issued", "letter_served", "letter_replied"]


def test_what_goes_with_a_letter_is_listed_on_it(register, coordinator, now):
    """附件 as official letters count them (GB/T 9704): one alone has no number, several are counted."""
    by, dispute = actor(coordinator), register()
    typed = "附件：1. 工资表复印件\n\n 2、现场照片（3张）"
    letter = letters.issue(
        number=dispute.number, writing=Writing("县电力公司", "请核实。", enclosures=typed), by=by, now=now
    )
    paper = paper_of(letter, letters.printed(letter, form="print", by=by, now=now))
    assert "附件：1. 工资表复印件；2. 现场照片（3张）" in paper.closing
    said = EntryText.objects.get(entry__dispute=dispute, entry__step="letter_issued", name="account")
    assert said.text.endswith("附件：1. 工资表复印件；2. 现场照片（3张）")
    alone = Writing("县电力公司", "请核实。", enclosures="3.5万元收条")
    letter = letters.issue(number=dispute.number, writing=alone, by=by, now=now)
    paper = paper_of(letter, letters.printed(letter, form="print", by=by, now=now))
    assert "附件：3.5万元收条" in paper.closing
    too_long = Writing("县电力公司", "请核实。", enclosures="长" * 501)
    with pytest.raises(InvalidInput) as refused:
        letters.issue(number=dispute.number, writing=too_long, by=by, now=now)
    assert set(refused.value.errors) == {"enclosures"}
