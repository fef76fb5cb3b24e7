"""§5: no town and no hot field without somebody responsible; what is missing is red, with the way to fix it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from jurisdictions.choices import HotField, PlaceKind, PostRole
from jurisdictions.models import Organization, Place, Post
from responsibility.selectors.coverage import FIELDS, Coverage, coverage
from tests.factories.accounts import a_user, appoint
from tests.factories.jurisdictions import COUNTY_CODE
from tests.responsibility.conftest import leave

pytestmark = pytest.mark.usefixtures("reference_data")
PATH = "/warnings/coverage/"


def look(now) -> Coverage:
    return coverage(COUNTY_CODE, now)


def cells_of(found: Coverage, place: str) -> dict[str, str]:
    """By field: who is responsible."""
    row = next(row for row in found.rows if row.place.name == place)
    return {cell.label: cell.person.username if cell.person else "" for cell in row.cells}


def test_where_every_post_is_held_nothing_is_missing(people, now):
    found = look(now)
    assert [row.place.name for row in found.rows] == ["青岚县", "青石镇", "柳河乡"]
    assert len(found.fields) == len(FIELDS) == 9
    assert set(cells_of(found, "青石镇").values()) == {"t01.deputy"}
    assert (found.gaps, found.fallbacks, found.faults) == (0, 0, [])


def test_a_field_in_no_portfolio_falls_to_the_political_legal_member_and_says_so(people, now):
    Post.objects.filter(organization__code="t01.gov", role="deputy").update(portfolio=[HotField.LABOUR])
    found = look(now)
    assert found.gaps == 0
    assert found.fallbacks == 8
    row = next(row for row in found.rows if row.place.alias == "t01")
    assert [cell.label for cell in row.cells if not cell.fallback] == ["劳动争议"]


def test_a_field_nobody_answers_for_is_a_gap(people, now):
    Post.objects.filter(organization__code="t01.gov", role="deputy").update(
        portfolio=[HotField.LABOUR], is_political_legal=False
    )
    found = look(now)
    assert found.gaps == 8
    assert cells_of(found, "青石镇")["劳动争议"] == "t01.deputy"
    assert cells_of(found, "青石镇")["征地拆迁"] == ""


def test_an_empty_post_is_a_gap_in_every_field_and_a_fault(deputy, now):
    leave(deputy)
    found = look(now)
    assert found.gaps == 9
    assert [(fault.kind, fault.post.code) for fault in found.faults] == [("vacant", "t01.gov:deputy")]


def test_who_steps_in_for_an_empty_portfolio_is_the_political_legal_member(
    organizations, deputy, people, now
):
    leave(deputy)
    post = Post.objects.create(
        organization=organizations["t01.party"], role=PostRole.POLITICAL_LEGAL, title="政法委员"
    )
    appoint(a_user("t01.political"), post)
    found = look(now)
    assert (found.gaps, found.fallbacks) == (0, 9)
    assert set(cells_of(found, "青石镇").values()) == {"t01.political"}


def test_a_leader_without_phone_and_mail_cannot_be_reached(mayor, people, now):
    User.objects.filter(pk=mayor.user_id).update(email="")
    assert [(fault.kind, fault.person) for fault in look(now).faults] == [("unreachable", mayor.user)]
    user = User.objects.get(pk=mayor.user_id)
    user.phone = "13800000000"
    user.save()
    assert look(now).faults == []


def test_a_post_that_was_never_set_up_is_named(people, now):
    Post.objects.filter(organization__code="t02.centre", role="duty").update(is_active=False)
    Post.objects.filter(organization__code="t02.gov", role="deputy").update(is_active=False)
    found = look(now)
    assert [(fault.kind, fault.place.alias, fault.what) for fault in found.faults] == [
        ("missing", "t02", "值班员"),
        ("missing", "t02", "分管负责人"),
    ]


def test_a_new_town_without_anybody_is_all_red(people, places, now):
    Place.objects.create(
        code=f"{COUNTY_CODE}103", name="新塘镇", kind=PlaceKind.TOWN, parent=places["county"], alias="t03"
    )
    found = look(now)
    assert found.gaps == 9
    assert len(found.faults) == 4


def test_it_costs_the_same_few_queries_for_any_number_of_towns(people, places, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            look(now)
        return len(seen)

    before = queries()
    for number in range(103, 109):
        town = Place.objects.create(
            code=f"{COUNTY_CODE}{number}", name=f"镇{number}", kind=PlaceKind.TOWN, parent=places["county"]
        )
        house = Organization.objects.create(
            code=f"g{number}", name=f"政府{number}", kind="government", place=town
        )
        appoint(a_user(f"d{number}"), Post.objects.create(organization=house, role="deputy"))
    assert queries() == before <= 4


def test_the_administrators_find_the_way_to_fix_it(admin, security, deputy, mayor, client_of):
    leave(deputy)
    User.objects.filter(pk=mayor.user_id).update(email="")
    page = client_of(admin).get(PATH).content.decode()
    assert "责任覆盖 (11)" in page
    assert "无人负责" in page
    assert 'href="/manage/organizations/t01.gov/"' in page
    assert f'href="/manage/users/{mayor.user_id}/edit/"' in page
    assert f'href="/manage/posts/{deputy.post_id}/hold/"' in client_of(security).get(PATH).content.decode()


def test_the_county_reads_whom_to_ask(county_office, county_secretary, deputy, client_of):
    leave(deputy)
    for reader in (county_office, county_secretary):
        page = client_of(reader).get(PATH).content.decode()
        assert "无人负责" in page
        assert "请联系系统管理员" in page
        assert "/manage/" not in page


@pytest.mark.parametrize(
    "username", ["t01.coordinator", "t01.secretary", "hrss.head", "county.duty", "auditor"]
)
def test_towns_departments_and_auditors_do_not_see_it(people, client_of, username):
    assert client_of(people[username]).get(PATH).status_code == 403
