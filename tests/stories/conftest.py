from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import Appointment
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Organization, Place, Post, Sector
from safekeeping.services import verify
from tests.factories.accounts import a_user, appoint
from tests.stories.week import Week, same_words

MORE = (("forestry", "县林业局", "林业"), ("emergency", "县应急管理局", "应急管理"))


@pytest.fixture
def departments(people: dict[str, Appointment], places: dict[str, Place]) -> dict[str, Appointment]:
    """The departments the week names beside those of the small county, each with handler and head."""
    made = {}
    for code, name, sector in MORE:
        unit = Organization.objects.create(
            code=code, name=name, kind=OrganizationKind.DEPARTMENT, place=places["county"]
        )
        unit.sectors.add(Sector.objects.create(code=code, name=sector, alias=code))
        for role in (PostRole.HANDLER, PostRole.HEAD):
            username = f"{code}.{role.value}"
            post = Post.objects.create(organization=unit, role=role)
            made[username] = appoint(a_user(username), post, is_default=True)
    return made


@pytest.fixture
def police_heads(people: dict[str, Appointment]) -> dict[str, Appointment]:
    """Of both towns."""
    made = {}
    for town in ("t01", "t02"):
        post = Post.objects.create(
            organization=people[f"{town}.police"].post.organization, role=PostRole.HEAD
        )
        made[f"{town}.police_head"] = appoint(a_user(f"{town}.police_head"), post)
    return made


@pytest.fixture
def week(
    people: dict[str, Appointment],
    departments: dict[str, Appointment],
    police_heads: dict[str, Appointment],
    reference_data: None,
) -> Iterator[Week]:
    """What holds after every story: the ledger is whole, and nobody was told two events in the same words."""
    played = Week(people | departments | police_heads)
    yield played
    assert verify.verify().fault_count == 0
    assert same_words() == []
