"""Who applied is asked where somebody did: the table written down by hand, source by source."""

from datetime import date

import pytest

from disputes.choices import Source
from disputes.rules.applying import ASKED, asks_applicant
from disputes.rules.intake import Fault, IntakeFacts, PartyFacts, faults, total_people
from imports.rules.cells import Ways
from imports.rules.headings import TITLE_OF, locate, name_of, unsaid
from imports.rules.sheet import Line

CAME_IN_PERSON = {"walk_in", "phone", "online", "leader_reception"}


@pytest.mark.parametrize("source", Source.values)
def test_an_applicant_is_asked_where_somebody_came(source: str) -> None:
    assert asks_applicant(source) is (source in CAME_IN_PERSON)


def test_every_source_has_its_row() -> None:
    assert sorted(ASKED) == sorted(Source.values)


@pytest.mark.parametrize(
    ("source", "role", "wrong"),
    [("walk_in", "party", True), ("walk_in", "applicant", False), ("screening", "party", False)],
)
def test_the_rule_asks_by_source(source: str, role: str, wrong: bool) -> None:
    facts = IntakeFacts(
        "标题", "事由", "other", source, "t01", parties=(PartyFacts(role, "natural", "龚某"),)
    )
    assert (Fault.NO_APPLICANT in faults(facts, date(2026, 3, 2)).get("parties", [])) is wrong


def test_a_party_without_a_side_counts_as_a_person() -> None:
    village = PartyFacts("party", "group", "竹山村果农", head_count=3)
    assert total_people((village, PartyFacts("party", "natural", "龚某"))) == 4


def test_a_sheet_that_tells_no_sides_is_a_sheet() -> None:
    found = locate([(1, ["标题", "事由", "类别", "发生地", "当事人"])])
    assert found is not None
    assert found.is_usable
    assert name_of("主要当事人") == "party"
    assert [TITLE_OF[name] for name in unsaid(["title", "narrative", "category", "place"])] == ["申请人"]


def test_a_line_read_before_is_still_the_same_line() -> None:
    """当事人 was one of the names of the applicant's column."""
    said = {"title": "田埂移位", "narrative": "两家起了争执。", "category": "邻里", "place": "石桥村"}
    before = Line(2, said | {"applicant": "田建国"}).key(Ways())
    assert Line(2, said | {"party": "田建国"}).key(Ways()) == before
    assert Line(2, said | {"applicant": "田建国", "party": "武春来"}).key(Ways()) != before
