"""Likely duplicates: what a clerk sees, what they must not see, and what the county is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core.actor import Actor
from core.clock import now
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.selectors import likely_twins
from disputes.services import duplicates
from disputes.services.duplicates import Found, Typed
from notifications.models import Notice
from tests.disputes.intake.conftest import filled
from tests.factories.disputes import QUARREL, actor, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
SAME = "张家把排水沟改道，雨后积水漫进李家的院子，双方多次争吵。"
OTHER = "拖欠二十一名工人三个月工资，工人要求尽快支付。"
ELSEWHERE = "另一中心可能已登记，已提示县中心"


def party(**facts: Any) -> PartyFacts:
    return PartyFacts(**{"role": "applicant", "kind": "natural", "name": "张建国"} | facts)


def look(by: Actor, now: datetime, text: str = OTHER, *parties: PartyFacts) -> Found:
    return duplicates.look(typed=Typed(text, parties), by=by, now=now)


def numbers(found: Found) -> list[str]:
    return [candidate.dispute.number for candidate in found.candidates]


def test_a_similar_text_is_found_in_whichever_village_of_the_town(
    by: Actor, clerk: Appointment, monday: datetime
) -> None:
    here, beside = registered(clerk, monday), registered(clerk, monday, place="t01.v02")
    assert set(numbers(look(by, monday, SAME))) == {here.number, beside.number}


def test_a_text_all_but_the_same_in_another_town_is_only_hinted_at(
    by: Actor, outsider: Appointment, monday: datetime
) -> None:
    twin = registered(outsider, monday, place="t02.v01")
    found = look(by, monday, twin.narrative)
    assert (found.candidates, found.elsewhere) == ([], [twin.pk])


def test_a_text_somewhat_like_one_in_another_town_tells_nothing(
    by: Actor, outsider: Appointment, monday: datetime
) -> None:
    registered(
        outsider,
        monday,
        place="t02.v01",
        narrative="李家雨后积水，排水沟堵了半月，村里一直没有派人清理，请水利站处理。",
    )
    assert look(by, monday, SAME).elsewhere == []


def test_the_county_is_offered_twins_of_any_town(
    county_office: Appointment, outsider: Appointment, monday: datetime
) -> None:
    twin = registered(outsider, monday, place="t02.v01")
    assert numbers(look(actor(county_office), monday, SAME)) == [twin.number]


def test_another_matter_is_not_offered(by: Actor, clerk: Appointment, monday: datetime) -> None:
    registered(clerk, monday)
    assert numbers(look(by, monday, OTHER)) == []


def test_after_half_a_year_it_is_another_matter(by: Actor, clerk: Appointment, monday: datetime) -> None:
    registered(clerk, monday)
    later = monday + timedelta(days=181)
    assert numbers(look(by, later, SAME, party(phone="13800000001"))) == []


@pytest.mark.parametrize(
    "typed", [party(), party(name="张老汉", phone="+86 138 0000 0001"), party(name="甲", phone="13800000001")]
)
def test_the_same_party_is_found_wherever_it_happened(
    by: Actor, clerk: Appointment, monday: datetime, typed: PartyFacts
) -> None:
    first = registered(clerk, monday)
    assert numbers(look(by, monday, OTHER, typed)) == [first.number]


def test_at_most_five_the_surest_first(by: Actor, clerk: Appointment, monday: datetime) -> None:
    for _one in range(6):
        registered(clerk, monday)
    sure = registered(clerk, monday, parties=(party(name="王五", phone="13911112222"),))
    found = look(by, monday, SAME, party(name="王五", phone="13911112222"))
    assert len(found.candidates) == 5
    assert numbers(found)[0] == sure.number


def test_a_twin_in_another_town_is_only_hinted_at(by: Actor, outsider: Appointment, monday: datetime) -> None:
    twin = registered(outsider, monday, place="t02.v01")
    found = look(by, monday, SAME, party(phone="13800000001"))
    assert found.candidates == []
    assert found.elsewhere == [twin.pk]


def test_a_common_name_alone_is_no_twin_elsewhere(by: Actor, outsider: Appointment, monday: datetime) -> None:
    registered(outsider, monday, place="t02.v01")
    assert look(by, monday, OTHER, party()).elsewhere == []


def test_what_is_restricted_or_bars_the_reader_is_not_even_hinted_at(
    by: Actor, outsider: Appointment, monday: datetime
) -> None:
    registered(outsider, monday, place="t02.v01", restricted=True)
    registered(outsider, monday, place="t02.v01", accused_units=("t01.centre",))
    assert look(by, monday, SAME, party(phone="13800000001")).elsewhere == []


def test_the_county_is_told_once_while_it_is_typed_and_once_with_its_number(
    clerk: Appointment,
    outsider: Appointment,
    county_office: Appointment,
    client_of: Callable[[Appointment], Client],
    key: UUID,
) -> None:
    twin = registered(outsider, now(), place="t02.v01", title="柳河乡的一件事")
    browser = client_of(clerk)
    for _time in range(2):
        page = browser.post(f"/disputes/drafts/{key}/look/", filled(place="t01.v01")).content.decode()
    browser.post(f"/disputes/new/?draft={key}", filled(place="t01.v01"))
    assert ELSEWHERE in page
    assert twin.number not in page
    assert "柳河乡" not in page
    new = Dispute.objects.exclude(pk=twin.pk).get()
    typed, entered = Notice.objects.filter(recipient=county_office.user, kind="duplicate.elsewhere").order_by(
        "pk"
    )
    assert twin.display_number in typed.title
    assert new.display_number not in typed.title
    assert twin.display_number in entered.title
    assert new.display_number in entered.title
    assert entered.url == f"/disputes/{new.number}/"


def test_the_county_is_told_of_a_twin_however_it_was_registered(
    clerk: Appointment, outsider: Appointment, county_office: Appointment, monday: datetime
) -> None:
    twin = registered(outsider, monday, place="t02.v01")
    new = registered(clerk, monday)
    notice = Notice.objects.get(recipient=county_office.user, kind="duplicate.elsewhere")
    both = {twin.display_number, new.display_number}
    assert both == {number for number in both if number in notice.title}


def test_a_series_is_told_once_not_pair_by_pair(
    clerk: Appointment, outsider: Appointment, county_office: Appointment, monday: datetime
) -> None:
    """Six of another town and three here: by hand 3 x 6 pairs, told as one notice a day."""
    series = [registered(outsider, monday, place="t02.v01") for _each in range(6)]
    Notice.objects.all().delete()
    first, _second, _third = (registered(clerk, monday) for _each in range(3))
    told = Notice.objects.filter(recipient=county_office.user, kind="duplicate.elsewhere")
    (notice,) = told
    assert first.display_number in notice.title
    assert series[0].display_number in notice.title
    assert "等 6 件" in notice.title
    registered(clerk, monday + timedelta(days=1))
    assert told.all().count() == 2


def test_registering_into_another_merges_in_one_go(
    clerk: Appointment, client_of: Callable[[Appointment], Client], key: UUID, monday: datetime
) -> None:
    first = registered(clerk, monday)
    client_of(clerk).post(f"/disputes/new/?draft={key}", filled(merge_into=first.number))
    merged = Dispute.objects.exclude(pk=first.pk).get()
    assert (merged.status, merged.merged_into) == ("merged", first)
    steps = list(merged.trail.order_by("seq").values_list("step", flat=True))
    assert steps == ["register", "leader_named", "merge"]


def test_merging_into_what_is_out_of_sight_registers_nothing(
    clerk: Appointment,
    outsider: Appointment,
    client_of: Callable[[Appointment], Client],
    key: UUID,
    monday: datetime,
) -> None:
    hidden = registered(outsider, monday, place="t02.v01")
    answer = client_of(clerk).post(f"/disputes/new/?draft={key}", filled(merge_into=hidden.number))
    assert answer.status_code == 422
    assert Dispute.objects.count() == 1


def test_looking_costs_the_same_for_one_and_for_many(by: Actor, clerk: Appointment, monday: datetime) -> None:
    counts = []
    likely_twins.commonness(monday)
    for _round in range(2):
        for _one in range(4):
            registered(clerk, monday)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look(by, monday, QUARREL.narrative, party(phone="13800000001"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def look_page(client: Client, key: UUID, **typed: Any) -> str:
    return client.post(f"/disputes/drafts/{key}/look/", filled(**typed)).content.decode()


def test_a_company_among_the_natural_persons_is_pointed_out(
    clerk: Appointment, client_of: Callable[[Appointment], Client], key: UUID
) -> None:
    client = client_of(clerk)
    assert "“华光电子有限公司”是单位名称" in look_page(client, key, **{"parties-0-name": "华光电子有限公司"})
    as_unit = {"parties-0-name": "华光电子有限公司", "parties-0-kind": "legal"}
    assert "是单位名称" not in look_page(client, key, **as_unit)
    refused = client.post(f"/disputes/new/?draft={key}", filled(**{"parties-0-name": "华光电子有限公司"}))
    assert refused.status_code == 422
    assert 'href="#id_parties-0-kind"' in refused.content.decode()
    assert client.post(f"/disputes/new/?draft={uuid4()}", filled(**as_unit)).status_code == 302


def test_a_character_of_this_computers_own_is_pointed_out_and_kept(
    clerk: Appointment, client_of: Callable[[Appointment], Client], key: UUID
) -> None:
    client, name = client_of(clerk), "张\ue863"
    assert "自造字" in look_page(client, key, **{"parties-0-name": name})
    assert client.post(f"/disputes/new/?draft={key}", filled(**{"parties-0-name": name})).status_code == 302
    assert Dispute.objects.get().parties.get(role="applicant").name == name
