"""The public surface, field by field, as other systems build against it."""

import json

import pytest
from django.test import Client

from disputes.models import Dispute
from tests.factories.disputes import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

BODY = {
    "title": "拖欠工资",
    "narrative": "二十一名工人反映工地拖欠三个月工资。",
    "category": "wage_arrears",
    "source": "walk_in",
    "place": "t01.v01",
    "people_count": 21,
    "occurred_on": "2026-01-20",
    "amount": "126000.50",
    "parties": [
        {"role": "applicant", "kind": "group", "name": "21 名工人", "head_count": 21},
        {"role": "respondent", "kind": "legal", "name": "某建筑公司"},
    ],
    "jurisdiction": {"towns": ["t01"], "sectors": ["hrss"]},
}


def post(client: Client, path: str, body: object, **headers: str):
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def api(api_client_of, clerk) -> Client:
    return api_client_of(clerk)


@pytest.fixture
def coordinator_api(api_client_of, coordinator) -> Client:
    return api_client_of(coordinator)


def test_registering_answers_201_with_number_deadline_and_its_responsible_leader(api):
    answer = post(api, "/disputes/", BODY)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["number"].startswith("t01-")
    assert body["status"] == "registered"
    assert (body["warning"]["level"], body["warning"]["confirmed"]) == (0, False)
    assert body["responsibility"] == {"rule": "one_sector", "organization": "hrss", "post": "hrss:head"}
    assert body["deadline"]["due_at"].endswith("+08:00")
    assert body["deadline"]["explanation"]
    assert Dispute.objects.get().amount_fen == 12_600_050


def test_the_same_key_registers_once_and_another_body_is_a_conflict(api):
    first = post(api, "/disputes/", BODY, **{"Idempotency-Key": "k1"})
    again = post(api, "/disputes/", BODY, **{"Idempotency-Key": "k1"})
    other = post(api, "/disputes/", BODY | {"title": "别的"}, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"people_count": -3}, "people_count"),
        ({"occurred_on": "2099-01-01"}, "occurred_on"),
        ({"amount": "-1"}, "amount"),
        ({"category": "nonsense"}, "category"),
        ({"place": "t99"}, "place"),
        ({"narrative": "字" * 100_000}, "narrative"),
        ({"surprise": 1}, "surprise"),
        ({"parties": []}, "parties"),
        ({"parties": [{"role": "applicant", "kind": "natural", "name": "张三", "id_number": "369901199001011234"}]},
         "parties.0.id_number"),
        ({"jurisdiction": {"unit": "unit01"}}, "unit_relation"),
    ],
)  # fmt: skip
def test_bad_input_is_a_message_at_its_field(api, change, field):
    answer = post(api, "/disputes/", BODY | change)
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"], answer.json()
    assert Dispute.objects.count() == 0


def test_without_a_token_it_is_401(db):
    assert Client().get("/api/v1/disputes/").status_code == 401


def test_out_of_sight_is_404_in_sight_but_not_permitted_403(api, api_client_of, outsider):
    number = post(api, "/disputes/", BODY).json()["number"]
    assert api_client_of(outsider).get(f"/api/v1/disputes/{number}/").status_code == 404
    assert post(api, f"/disputes/{number}/steps/accept/", {}).status_code == 403


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"restricted": True},
        {"danger": True, "danger_told": "派出所王警官"},
        {"category": "neighbour", "settle_on_spot": {"agreed": True, "way": "oral"}},
    ],
)
def test_what_registering_answers_is_what_the_dispute_says(api, more):
    answer = post(api, "/disputes/", BODY | more).json()
    read = api.get(f"/api/v1/disputes/{answer['number']}/").json()
    assert answer == {name: read[name] for name in answer}
    assert answer["responsibility"]["post"]


def test_a_step_answers_the_dispute_and_a_wrong_state_is_409(api, coordinator_api):
    number = post(api, "/disputes/", BODY).json()["number"]
    accepted = post(coordinator_api, f"/disputes/{number}/steps/accept/", {})
    assert accepted.status_code == 200, accepted.content
    assert accepted.json()["status"] == "accepted"
    assert "assign" in accepted.json()["steps"]
    assert post(coordinator_api, f"/disputes/{number}/steps/accept/", {}).status_code == 409
    assert post(coordinator_api, f"/disputes/{number}/steps/dance/", {}).status_code == 404


def test_a_stale_version_is_409(api, coordinator_api):
    number = post(api, "/disputes/", BODY).json()["number"]
    post(coordinator_api, f"/disputes/{number}/steps/accept/", {"version": 1})
    stale = post(coordinator_api, f"/disputes/{number}/steps/assign/", {"lead_unit": "t01.v01", "version": 1})
    assert stale.status_code == 409
    assert stale.json()["code"] == "stale_version"


