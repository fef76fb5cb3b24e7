from datetime import date, datetime

import pytest

from audit.models import AccessEvent
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from jurisdictions.models import Organization, Place
from jurisdictions.rules.place_csv import Effect, parse
from jurisdictions.services import place_import
from jurisdictions.services import places as service

BY = Actor.system("tests")
DAY = date(2026, 3, 2)


def add(code: str, name: str, alias: str = "", *, now: datetime) -> Place:
    return service.add(code=code, name=name, alias=alias, valid_from=DAY, by=BY, now=now)


def test_level_and_place_above_follow_from_the_code(places: dict[str, Place], monday: datetime) -> None:
    village = add("369901101299", "新村", now=monday)
    assert (village.kind, village.parent, village.pinyin) == ("village", places["t01"], "xc")


def test_a_place_without_the_one_above_is_refused(db: None, monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        add("369901101", "青石镇", now=monday)
    assert "369901" in str(refused.value.errors["code"][0])


@pytest.mark.parametrize("code", ["36990", "36990110A", "369901101", "٣٦٩٩٠١"])
def test_a_wrong_or_known_code_is_refused(code: str, places: dict[str, Place], monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(code, "青石镇", now=monday)
    assert list(refused.value.errors) == ["code"]


def test_an_alias_belongs_to_one_place(places: dict[str, Place], monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        add("369901199", "新乡", "t01", now=monday)
    assert list(refused.value.errors) == ["alias"]


def test_a_new_name_is_recorded_with_the_old_one(places: dict[str, Place], monday: datetime) -> None:
    town = places["t01"]
    edit(town, name="青石街道", now=monday)
    event = AccessEvent.objects.latest("pk")
    assert (event.details["before"]["name"], event.details["after"]["name"]) == ("青石镇", "青石街道")


def edit(place: Place, *, name: str, now: datetime) -> None:
    given = {"alias": place.alias, "pinyin": place.pinyin}
    service.edit(place_id=place.pk, name=name, **given, by=BY, now=now)


def test_a_town_with_villages_cannot_end(places: dict[str, Place], monday: datetime) -> None:
    with pytest.raises(Conflict, match="2 个在用的下级区划"):
        service.end(place_id=places["t01"].pk, valid_to=DAY, successor_id=None, by=BY, now=monday)


def test_an_ended_village_names_its_successor_and_is_offered_no_more(
    places: dict[str, Place], monday: datetime
) -> None:
    Organization.objects.filter(place=places["t01.v01"]).update(valid_to=DAY)
    service.end(
        place_id=places["t01.v01"].pk, valid_to=DAY, successor_id=places["t01.v02"].pk, by=BY, now=monday
    )
    village = Place.objects.get(pk=places["t01.v01"].pk)
    assert village.successor == places["t01.v02"]
    assert village in Place.objects.valid_on(DAY)
    assert village not in Place.objects.valid_on(date(2026, 3, 3))


def test_a_successor_of_another_level_is_refused(places: dict[str, Place], monday: datetime) -> None:
    Organization.objects.filter(place=places["t01.v01"]).update(valid_to=DAY)
    with pytest.raises(InvalidInput):
        service.end(
            place_id=places["t01.v01"].pk, valid_to=DAY, successor_id=places["t01"].pk, by=BY, now=monday
        )


FILE = """代码,名称,简码
369901000000,青岚县,
369901101000,青石街道办事处,
369901103000,云峰乡,t03
369901103201,云峰村委会,
"""


def test_an_import_adds_renames_and_leaves_the_rest(places: dict[str, Place], monday: datetime) -> None:
    before = Place.objects.count()
    plan = place_import.load(lines=parse(FILE), valid_from=DAY, by=BY, now=monday)
    assert [row.effect for row in plan.lines] == [
        Effect.SAME, Effect.RENAMED, Effect.ADDED, Effect.ADDED,
    ]  # fmt: skip
    assert Place.objects.count() == before + 2
    town = Place.objects.get(code="369901101")
    assert (town.name, town.alias, town.pinyin) == ("青石街道", "t01", "qsjd")
    assert Place.objects.get(code="369901103201").parent == Place.objects.get(alias="t03")


def test_a_second_import_changes_nothing(places: dict[str, Place], monday: datetime) -> None:
    place_import.load(lines=parse(FILE), valid_from=DAY, by=BY, now=monday)
    again = place_import.plan(parse(FILE))
    assert {row.effect for row in again.lines} == {Effect.SAME}
    assert not again.is_usable


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("369902101000,别县镇,", "other_county"),
        ("369901555201,孤村,", "no_parent"),
        ("369901103000,云峰乡,t02", "alias_taken"),
    ],
)
def test_one_wrong_line_keeps_everything_out(
    row: str, problem: str, places: dict[str, Place], monday: datetime
) -> None:
    lines = parse(FILE.replace("t03", "") + row.replace("103000", "104000") + "\n")
    assert [line.line.problem for line in place_import.plan(lines).lines if line.line.problem] == [problem]
    with pytest.raises(Conflict):
        place_import.load(lines=lines, valid_from=DAY, by=BY, now=monday)
    assert not Place.objects.filter(code="369901103").exists()


def test_an_empty_database_takes_the_county_of_the_file(db: None, monday: datetime) -> None:
    place_import.load(lines=parse(FILE), valid_from=DAY, by=BY, now=monday)
    assert list(Place.objects.values_list("kind", flat=True)) == ["county", "town", "town", "village"]


def test_an_import_takes_as_many_queries_for_many_places(
    db: None, monday: datetime, django_assert_max_num_queries
) -> None:
    villages = "".join(f"369901101{n:03d},第{n}村,\n" for n in range(1, 300))
    text = f"代码,名称,简码\n369901,青岚县,\n369901101,青石镇,\n{villages}"
    with django_assert_max_num_queries(12):
        place_import.load(lines=parse(text), valid_from=DAY, by=BY, now=monday)
    assert Place.objects.count() == 301
