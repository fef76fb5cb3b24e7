"""Registering names the responsible leader of §8; people and events change it, with their reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core.batch_cache import BatchCache
from disputes.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.models import Dispute
from disputes.services import intake
from disputes.services.registration import checked
from jurisdictions.choices import HotField
from jurisdictions.models import Organization, Post
from notifications.models import Notice
from responsibility.models import Responsibility
from responsibility.selectors.resolving import Stated, resolve, stated_in
from responsibility.services import naming
from tests.factories.accounts import a_user, actor, appoint
from tests.factories.disputes import QUARREL, registered, take
from tests.responsibility.conftest import current, leader, leave

pytestmark = pytest.mark.usefixtures("reference_data")
TWO_SECTORS = ("labour", "natural_resources")


@pytest.mark.parametrize(
    ("facts", "rule", "post"),
    [
        ({}, "within_town", "t01.gov:deputy"),
        ({"towns": ("t01",)}, "within_town", "t01.gov:deputy"),
        ({"towns": ("t01", "t02")}, "across_towns", "county.gov:deputy"),
        ({"towns": ("t02",)}, "across_towns", "county.gov:deputy"),
        ({"sectors": ("labour",)}, "one_sector", "hrss:head"),
        ({"sectors": ("hrss",)}, "one_sector", "hrss:head"),
        ({"sectors": TWO_SECTORS}, "across_sectors", "county.gov:deputy"),
        ({"unit": "unit01", "unit_relation": "inside", "unit_consent": True}, "inside_unit", "unit01:head"),
        ({"unit": "unit01", "unit_relation": "inside"}, "inside_unit", "t01.gov:deputy"),
        (
            {"unit": "青岚陶瓷厂", "unit_relation": "inside", "unit_consent": True},
            "inside_unit",
            "unit01:head",
        ),
        ({"unit": "某饭店", "unit_relation": "inside"}, "within_town", "t01.gov:deputy"),
        (
            {"unit": "unit01", "unit_relation": "versus_locality"},
            "unit_versus_locality",
            "t01.committee:head",
        ),
        (
            {"unit": "unit01", "unit_relation": "versus_locality", "towns": ("t01", "t02")},
            "unit_versus_locality",
            "county.committee:head",
        ),
    ],
)
def test_registering_names_who_must_resolve_it(register, committees, facts, rule, post):
    dispute = register(**facts)
    row = current(dispute)
    assert (row.rule, row.post.code) == (rule, post)
    assert dispute.responsible_leader == row.post
    assert not row.overridden


def test_the_category_never_decides_the_rule(register):
    assert current(register(category="wage_arrears")).rule == "within_town"


def test_the_trail_says_who_was_named_and_why(register):
    entry = register().trail.get(step="leader_named")
    assert '"post":"t01.gov:deputy"' in entry.payload
    assert '"rule":"within_town"' in entry.payload


def test_the_deputy_in_charge_of_the_field_is_asked_before_the_political_legal_member(
    register, organizations
):
    post = Post.objects.create(
        organization=organizations["t01.gov"], role="deputy", title="副镇长", portfolio=[HotField.LABOUR]
    )
    appoint(a_user("t01.second"), post)
    Post.objects.filter(organization__code="t01.gov", title="").update(portfolio=[HotField.TRAFFIC])
    assert current(register(category="wage_arrears")).post == post
    assert current(register(category="environment")).post.is_political_legal  # nobody's field


def test_an_empty_chair_is_passed_by_and_said(register, deputy, now):
    leave(deputy)
    dispute = register()
    assert leader(dispute) == "t01.gov:head"
    found = resolve(stated_in(dispute), now)
    assert "空缺" in found.passed[0]


def test_where_nobody_sits_anywhere_the_post_is_named_and_its_holder_is_missing(register, people, now):
    dispute = register()
    for appointment in people.values():
        leave(appointment)
    found = resolve(stated_in(dispute), now)
    assert found.post is not None
    assert found.post.code == "t01.gov:deputy"
    assert found.holder is None


def test_who_is_complained_about_never_becomes_responsible_it_goes_one_level_up(register):
    assert leader(register(accused_people=("t01.deputy",))) == "county.gov:deputy"
    assert leader(register(accused_units=("t01.gov",))) == "county.gov:deputy"
    assert leader(register(sectors=("labour",), accused_units=("hrss",))) == "county.gov:deputy"
    unit = {"unit": "unit01", "unit_relation": "inside", "unit_consent": True}
    assert leader(register(**unit, accused_people=("unit01.head",))) == "t01.gov:deputy"
    assert leader(register(towns=("t01", "t02"), accused_people=("county.deputy",))) == "county.gov:head"


def test_a_unit_without_a_head_here_is_to_be_served_in_writing(register, people):
    assert current(register(unit="某饭店", unit_relation="inside")).letter_to == "某饭店"
    leave(people["unit01.head"])
    row = current(register(unit="unit01", unit_relation="inside", unit_consent=True))
    assert (row.rule, row.letter_to) == ("within_town", "青岚陶瓷厂")


def test_a_vertically_managed_department_is_written_to(register):
    Organization.objects.filter(code="hrss").update(vertically_managed=True)
    row = current(register(sectors=("labour",)))
    assert (row.post.code, row.letter_to) == ("hrss:head", "县人社局")


def test_the_competent_department_of_a_cross_town_matter_helps(register, now):
    found = resolve(stated_in(register(towns=("t01", "t02"), sectors=("labour",))), now)
    assert found.rule == "across_towns"
    assert found.co_unit is not None
    assert found.co_unit.code == "hrss"


def test_resolving_costs_two_queries_whatever_the_facts_and_then_a_look_at_the_marks(register, now):
    for facts in ({}, {"towns": ("t01", "t02"), "sectors": TWO_SECTORS}):
        stated = stated_in(Dispute.objects.select_related("category").get(pk=register(**facts).pk))
        Organization.objects.filter(code="hrss").update(name="县人社局")  # nothing is remembered any more
        for most in (3, 1):
            with CaptureQueriesContext(connection) as queries:
                resolve(stated, now)
            assert len(queries) == most


def test_a_place_that_is_the_county_itself_asks_its_leaders(people, now):
    found = resolve(Stated(county_code="369901"), now)
    assert (found.rule, found.post and found.post.code) == ("within_town", "county.gov:deputy")


def test_another_leader_is_named_with_a_reason_and_told(register, coordinator, people, now):
    dispute = register()
    with pytest.raises(InvalidInput) as caught:
        naming.override(
            number=dispute.number, post_code="t01.gov:head", reason=" ", by=actor(coordinator), now=now
        )
    assert "reason" in caught.value.errors
    naming.override(
        number=dispute.number, post_code="t01.gov:head", reason="镇长分管", by=actor(coordinator), now=now
    )
    assert leader(dispute) == "t01.gov:head"
    assert Responsibility.objects.filter(dispute=dispute).count() == 2
    assert Notice.objects.filter(kind="leader.named", recipient=people["t01.mayor"].user).count() == 1
    assert dispute.trail.order_by("-seq").first().texts.get(name="reason").text == "镇长分管"


def test_only_the_managing_centre_and_the_county_name_another(
    register, clerk, handler, outside_coordinator, county_office, now
):
    dispute = register()
    given = {"number": dispute.number, "post_code": "t01.gov:head", "reason": "工作需要", "now": now}
    with pytest.raises(NotPermitted):
        naming.override(by=actor(clerk), **given)
    with pytest.raises(NotFound):
        naming.override(by=actor(outside_coordinator), **given)
    naming.override(by=actor(county_office), **given)
    assert leader(dispute) == "t01.gov:head"


def test_who_must_keep_out_cannot_be_named_by_hand_either(register, county_office, now):
    dispute = register(accused_people=("t01.mayor",))
    with pytest.raises(InvalidInput) as caught:
        naming.override(
            number=dispute.number,
            post_code="t01.gov:head",
            reason="工作需要",
            by=actor(county_office),
            now=now,
        )
    assert "post" in caught.value.errors


def test_what_the_deputy_cannot_solve_goes_to_the_principal_until_nobody_is_above(register, coordinator, now):
    dispute, asked = register(), []
    for _each in range(5):
        naming.take_over_by_principal(
            number=dispute.number, reason="多次协调未果", by=actor(coordinator), now=now
        )
        asked.append(leader(dispute))
    assert asked == [
        "t01.gov:head",
        "t01.party:party_secretary",
        "county.gov:deputy",
        "county.gov:head",
        "county.party:party_secretary",
    ]
    with pytest.raises(WrongState):
        naming.take_over_by_principal(
            number=dispute.number, reason="仍未解决", by=actor(coordinator), now=now
        )


def test_a_case_not_resolved_under_a_deputy_passes_to_his_principal(
    register, coordinator, handler, deputy, now
):
    dispute = register()
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("submit_result", dispute, handler, now, outcome="no_agreement", account="三次调解未达成一致")
    take("approve_result", dispute, coordinator, now, outcome="not_resolved")
    assert leader(dispute) == "t01.gov:head"


def test_when_the_county_takes_over_a_leader_named_by_a_person_stays(
    register, coordinator, county_office, now
):
    dispute = register(towns=("t01", "t02"))
    take("report_up", dispute, coordinator, now, reason="跨乡镇")
    naming.override(
        number=dispute.number,
        post_code="county.gov:head",
        reason="县长督办",
        by=actor(county_office),
        now=now,
    )
    take("accept_report", dispute, county_office, now)
    assert leader(dispute) == "county.gov:head"


def test_the_responsible_leader_may_open_a_restricted_case_as_long_as_it_is_his(
    register, deputy, mayor, coordinator, now
):
    dispute = register(category="family")

    def sees(person: Appointment) -> bool:
        return bool(Dispute.objects.visible_to(actor(person)).filter(pk=dispute.pk).exists())

    assert sees(deputy)
    assert not sees(mayor)
    naming.override(
        number=dispute.number, post_code="t01.gov:head", reason="分管调整", by=actor(coordinator), now=now
    )
    assert sees(mayor)
    assert not sees(deputy)


def test_an_imported_line_tells_nobody(clerk, now):
    facts = replace(QUARREL, source="import", towns=("t01", "t02"))
    intake.register_imported(batch=[checked(facts=facts, by=actor(clerk), now=now)], memo=BatchCache())
    assert not Notice.objects.filter(kind="leader.named").exists()
    registered(clerk, now, towns=("t01", "t02"))
    assert Notice.objects.filter(kind="leader.named").exists()


def test_the_second_extension_is_the_responsible_leaders_to_decide(register, coordinator, handler, now):
    dispute = register(towns=("t01", "t02"))
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("request_extension", dispute, handler, now, days=5, reason="等待鉴定")
    take("decide_extension", dispute, coordinator, now, granted=True, reason="同意")
    taken = take("request_extension", dispute, handler, now, days=5, reason="仍需时间")
    assert taken.pending_org.code == "county.gov"
