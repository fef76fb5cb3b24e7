"""The demo county's structure: codes, posts, accounts."""

import re
from collections import Counter

import pytest

from accounts.roles import ROLES
from demo.accounts import SECOND_POSTS, STAND_INS, all_accounts
from demo.county import county
from demo.departments import DEPARTMENT_OF, DEPARTMENTS, SECTORS, TOWN_UNIT_OF
from demo.organizations import STATIONS, all_organizations
from disputes.reference import CATEGORIES
from jurisdictions.choices import HotField, PostRole

ORGANIZATIONS = {row.code: row for row in all_organizations()}
TOWN_ACCOUNTS = (
    *("clerk", "coordinator", "deputy", "mayor", "secretary", "mediator"),
    *("justice", "police", "tribunal", "petition", "duty", "v01"),
)
TOWN_RANGES = {"街道": range(1, 100), "镇": range(100, 200), "乡": range(200, 400)}


def test_there_are_twelve_towns_and_the_first_is_qingshi() -> None:
    towns = county().towns
    assert [town.alias for town in towns] == [f"t{number:02d}" for number in range(1, 13)]
    assert towns[0].name == "青石镇"
    assert all(10 <= len(town.villages) <= 14 for town in towns)


def test_division_codes_lie_in_the_unassigned_block_and_fit_their_kind() -> None:
    assert county().code == "369901"
    for town in county().towns:
        suffix = next(kind for kind in TOWN_RANGES if town.name.endswith(kind))
        assert town.code.startswith("369901")
        assert int(town.code[6:]) in TOWN_RANGES[suffix]
        for village in town.villages:
            assert re.fullmatch(r"\d{12}", village.code)
            assert village.code.startswith(town.code)
            assert (int(village.code[9:]) < 200) == village.is_community


def test_no_place_appears_twice() -> None:
    codes = Counter(village.code for _town, village in county().villages())
    names = Counter(village.name for _town, village in county().villages())
    assert max(codes.values()) == max(names.values()) == 1


def test_parents_come_before_their_children_and_places_exist() -> None:
    seen: set[str] = set()
    places = {county().code, *(t.code for t in county().towns), *(v.code for _t, v in county().villages())}
    for row in all_organizations():
        assert row.parent == "" or row.parent in seen, row.code
        assert row.place in places
        seen.add(row.code)
    assert len(seen) == len(all_organizations())


def test_every_organization_has_a_filled_post_and_names_are_unique() -> None:
    assert all(row.posts for row in all_organizations())
    assert max(Counter(row.name for row in all_organizations()).values()) == 1
    assert {post.role.value for row in all_organizations() for post in row.posts} <= set(ROLES)


@pytest.mark.parametrize("town", [f"t{number:02d}" for number in range(1, 13)])
def test_every_town_has_the_accounts_of_the_readme(town: str) -> None:
    usernames = {account.username for account in all_accounts()}
    assert {f"{town}.{name}" for name in TOWN_ACCOUNTS} <= usernames


def test_the_county_has_the_accounts_of_the_readme() -> None:
    usernames = {account.username for account in all_accounts()}
    wanted = {f"county.{name}" for name in ("office", "duty", "deputy", "head", "secretary")}
    wanted |= {"auditor", "admin", "security", "unit01.handler", "unit01.head"}
    wanted |= {f"{row.alias}.{role}" for row in DEPARTMENTS for role in ("handler", "deputy", "head")}
    assert wanted <= usernames


def test_usernames_and_names_are_given_once() -> None:
    assert max(Counter(account.username for account in all_accounts()).values()) == 1
    assert max(Counter(account.name for account in all_accounts()).values()) == 1


def test_a_towns_deputy_is_its_political_legal_member_and_holds_every_field() -> None:
    for town in county().towns:
        deputy = next(p for p in ORGANIZATIONS[f"{town.alias}.gov"].posts if p.role is PostRole.DEPUTY)
        assert deputy.is_political_legal
        assert set(deputy.portfolio) == set(HotField.values)


def test_one_person_holds_a_second_post_and_somebody_stands_in_today() -> None:
    posts = {f"{row.code}:{post.role.value}" for row in all_organizations() for post in row.posts}
    usernames = {account.username for account in all_accounts()}
    assert SECOND_POSTS
    assert set(SECOND_POSTS.values()) <= posts
    assert any(row.from_day <= 0 < row.to_day for row in STAND_INS)
    assert {name for row in STAND_INS for name in (row.absent, row.stand_in)} <= usernames


def test_every_hot_field_and_every_sector_has_its_department() -> None:
    assert {field for row in DEPARTMENTS for field in row.fields} == set(HotField)
    aliases = [sector.alias for sector in SECTORS]
    assert len(aliases) == len(set(aliases)) == len({sector.code for sector in SECTORS})
    assert {"hrss", "nr", "health", "eco", "water", "justice"} <= set(aliases)
    sectors = {sector.code for sector in SECTORS}
    assert all(set(row.sectors) <= sectors for row in all_organizations())


def test_every_category_knows_its_department_and_town_unit() -> None:
    codes = {row[0] for row in CATEGORIES}
    assert set(DEPARTMENT_OF) == codes
    assert set(DEPARTMENT_OF.values()) <= {row.alias for row in DEPARTMENTS}
    assert set(TOWN_UNIT_OF) <= codes
    assert set(TOWN_UNIT_OF.values()) <= {"mediation", "justice", "police", "petition", *STATIONS}
