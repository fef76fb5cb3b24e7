"""Names of units, short codes, tables: against names written by hand from how counties call them."""

from __future__ import annotations

import pytest

from first_start.rules import people
from first_start.rules.county_units import usual_names
from first_start.rules.departments import departments
from first_start.rules.next_steps import Lack, next_lack
from first_start.rules.plan import CountyPlan, units_of, with_aliases
from first_start.rules.tables import read
from first_start.rules.town_units import Division, leadership, stem, village_unit
from first_start.services.template import fields_by_word, usual_departments
from jurisdictions.choices import HotField, OrganizationKind, PostRole
from jurisdictions.models import Organization, Post
from jurisdictions.rules.place_csv import parse
from tests.first_start.county import PLACES

FIELDS = tuple(HotField.values)


@pytest.mark.parametrize(
    ("town", "party", "government", "head"),
    [
        ("白石镇", "中共白石镇委员会", "白石镇人民政府", "镇长"),
        ("茶亭乡", "中共茶亭乡委员会", "茶亭乡人民政府", "乡长"),
        ("城关街道", "中共城关街道工作委员会", "城关街道办事处", "主任"),
        ("经济开发区", "中共经济开发区工作委员会", "经济开发区管理委员会", "主任"),
        ("龙山风景区管委会", "中共龙山风景区管委会工作委员会", "龙山风景区管委会", "主任"),
    ],
)
def test_a_town_is_called_after_what_it_is(town: str, party: str, government: str, head: str) -> None:
    found = leadership(town)
    assert (found.party, found.government, found.head) == (party, government, head)


@pytest.mark.parametrize(
    ("village", "name", "short"),
    [
        ("上湾村", "白石镇上湾村民委员会", "上湾村委会"),
        ("河街社区", "白石镇河街社区居民委员会", "河街社区居委会"),
        ("老街居委会", "白石镇老街居委会", "老街居委会"),
        ("上湾", "白石镇上湾村民委员会", "上湾村委会"),
    ],
)
def test_a_village_has_its_committee(village: str, name: str, short: str) -> None:
    town = Division("369902100", "t01", "白石镇")
    unit = village_unit(town, Division("369902100201", "t01.v01", village))
    assert (unit.name, unit.short_name, unit.parent) == (name, short, "t01.gov")


@pytest.mark.parametrize(("town", "short"), [("白石镇", "白石"), ("城关街道", "城关"), ("白镇", "白镇")])
def test_a_station_is_called_after_the_town_without_its_kind(town: str, short: str) -> None:
    assert stem(town) == short


@pytest.mark.parametrize(
    ("county", "party", "short"),
    [
        ("云岭县", "中共云岭县委员会", "县委"),
        ("云岭市", "中共云岭市委员会", "市委"),
        ("云岭区", "中共云岭区委员会", "区委"),
    ],
)
def test_a_county_is_a_county_a_city_or_a_district(county: str, party: str, short: str) -> None:
    named = usual_names(county, FIELDS)["county.party"]
    assert (named.name, named.short_name) == (party, short)


def test_short_codes_follow_the_codes_and_stay_when_a_town_comes_between() -> None:
    given = {line.code: line.alias for line in with_aliases(parse(PLACES), {}) if line.kind}
    assert given == {
        "369902": "",
        "369902001": "t01",
        "369902001001": "t01.v01",
        "369902100": "t02",
        "369902100001": "t02.v01",
        "369902100201": "t02.v02",
        "369902100202": "t02.v03",
        "369902200": "t03",
        "369902200201": "t03.v01",
    }
    later = with_aliases(parse(PLACES + "369902050000,,新设镇\n"), {k: v for k, v in given.items() if v})
    assert {line.code: line.alias for line in later if line.kind} == given | {"369902050": "t04"}


def plan() -> CountyPlan:
    return CountyPlan(with_aliases(parse(PLACES), {}), usual_departments(), ())


def test_every_word_fits_the_columns_and_the_choices() -> None:
    """The rules are pure and write kinds and roles as text; the database knows which there are."""
    units = units_of(plan(), FIELDS)
    codes = [unit.code for unit in units]
    assert len(codes) == len(set(codes))
    for unit in units:
        assert unit.kind in OrganizationKind.values
        assert unit.parent in ("", *codes)
        assert len(unit.name) <= Organization._meta.get_field("name").max_length
        assert len(unit.short_name) <= Organization._meta.get_field("short_name").max_length
        for post in unit.posts:
            assert post.role in PostRole.values
            assert set(post.portfolio) <= set(FIELDS)
            assert len(post.title) <= Post._meta.get_field("title").max_length


def test_every_field_of_the_order_has_a_department_that_answers_for_it() -> None:
    """Else a dispute of that field would have no unit to be suggested."""
    held = {field for row in usual_departments() for field in row.fields}
    assert held == set(FIELDS)


def test_every_post_of_the_pattern_reads_without_doubling() -> None:
    for unit in units_of(plan(), FIELDS):
        for post in unit.posts:
            said = f"{unit.short_name or unit.name}{post.title}"
            assert "委委" not in said
            assert "中心综治中心" not in said
            assert "县委县委" not in said


def test_departments_come_out_of_a_table_with_their_fields() -> None:
    rows, wrong = departments(
        read("代码,名称,行业代码,行业名称,主管领域,垂直管理\nhrss,人社局,labour,劳动,劳动争议、企业改制,\n"),
        fields_by_word(),
    )
    assert (rows[0].fields, rows[0].is_vertical, wrong) == (("labour", "enterprise_reform"), False, [])


def test_wrong_departments_are_told_by_line_and_heading() -> None:
    table = read(
        "代码,名称,行业代码,行业名称,主管领域,类型\n"
        "t01.x,某局,,,,\n"  # a town's code
        "a,,,,,\n"
        "b,某局,s1,甲,天文,\n"
        "b,某局,s1,乙,,bank\n"
    )
    _rows, wrong = departments(table, fields_by_word())
    assert {(row.line, row.heading) for row in wrong} == {
        (2, "代码"),
        (3, "名称"),
        (4, "主管领域"),
        (5, "代码"),
        (5, "行业代码"),
        (5, "类型"),
    }


def test_people_who_do_not_fit_are_told() -> None:
    rows = [
        people.Person(2, "a", "甲", "t01.centre", "clerk"),
        people.Person(3, "yi.er", "", "t01.centre", "clerk"),
        people.Person(4, "san.si", "乙", "t09.centre", "clerk"),
        people.Person(5, "wu.liu", "丙", "county.data", "administrator"),
        people.Person(6, "wu.liu", "丙", "county.security", "security"),
        people.Person(7, "wu.liu", "丁", "t01.centre", "clerk"),
    ]
    posts = {"t01.centre:clerk", "county.data:administrator", "county.security:security"}
    told = {(person.line, wrong) for person, wrong in people.problems(rows, posts)}
    assert told == {
        (2, people.Wrong.USERNAME),
        (3, people.Wrong.NAME),
        (4, people.Wrong.POST),
        (6, people.Wrong.OFFICER_TWICE),
        (7, people.Wrong.TWICE),
    }
    assert people.missing_offices(rows) == ["auditor"]


@pytest.mark.parametrize(
    ("held", "lack"),
    [
        ([], Lack.CLERK),
        (["administrator"], Lack.CLERK),
        (["clerk"], Lack.DISPATCHER),
        (["coordinator"], Lack.HANDLER),
        (["coordinator", "mediator"], Lack.LEADER),
        (["coordinator", "handler", "deputy"], None),
    ],
)
def test_what_comes_next(held: list[str], lack: Lack | None) -> None:
    assert next_lack(held) == lack
