"""The played week, cases 24, 27: inside one employer; who complained is not laid open to whom they complain about."""

from __future__ import annotations

import pytest

from responsibility.models import EntrustmentLetter
from tests.factories.accounts import client_of
from tests.stories.week import Week

pytestmark = pytest.mark.django_db
SPEAKER = {"role": "representative", "kind": "natural", "name": "欧阳小芳", "phone": "13800002424"}


def with_a_speaker() -> list[dict[str, object]]:
    return [*Week.body("24")["parties"], SPEAKER]


def with_consent(week: Week, number: str) -> None:
    """Those who came agree that the shop is told: before that no letter leaves (test_24)."""
    agreed = {"jurisdiction": {"unit_consent": True}}
    week.step(number, "correct", "t01.coordinator", fields=agreed, reason="员工同意致函")


def test_27_an_employer_without_an_account_is_served_in_writing(week: Week) -> None:
    """§8: its head answers for it. The house cannot name them, so the town's leader does and writes to the employer."""
    registered = week.register("27")
    number = registered["number"]
    assert registered["warning"]["level"] == 0
    assert registered["responsibility"]["rule"] == "within_town"
    assert registered["responsibility"]["organization"] == "t01.gov"
    week.step(number, "accept", "t01.coordinator", level=0)
    with_consent(week, number)
    assert "幸福超市" in week.page(f"/warnings/letters/new/{number}/", "t01.coordinator")
    client = client_of(week.people["t01.coordinator"])
    written = {"to": "幸福超市", "request": "请依法为员工缴纳社会保险，并书面回复。"}
    assert client.post(f"/warnings/letters/new/{number}/", written).status_code == 302
    letter = EntrustmentLetter.objects.get(dispute__number=number)
    paper = week.page(f"/warnings/letters/{letter.pk}/", "t01.coordinator")
    assert "矛盾纠纷交办函" in paper
    assert "3名员工反映" not in paper  # what they said stays here


def test_27_the_letter_names_nobody_who_complained(week: Week) -> None:
    named = [{"role": "applicant", "kind": "natural", "name": "欧阳小芳"}, Week.body("27")["parties"][1]]
    number = week.register("27", parties=named)["number"]
    week.step(number, "accept", "t01.coordinator", level=0)
    with_consent(week, number)
    client = client_of(week.people["t01.coordinator"])
    client.post(f"/warnings/letters/new/{number}/", {"to": "幸福超市", "request": "请书面回复。"})
    letter = EntrustmentLetter.objects.get(dispute__number=number)
    assert "欧阳小芳" not in week.page(f"/warnings/letters/{letter.pk}/", "t01.coordinator")


def test_24_names_of_the_group_stay_hidden_from_the_employer(week: Week) -> None:
    jurisdiction = week.body("24")["jurisdiction"] | {"unit_consent": True}
    registered = week.register("24", parties=with_a_speaker(), jurisdiction=jurisdiction)
    number = registered["number"]
    assert registered["responsibility"]["rule"] == "inside_unit"
    for by in ("unit01.head", "unit01.handler"):
        if week.sees(number, by):
            seen = week.shown(number, by)
            assert "欧阳小芳" not in str(seen)
            assert "13800002424" not in str(seen)
            assert "欧阳小芳" not in week.page(f"{number}/", by)
            assert seen["warning"] is None
    party = next(row for row in week.shown(number, "t01.clerk")["parties"] if row["role"] == "representative")
    asked = client_of(week.people["unit01.head"]).post(
        f"/disputes/{number}/parties/{party['id']}/", {"reason": "想知道是谁"}
    )
    assert asked.status_code in (403, 404)
    assert "欧阳小芳" not in asked.content.decode()


def test_24_the_complaint_reaches_the_employer_only_with_consent(week: Week) -> None:
    number = week.register("24")["number"]
    assert not week.sees(number, "unit01.head")
    assert not week.sees(number, "unit01.handler")
    assert week.told("unit01.head", "") == 0
    agreed = {"jurisdiction": {"unit_consent": True}}
    done = week.step(number, "correct", "t01.clerk", fields=agreed, reason="职工代表同意找厂长")
    assert done["responsibility"] == {"rule": "inside_unit", "organization": "unit01", "post": "unit01:head"}
    assert week.sees(number, "unit01.head")
