"""增加、更正当事人: the rules of intake at this door, hashes and units follow, personal data stays masked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.keys import unit_key
from accounts.models import Appointment
from core import crypto
from core.actor import Actor
from disputes.conflicts import party_keys
from disputes.errors import InvalidInput
from disputes.models import Dispute, Party, TrailEntry
from disputes.rules.intake import PartyFacts
from disputes.services import duplicates
from disputes.services.duplicates import Typed
from notifications.models import Notice
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.disputes.rules.test_identity import check_of
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
RIGHT = "11010519491231002" + check_of("11010519491231002")
OTHER = "13010219730405001" + check_of("13010219730405001")
WHO: dict[str, Any] = {"role": "third_party", "kind": "natural", "name": "欧阳建国", "phone": "139 1111 2222"}
WHY = "当事人要求更正"


def added(dispute: Dispute, by: Appointment, now: datetime, **party: Any) -> Party:
    take("add_party", dispute, by, now, party={**WHO, **party})
    dispute.refresh_from_db()
    return dispute.parties.order_by("-pk").first()


def put_right(dispute: Dispute, by: Appointment, now: datetime, party: Party, **fields: Any) -> Party:
    take("correct_party", dispute, by, now, party=party.pk, fields=fields, reason=WHY)
    dispute.refresh_from_db()
    party.refresh_from_db()
    return party


def entry(dispute: Dispute, step: str) -> tuple[dict[str, Any], dict[str, str]]:
    row = TrailEntry.objects.filter(dispute=dispute, step=step).latest("seq")
    return json.loads(row.payload)["data"], {text.name: text.text for text in row.texts.all()}


def first(dispute: Dispute) -> Party:
    return dispute.parties.get(role="applicant")


def test_one_more_party_is_found_by_number_and_phone(
    register: Make, clerk: Appointment, now: datetime, actor: Callable[[Appointment], Actor]
) -> None:
    dispute = register()
    party = added(dispute, clerk, now, id_number=RIGHT.lower(), head_count=1)
    assert (party.role, party.position, party.phone, party.id_number) == (
        "third_party",
        2,
        "139 1111 2222",
        RIGHT,
    )
    assert party.phone_hash == crypto.search_hash("phone", "13911112222")
    assert party.id_hash == crypto.search_hash("id_number", RIGHT)
    typed = Typed("", (PartyFacts("applicant", "natural", "x", phone="13911112222"),))
    found = duplicates.look(typed=typed, by=actor(clerk), now=now).candidates
    assert [one.dispute.pk for one in found] == [dispute.pk]
    assert verify.verify_dispute(dispute.pk).faults == []


def test_more_people_than_were_counted_are_counted(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    added(dispute, clerk, now)
    assert dispute.people_count == 3
    added(dispute, clerk, now, kind="group", name="窑工", head_count=30)
    assert dispute.people_count == 33
    assert entry(dispute, "add_party")[0]["changed"] == {"people_count": [3, 33]}
    added(dispute, clerk, now, kind="legal", name="某砖厂", phone="")
    assert dispute.people_count == 33


def test_a_party_that_is_a_unit_of_the_county_learns_no_level(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    party = added(dispute, clerk, now, kind="legal", name="青岚陶瓷厂", role="respondent", phone="")
    assert party.organization.code == "unit01"
    assert party_keys([dispute])[dispute.pk] == {unit_key(party.organization_id)}
    put_right(dispute, clerk, now, party, name="别的陶瓷厂")
    assert party.organization is None
    assert party_keys([dispute])[dispute.pk] == frozenset()
    put_right(dispute, clerk, now, party, organization="unit01")
    assert party.organization.code == "unit01"
    assert entry(dispute, "correct_party")[0]["changed"] == {"organization": [None, "unit01"]}


def test_old_and_new_words_stand_in_the_trail(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    party = put_right(dispute, clerk, now, first(dispute), name="章建国", phone="无", id_number=RIGHT)
    data, texts = entry(dispute, "correct_party")
    assert (party.name, party.phone, party.phone_hash) == ("章建国", "", "")
    assert party.name_hash == crypto.search_hash("name", "章建国")
    assert data["words"] == ["name", "phone", "id_number"]
    assert texts == {
        "name_was": "张建国",
        "name": "章建国",
        "phone_was": "13800000001",
        "id_number": RIGHT,
        "reason": WHY,
    }
    assert verify.verify_dispute(dispute.pk).faults == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name"),
    ({"name": "长" * 61}, "name"),
    ({"name": "张\ufffd"}, "name"),
    ({"name": "某某有限公司"}, "kind"),
    ({"id_number": RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")}, "id_number"),
    ({"kind": "legal", "id_number": "91370000MA3C00000X"}, "id_number"),
    ({"phone": "打不通的"}, "phone"),
    ({"head_count": 100_001}, "head_count"),
    ({"role": "boss"}, "role"),
    ({"kind": "ghost"}, "kind"),
    ({"organization": "nowhere"}, "organization"),
    ({"address": "长" * 201}, "address"),
]


@pytest.mark.parametrize(("facts", "at"), WRONG)
def test_what_intake_refuses_is_refused_here(
    register: Make, clerk: Appointment, now: datetime, facts: dict[str, Any], at: str
) -> None:
    dispute = register()
    with pytest.raises(InvalidInput) as refused:
        added(dispute, clerk, now, **facts)
    assert list(refused.value.errors) == [f"party.{at}"]
    with pytest.raises(InvalidInput) as refused:
        put_right(dispute, clerk, now, first(dispute), **facts)
    assert f"fields.{at}" in refused.value.errors
    assert dispute.parties.count() == 2
    assert dispute.trail.filter(step__in=["add_party", "correct_party"]).count() == 0


def test_the_last_applicant_stays_one(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    with pytest.raises(InvalidInput) as refused:
        put_right(dispute, clerk, now, first(dispute), role="respondent")
    assert list(refused.value.errors) == ["fields"]
    added(dispute, clerk, now, role="applicant")
    put_right(
        dispute,
        clerk,
        now,
        dispute.parties.get(name_hash=crypto.search_hash("name", "张建国")),
        role="respondent",
    )


def test_five_representatives_and_no_sixth(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register()
    for number in range(5):
        added(dispute, clerk, now, role="representative", name=f"代表{number}")
    with pytest.raises(InvalidInput) as refused:
        added(dispute, clerk, now, role="representative", name="第六位")
    assert list(refused.value.errors) == ["party"]


def test_only_a_party_of_this_dispute(register: Make, clerk: Appointment, now: datetime) -> None:
    stranger = first(register())
    with pytest.raises(InvalidInput) as refused:
        put_right(register(), clerk, now, stranger, name="章建国")
    assert list(refused.value.errors) == ["party"]


def test_a_number_stored_before_the_rules_keeps_nobody_from_correcting_the_name(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    party = first(dispute)
    party.id_number = "110105194912310021"
    party.save()
    assert put_right(dispute, clerk, now, party, name="章建国").id_number == "110105194912310021"


def test_the_county_hears_that_the_same_person_came_elsewhere(
    register: Make, clerk: Appointment, outsider: Appointment, now: datetime
) -> None:
    known = PartyFacts("applicant", "natural", "欧阳建国", id_number=OTHER)
    register(
        by=outsider,
        place="t02.v01",
        title="果园被淹",
        narrative="赵家的果园被水库放水淹没。",
        parties=(known,),
    )
    dispute = register()
    assert not Notice.objects.filter(kind="duplicate.elsewhere").exists()
    added(dispute, clerk, now, name="另一人", id_number=OTHER)
    assert Notice.objects.filter(kind="duplicate.elsewhere").exists()


def test_personal_data_stays_masked_on_page_and_in_the_api(
    register: Make, clerk: Appointment, client_of: Clients, api_client_of: Clients, now: datetime
) -> None:
    dispute = register()
    put_right(
        dispute,
        clerk,
        now,
        first(dispute),
        name="章建国",
        phone="13922223333",
        id_number=RIGHT,
        address="七组",
    )
    added(dispute, clerk, now, address="九组十七号")
    page = client_of(clerk).get(f"/disputes/{dispute.number}/").content.decode()
    answer = str(api_client_of(clerk).get(f"/api/v1/disputes/{dispute.number}/ledger/").json())
    for secret in ("章建国", "张建国", "13922223333", "13800000001", RIGHT, "七组", "欧阳建国", "九组十七号"):
        assert secret not in page, secret
        assert secret not in answer, secret
    assert "姓名或名称：张** → 章**" in page
    assert "电话：138****0001 → 139****3333" in page
    assert "章**" in answer


def test_who_gave_it_back_sees_the_parties_of_then(
    register: Make,
    coordinator: Appointment,
    village: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    dispute, day = register(), timedelta(days=1)
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.v01")
    take("sign_for", dispute, village, now)
    take("transfer", dispute, coordinator, now + day, lead_unit="t01.justice", reason="换人")
    put_right(dispute, coordinator, now + 2 * day, first(dispute), name="章建国", phone="13922223333")
    put_right(dispute, coordinator, now + 2 * day, first(dispute), name="蒋建国")
    added(dispute, coordinator, now + 2 * day)
    page = client_of(village).get(f"/disputes/{dispute.number}/").content.decode()
    answer = api_client_of(village).get(f"/api/v1/disputes/{dispute.number}/").json()
    assert "张**" in page
    assert all(word not in page for word in ("章**", "蒋**", "欧**", "139****"))
    assert [party["name"] for party in answer["parties"]] == ["张**", "李**"]
    assert answer["parties"][0]["phone"] == "138****0001"
    assert answer["people_count"] == 2
    now_seen = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()
    assert [party["name"] for party in now_seen["parties"]] == ["蒋**", "李**", "欧**"]
