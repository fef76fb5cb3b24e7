"""`POST /api/v1/warnings/classify/`: shapes, bad input, offsets."""

import json

import pytest
from django.test import Client

from tests.early_warning.readings.conftest import MARCH

pytestmark = pytest.mark.django_db
URL = "/api/v1/warnings/classify/"


@pytest.fixture
def ask(now, api_client_of, clerk):
    client = api_client_of(clerk)

    def post(body: object):
        return client.post(URL, json.dumps(body), content_type="application/json")

    return post


def test_a_text_is_read_with_level_danger_evidence_and_version(ask):
    answer = ask({"narrative": MARCH, "people_count": 100})
    found = answer.json()
    assert answer.status_code == 200
    assert set(found) == {"level", "danger", "evidence", "policy_version"}
    assert found["level"] in (1, 2)
    assert found["policy_version"] == 1
    assert all(MARCH[span["start"] : span["end"]] == span["text"] for span in found["evidence"])


def test_offsets_hold_whatever_stands_before(ask):
    text = f"  \n😀Ａ{MARCH}"
    spans = ask({"narrative": text, "people_count": None}).json()["evidence"]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


@pytest.mark.parametrize("text", ["", "吵", "hello world", "😀😀", "　", "字" * 100_000])
def test_any_text_has_an_answer(ask, text):
    answer = ask({"narrative": text})
    assert answer.status_code == 200
    assert answer.json()["level"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"people_count": 3},
        {"narrative": None},
        {"narrative": 5},
        {"narrative": ["x"]},
        {"narrative": "字" * 100_001},
        {"narrative": "x", "people_count": -1},
        {"narrative": "x", "people_count": 10**9},
        {"narrative": "x", "people_count": "many"},
        {"narrative": "x", "people_count": True},
        {"narrative": "x", "else": 1},
        [],
        "x",
    ],
    ids=lambda body: str(body)[:40],
)
def test_bad_input_is_400_with_its_field(ask, body):
    answer = ask(body)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_the_anonymous_get_401(now):
    answer = Client().post(URL, "{}", content_type="application/json")
    assert answer.status_code == 401


def test_it_is_in_the_schema(now):
    schema = Client().get("/api/v1/schema/?format=json").json()
    assert "/api/v1/warnings/classify/" in schema["paths"]
