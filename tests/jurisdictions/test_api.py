from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from jurisdictions import api
from jurisdictions.models import Place, Sector

ApiClient = Callable[[Appointment], Client]


def get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def machine(clerk: Appointment, api_client_of: ApiClient) -> Client:
    return api_client_of(clerk)


def test_towns_with_code_name_alias_and_the_place_above(machine: Client) -> None:
    answer = get(machine, "/api/v1/places/?kind=town")
    assert answer["results"][0] == {
        "code": "369901101",
        "name": "青石镇",
        "kind": "town",
        "alias": "t01",
        "parent": "369901",
    }
    assert (len(answer["results"]), answer["next"]) == (2, None)


def test_villages_of_a_town_by_its_alias(machine: Client) -> None:
    answer = get(machine, "/api/v1/places/?kind=village&parent=t02")
    assert {place["parent"] for place in answer["results"]} == {"369901102"}


def test_ended_places_are_left_out(machine: Client) -> None:
    Place.objects.filter(alias="t02").update(valid_to=date(2020, 12, 31))
    assert [place["alias"] for place in get(machine, "/api/v1/places/?kind=town")["results"]] == ["t01"]


@pytest.mark.parametrize(("asked", "field"), [("kind=city", "kind"), ("parent=nowhere", "parent")])
def test_a_wrong_filter_is_named(machine: Client, asked: str, field: str) -> None:
    response = machine.get(f"/api/v1/places/?{asked}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_pages_follow_next_until_all_places_were_seen(
    machine: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PAGE", 3)
    address, seen = "/api/v1/places/", []
    while address:
        answer = get(machine, address)
        seen += [place["code"] for place in answer["results"]]
        address = answer["next"]
    assert seen == sorted(Place.objects.values_list("code", flat=True))


def test_sectors_with_the_alias_of_their_department(machine: Client) -> None:
    answer = get(machine, "/api/v1/sectors/")
    assert {"code": "labour", "name": "劳动和社会保障", "alias": "hrss"} in answer["results"]
    assert answer["next"] is None


@pytest.mark.parametrize("word", ["labour", "hrss"])
def test_an_alias_is_accepted_wherever_a_code_is(word: str, people: dict[str, Appointment]) -> None:
    assert Sector.objects.by_code(word).get().code == "labour"
    assert Place.objects.by_code("t01").get() == Place.objects.by_code("369901101").get()


@pytest.mark.parametrize("address", ["/api/v1/places/", "/api/v1/sectors/"])
def test_without_a_token_the_answer_is_401(client: Client, address: str, db: None) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Token")