def test_a_missing_field_of_a_step_is_named(api, coordinator_api):
    number = post(api, "/disputes/", BODY).json()["number"]
    answer = post(coordinator_api, f"/disputes/{number}/steps/decline/", {"reason": "不属于"})
    assert answer.status_code == 400
    assert "routes" in answer.json()["errors"]


def test_settle_on_spot_comes_along_with_the_registration(api):
    body = BODY | {"category": "neighbour", "settle_on_spot": {"agreed": True, "way": "oral"}}
    assert post(api, "/disputes/", body).json()["status"] == "settled"


def test_an_empty_account_of_what_was_agreed_is_refused_at_its_name(api):
    body = BODY | {"category": "neighbour", "settle_on_spot": {"agreed": True, "way": "oral", "account": " "}}
    answer = post(api, "/disputes/", body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["settle_on_spot.account"]


def test_personal_data_is_masked(api):
    parties = [{"role": "applicant", "kind": "natural", "name": "张建国", "phone": "13800000001"}]
    number = post(api, "/disputes/", BODY | {"parties": parties}).json()["number"]
    shown = api.get(f"/api/v1/disputes/{number}/").json()["parties"][0]
    assert (shown["name"], shown["phone"]) == ("张**", "138****0001")


def test_the_ledger_of_a_dispute_is_its_chain_with_texts(api, coordinator_api):
    number = post(api, "/disputes/", BODY).json()["number"]
    post(coordinator_api, f"/disputes/{number}/steps/accept/", {"note": "属于受理范围"})
    entries = api.get(f"/api/v1/disputes/{number}/ledger/").json()["results"]
    assert [entry["step"] for entry in entries] == ["register", "leader_named", "accept"]
    assert entries[2]["texts"] == {"note": "属于受理范围"}
    assert entries[1]["previous_hash"] == entries[0]["hash"]


def test_the_list_filters_and_leads_on(api, clerk, monday):
    for _each in range(3):
        registered(clerk, monday)
    page = api.get("/api/v1/disputes/?status=registered&place=t01&limit=2").json()
    assert len(page["results"]) == 2
    rest = api.get(page["next"].replace("http://testserver", "")).json()
    assert len(rest["results"]) == 1
    assert rest["next"] is None
    assert api.get("/api/v1/disputes/?q=排水沟").json()["results"]
    assert not api.get("/api/v1/disputes/?q=火车站").json()["results"]
    assert api.get("/api/v1/disputes/?status=dancing").status_code == 400


def test_a_filter_means_the_same_as_on_the_ledger_page(api, clerk, monday):
    mine, other = registered(clerk, monday), registered(clerk, monday, place="t01.v02", category="family")

    def numbers(query: str) -> list[str]:
        return [row["number"] for row in api.get(f"/api/v1/disputes/?{query}").json()["results"]]

    printed = f"〔{mine.book.year}〕{mine.book.printed_name}第{mine.seq:06d}号"
    assert numbers(f"q={mine.number}") == numbers(f"q={printed}") == [mine.number]
    assert numbers("place=t01.v02") == [other.number]
    assert numbers("status=registered,accepted") == [other.number, mine.number]
    assert numbers("category=neighbour,family&level=0,1") == [other.number, mine.number]
    assert numbers("category=neighbour") == [mine.number]


@pytest.mark.parametrize(
    "query",
    ["status=open,dancing", "level=7", "category=nonsense", "lead_unit=t99", "overdue=maybe", "due_soon=1"],
)
def test_a_filter_that_cannot_be_is_a_message_at_its_field(api, query):
    answer = api.get(f"/api/v1/disputes/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.split("=")[0]]


def test_the_list_does_not_query_more_with_more_rows(api, clerk, monday, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(14) as captured:
            assert api.get("/api/v1/disputes/").status_code == 200
        return len(captured)

    registered(clerk, monday)
    few = queries()
    for _each in range(10):
        registered(clerk, monday)
    assert queries() <= few


def test_the_schema_describes_the_surface(db):
    text = Client().get("/api/v1/schema/").content.decode()
    for path in (
        "/disputes/",
        "/disputes/{number}/",
        "/disputes/{number}/ledger/",
        "/disputes/{number}/steps/{step}/",
    ):
        assert f"/api/v1{path}:" in text


def test_categories_carry_code_and_name(api):
    codes = {row["code"] for row in api.get("/api/v1/categories/").json()["results"]}
    assert {"family", "wage_arrears", "expropriation", "illegal_fundraising"} <= codes
