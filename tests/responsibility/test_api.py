"""`POST /responsibility/resolve/` and the `responsibility` of a dispute."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from responsibility.services import naming
from tests.factories.accounts import actor
from tests.responsibility.conftest import leave

pytestmark = pytest.mark.usefixtures("reference_data")
PATH = "/api/v1/responsibility/resolve/"
T01, T02 = "369901101", "369901102"


@pytest.fixture
def ask(clerk, api_client_of):
    client = api_client_of(clerk)

    def post(**facts: Any) -> Any:
        return client.post(PATH, facts, content_type="application/json")

    return post


@pytest.mark.parametrize(
    ("facts", "rule", "leader"),
    [
        ({"place": "t01.v01"}, "within_town", ("t01.gov", "deputy", "t01.deputy")),
        ({"place": T01, "towns": ["t01"]}, "within_town", ("t01.gov", "deputy", "t01.deputy")),
        ({"place": "t01", "towns": ["t01", T02]}, "across_towns", ("county.gov", "deputy", "county.deputy")),
        ({"place": "t01", "sectors": ["hrss"]}, "one_sector", ("hrss", "head", "hrss.head")),
        (
            {"place": "t01", "sectors": ["hrss", "nr"], "category": "wage_arrears"},
            "across_sectors",
            ("county.gov", "deputy", "county.deputy"),
        ),
        (
            {"place": "t01", "unit": "unit01", "unit_relation": "inside"},
            "inside_unit",
            ("unit01", "head", "unit01.head"),
        ),
        (
            {"place": "t01", "unit": "没有登记的厂", "unit_relation": "inside"},
            "within_town",
            ("t01.gov", "deputy", "t01.deputy"),
        ),
        (
            {"place": "t01", "unit": "unit01", "unit_relation": "versus_locality"},
            "unit_versus_locality",
            ("t01.committee", "head", "t01.committee"),
        ),
    ],
)
def test_the_answer_names_rule_leader_and_organization(ask, committees, facts, rule, leader):
    answer = ask(**facts)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["rule"] == rule
    assert tuple(body["leader"].values()) == leader
    assert body["organization"]["code"] == leader[0]
    assert set(body["organization"]) == {"code", "name", "kind", "place"}


def test_the_facts_may_stand_under_jurisdiction_as_in_a_registration(ask, people):
    nested = ask(place="t01", jurisdiction={"towns": ["t01", "t02"], "sectors": [], "unit": None}).json()
    assert nested["rule"] == "across_towns"
    assert nested == ask(place="t01", towns=["t01", "t02"]).json()


def test_every_town_concerned_has_its_own_chain_for_every_level(ask, people):
    chains = ask(place="t01", towns=["t01", "t02"]).json()["chains"]
    assert list(chains) == [T01, T02]
    assert list(chains[T01]) == ["1", "2", "3"]
    told = [[post["holder"] for post in chains[T02][level]] for level in ("3", "2", "1")]
    assert told == [
        ["t02.deputy", "t02.mayor", "t02.secretary", "county.deputy", "county.secretary"],
        ["t02.mayor", "t02.secretary", "county.deputy", "county.secretary"],
        ["t02.secretary", "county.deputy", "county.secretary"],
    ]
    assert chains[T01]["1"][0] == {
        "organization": "t01.party",
        "role": "party_secretary",
        "holder": "t01.secretary",
    }


def test_a_vacant_post_has_no_holder(ask, people):
    leave(people["t01.secretary"])
    chain = ask(place="t01").json()["chains"][T01]["1"]
    assert chain[0]["holder"] is None


def test_unknown_codes_are_messages_at_their_fields(ask, people):
    answer = ask(place="t99", towns=["t98"], sectors=["magic"], category="weather")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"place", "towns", "sectors", "category"}
    assert set(ask().json()["errors"]) == {"place"}
    assert ask(place="t01", unit_relation="beside").status_code == 400
    assert ask(place="t01", mayor="x").status_code == 400
    assert ask(place="t01", towns="t01").status_code == 400


def test_who_is_complained_about_is_passed_over(ask, people):
    assert ask(place="t01", accused_people=["t01.deputy"]).json()["leader"]["holder"] == "county.deputy"


def test_without_a_token_there_is_no_answer(client, people):
    assert client.post(PATH, {"place": "t01"}, content_type="application/json").status_code == 401


def test_the_administrator_has_no_disputes_to_ask_about(admin, api_client_of):
    answer = api_client_of(admin).post(PATH, {"place": "t01"}, content_type="application/json")
    assert answer.status_code == 403


def test_queries_do_not_grow_with_towns(ask, people):
    def queries(**facts: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask(**facts).status_code == 200
        return len(seen)

    one, two = {"place": "t01", "towns": ["t01"]}, {"place": "t01", "towns": ["t01", "t02"]}
    ask(place="t01")  # the token notes its first use
    cold = queries(**one), queries(**two)
    warm = queries(**one), queries(**two)
    assert warm[0] == warm[1] <= min(cold)


def test_a_dispute_tells_its_rule_organization_and_post(register, coordinator, api_client_of, now):
    dispute, client = register(), api_client_of(coordinator)
    path = f"/api/v1/disputes/{dispute.number}/"
    told = {"rule": "within_town", "organization": "t01.gov", "post": "t01.gov:deputy"}
    assert client.get(path).json()["responsibility"] == told
    assert client.get("/api/v1/disputes/").json()["results"][0]["responsibility"] == told
    naming.override(
        number=dispute.number, post_code="t01.gov:head", reason="镇长分管", by=actor(coordinator), now=now
    )
    assert client.get(path).json()["responsibility"]["post"] == "t01.gov:head"
