from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotPermitted, WrongState
from disputes import rights
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.services import clocks
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db


def test_assigning_names_one_unit_its_person_and_a_date(accepted, coordinator, village, monday):
    dispute = take("assign", accepted, coordinator, monday, lead_unit="t01.v01")
    assert dispute.lead_unit.code == "t01.v01"
    assert dispute.responsible_person == village
    assert dispute.resolve_by is not None
    assert (dispute.waiting_org.code, dispute.waiting_role) == ("t01.v01", "handler")


def test_a_village_sees_a_dispute_from_its_assignment_on(accepted, coordinator, other_village, monday):
    assert not Dispute.objects.visible_to(actor(other_village)).filter(pk=accepted.pk).exists()
    take("assign", accepted, coordinator, monday, lead_unit="t01.v02")
    assert Dispute.objects.visible_to(actor(other_village)).filter(pk=accepted.pk).exists()


@pytest.mark.parametrize("unit", ["hrss", "t02.v01", "nowhere"])
def test_a_town_cannot_order_departments_or_other_towns(accepted, coordinator, monday, unit):
    with pytest.raises(InvalidInput) as caught:
        take("assign", accepted, coordinator, monday, lead_unit=unit)
    assert "lead_unit" in caught.value.errors


def test_a_vertically_managed_body_can_be_written_to_but_not_ordered(
    accepted, coordinator, organizations, monday
):
    police = organizations["t01.police"]
    police.vertically_managed = True
    police.save()
    with pytest.raises(InvalidInput, match="垂直管理"):
        take("assign", accepted, coordinator, monday, lead_unit="t01.police")


def test_a_person_of_another_unit_cannot_be_made_responsible(accepted, coordinator, monday):
    with pytest.raises(InvalidInput) as caught:
        take("assign", accepted, coordinator, monday, lead_unit="t01.v01", person="hrss.handler")
    assert "person" in caught.value.errors


def test_a_report_leaves_custody_with_the_town_until_the_county_accepts(
    accepted, coordinator, county_office, monday
):
    reported = take("report_up", accepted, coordinator, monday, reason="超出职权")
    assert reported.managing_org.code == "t01.centre"
    assert reported.waiting_org.code == "county.centre"
    taken = take("accept_report", accepted, county_office, monday + timedelta(hours=1))
    assert taken.managing_org.code == "county.centre"
    with pytest.raises(NotPermitted):
        take("assign", accepted, coordinator, monday + timedelta(hours=2), lead_unit="t01.v01")


def test_a_return_waits_for_consent_while_the_unit_stays_responsible(assigned, village, monday):
    asked = take("request_return", assigned, village, monday, ground="not_competent", reason="非本村事务")
    assert asked.status == "assigned"
    assert asked.lead_unit.code == "t01.v01"
    assert asked.waiting_org.code == "t01.centre"
    with pytest.raises(WrongState):
        take("request_return", assigned, village, monday, ground="not_competent", reason="再退")


def test_a_granted_return_gives_the_time_back_and_freezes_the_units_trail(
    assigned, village, coordinator, monday
):
    due = assigned.resolve_by
    take("request_return", assigned, village, monday, ground="not_competent", reason="非本村事务")
    later = monday + timedelta(days=2)
    returned = take("decide_return", assigned, coordinator, later, granted=True, reason="同意")
    assert returned.status == "accepted"
    assert returned.lead_unit is None
    assert returned.resolve_by > due
    assert disclosure(actor(village), returned).trail_until == later


def test_a_return_after_its_limit_comes_too_late(assigned, village, monday):
    with pytest.raises(WrongState):
        take(
            "request_return",
            assigned,
            village,
            monday + timedelta(days=7),
            ground="not_competent",
            reason="晚了",
        )


def test_the_countys_word_on_the_second_return_is_final(at_county, county_office, department_handler, monday):
    now = monday + timedelta(hours=4)
    take("assign", at_county, county_office, now, lead_unit="hrss")
    take("request_return", at_county, department_handler, now, ground="other_competent", reason="属住建")
    take("decide_return", at_county, county_office, now, granted=True, reason="再核")
    take("assign", at_county, county_office, now, lead_unit="hrss")
    take("request_return", at_county, department_handler, now, ground="other_competent", reason="仍属住建")
    take("decide_return", at_county, county_office, now, granted=False, reason="由人社局办理")
    with pytest.raises(WrongState, match="指定"):
        take("request_return", at_county, department_handler, now, ground="other_competent", reason="三退")


def test_a_transfer_hides_what_comes_after_from_the_unit_before(in_progress, coordinator, village, monday):
    later = monday + timedelta(days=1)
    moved = take("transfer", in_progress, coordinator, later, lead_unit="t01.v02", reason="属二村")
    assert moved.lead_unit.code == "t01.v02"
    assert moved.status == "assigned"
    assert disclosure(actor(village), moved).trail_until == later


def test_exactly_one_assignment_is_current_whatever_happened(in_progress, coordinator, monday):
    take(
        "transfer", in_progress, coordinator, monday + timedelta(days=1), lead_unit="t01.v02", reason="属二村"
    )
    assert in_progress.assignments.filter(ended_at=None).count() == 1
    assert clocks.running(in_progress, "sign_for") is not None


def test_the_county_is_not_offered_to_report_to_itself(accepted, coordinator, county_office, monday):
    take("report_up", accepted, coordinator, monday, reason="超出职权")
    taken = take("accept_report", accepted, county_office, monday + timedelta(hours=1))
    offered = {
        step.id for step in rights.open_steps(actor(county_office), taken, monday + timedelta(hours=2))
    }
    assert "assign" in offered
    assert "report_up" not in offered
    with pytest.raises(WrongState, match="没有上级"):
        take("report_up", taken, county_office, monday + timedelta(hours=2), reason="再上报")
