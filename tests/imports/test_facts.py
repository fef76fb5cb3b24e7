"""What an old ledger states is held to the same rules as what a clerk states."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Appointment
from core.actor import Actor
from disputes.choices import PartyKind
from disputes.errors import InvalidInput
from disputes.services import intake
from imports.rules.cells import CellFault, Ways, fen_of
from imports.rules.sheet import Line
from imports.services import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(coordinator: Appointment, actor: Any, now: Any) -> Any:
    by: Actor = actor(coordinator)

    def make(**cells: str) -> tuple[Any, Actor]:
        said = {
            "title": "田埂移位",
            "narrative": "两家为田埂起了争执，要求丈量。",
            "category": "邻里",
            "place": "石桥村",
        }
        said |= {"applicant": "田建国", "respondent": "武春来", **cells}
        return lines.facts_of(Line(2, said), lines.names_for(by), Ways()), by

    return make


def test_a_name_only_a_unit_can_have_comes_in_as_a_unit(facts: Any, now: Any) -> None:
    stated, by = facts(applicant="华光电子有限公司", respondent="石桥村村委会")
    assert [party.kind for party in stated.parties] == [PartyKind.LEGAL, PartyKind.LEGAL]
    (dispute,) = intake.register_many(
        batch=[intake.checked(facts=stated, by=by, now=now)], memo=intake.BatchCache()
    )
    assert dispute.parties.get(role="applicant").kind == PartyKind.LEGAL


def test_a_persons_name_does_not(facts: Any) -> None:
    stated, _by = facts(applicant="张公", respondent="王银行")
    assert [party.kind for party in stated.parties] == [PartyKind.NATURAL, PartyKind.NATURAL]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"people_count": "1"}, "people_count"),
        ({"occurred_on": "1626-03-02"}, "occurred_on"),
        ({"occurred_on": "0026-03-02"}, "occurred_on"),
        ({"applicant_id": "110105194912310021"}, "parties.0.id_number"),
        ({"respondent_phone": "1380000"}, ""),
        ({"applicant_phone": "不详", "applicant_id": "无"}, ""),
    ],
)
def test_the_rules_of_the_form_hold_for_a_line(
    facts: Any, now: Any, cells: dict[str, str], field: str
) -> None:
    stated, by = facts(**cells)
    if not field:
        assert intake.checked(facts=stated, by=by, now=now)
        return
    with pytest.raises(InvalidInput) as refused:
        intake.checked(facts=stated, by=by, now=now)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0.28", 28), ("1,200.50", 120_050), ("5000元", 500_000), ("0.290", 29), ("", None)],
)
def test_amounts_are_kept_to_the_fen(text: str, fen: int | None) -> None:
    assert fen_of(text, Ways(), "yuan").value == fen


@pytest.mark.parametrize("text", ["0.285", "100.001", "1200.5049"])
def test_amounts_finer_than_a_fen_are_refused_not_cut(text: str) -> None:
    assert fen_of(text, Ways(), "yuan").fault is CellFault.FRACTION
