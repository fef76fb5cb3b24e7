"""Who sees what, and who is kept out (信访工作条例 art. 30)."""

import pytest

from core.errors import InvalidInput
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db


def sees(appointment, dispute) -> bool:
    return Dispute.objects.visible_to(actor(appointment)).filter(pk=dispute.pk).exists()


def test_an_ordinary_dispute_is_seen_by_its_town_and_the_county(new, people):
    seeing = {name for name, appointment in people.items() if sees(appointment, new)}
    assert {"t01.clerk", "t01.coordinator", "t01.deputy", "t01.mayor", "t01.secretary"} <= seeing
    assert {"county.office", "county.deputy", "county.head", "county.secretary"} <= seeing
    assert not {"t02.clerk", "t01.v01", "hrss.handler", "auditor", "admin", "t01.mediator"} & seeing


def test_a_restricted_dispute_is_seen_by_named_posts_only(clerk, people, monday):
    dispute = registered(clerk, monday, category="family")
    seeing = {name for name, appointment in people.items() if sees(appointment, dispute)}
    assert seeing == {"t01.clerk", "t01.coordinator", "t01.deputy"}  # the responsible leader (§8)


def test_a_complaint_about_a_village_is_never_seen_by_it(clerk, coordinator, village, monday):
    dispute = registered(clerk, monday, category="village_affairs", accused_units=("t01.v01",))
    assert not sees(village, dispute)
    take("accept", dispute, coordinator, monday)
    with pytest.raises(InvalidInput) as caught:
        take("assign", dispute, coordinator, monday, lead_unit="t01.v01")
    assert "lead_unit" in caught.value.errors


def test_a_complaint_about_a_village_secretary_bars_the_person_whatever_his_post(
    clerk, coordinator, village, monday
):
    dispute = registered(clerk, monday, accused_people=("t01.v01",))
    assert not sees(village, dispute)
    take("accept", dispute, coordinator, monday)
    with pytest.raises(InvalidInput):
        take("assign", dispute, coordinator, monday, lead_unit="t01.v01")


def test_a_complaint_about_the_town_goes_one_level_up(clerk, coordinator, mayor, county_office, monday):
    dispute = registered(clerk, monday, accused_units=("t01.gov",))
    assert dispute.managing_org.code == "county.centre"
    assert not sees(mayor, dispute)
    assert not sees(coordinator, dispute)
    assert sees(clerk, dispute)
    assert take("accept", dispute, county_office, monday).status == "accepted"


def test_a_unit_that_is_a_party_never_learns_the_level(clerk, coordinator, village, monday):
    parties = (
        PartyFacts(role="applicant", kind="natural", name="张建国"),
        PartyFacts(role="respondent", kind="legal", name="村委会", organization="t01.v01"),
    )
    dispute = registered(clerk, monday, parties=parties)
    take("accept", dispute, coordinator, monday)
    take("assign", dispute, coordinator, monday, lead_unit="t01.v01")
    dispute.refresh_from_db()
    assert not disclosure(actor(village), dispute).level
    assert disclosure(actor(coordinator), dispute).level


def test_the_other_towns_look_in_once_the_county_has_joined_them(
    clerk, coordinator, outsider, county_office, monday
):
    dispute = registered(clerk, monday, towns=("t01", "t02"))
    take("accept", dispute, coordinator, monday)
    take("report_up", dispute, coordinator, monday, reason="跨乡镇")
    assert not sees(outsider, dispute)
    take("accept_report", dispute, county_office, monday)
    assert sees(outsider, dispute)


def test_a_restricted_dispute_reported_up_can_be_taken_over(clerk, coordinator, county_office, monday):
    dispute = registered(clerk, monday, category="family")
    take("accept", dispute, coordinator, monday)
    assert not sees(county_office, dispute)
    take("report_up", dispute, coordinator, monday, reason="超出职权")
    assert take("accept_report", dispute, county_office, monday).managing_org.code == "county.centre"


def test_a_leader_asked_for_a_second_extension_can_read_what_about(
    clerk, coordinator, village, mayor, monday
):
    dispute = registered(clerk, monday, category="family")
    take("accept", dispute, coordinator, monday)
    take("assign", dispute, coordinator, monday, lead_unit="t01.v01")
    take("sign_for", dispute, village, monday)
    take("request_extension", dispute, village, monday, days=5, reason="需再做工作")
    take("decide_extension", dispute, coordinator, monday, granted=True, reason="同意")
    assert not sees(mayor, dispute)
    take("request_extension", dispute, village, monday, days=5, reason="仍需时间")
    assert sees(mayor, dispute)
    assert take("decide_extension", dispute, mayor, monday, granted=False, reason="抓紧办结").pending == ""


def test_the_duty_desk_can_open_the_danger_it_is_told_of(clerk, people, monday):
    duty = people["t01.duty"]
    assert not sees(duty, registered(clerk, monday))
    assert sees(duty, registered(clerk, monday, danger=True))
