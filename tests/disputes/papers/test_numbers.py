"""文号: once for a paper, in a row for each kind, unit and year, whoever asks at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Appointment
from core.errors import InvalidInput
from disputes.models import PaperNumber
from disputes.services.paper_numbers import number_for
from jurisdictions.models import Organization
from jurisdictions.services import organizations as units
from jurisdictions.services.organizations import Facts
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(organizations: dict[str, Organization]) -> Organization:
    row = organizations["t01.centre"]
    row.paper_mark = "青综治"
    row.save()
    return row


def test_each_kind_unit_and_year_counts_for_itself(
    centre: Organization, organizations: dict[str, Organization], monday: datetime
) -> None:
    def printed(kind: str, about: int, unit: Organization = centre, now: datetime = monday) -> str:
        return number_for(kind, about, organization=unit, now=now).printed

    assert [printed("receipt", n) for n in (1, 2)] == ["青综治登〔2026〕1号", "青综治登〔2026〕2号"]
    assert printed("acceptance", 1) == "青综治受〔2026〕1号"
    assert printed("receipt", 3, organizations["t02.centre"]) == "柳河乡综治中心登〔2026〕1号"
    assert printed("receipt", 4, now=monday + timedelta(days=365)) == "青综治登〔2027〕1号"
    assert printed("receipt", 5) == "青综治登〔2026〕3号"


def test_a_paper_printed_again_keeps_its_number_whoever_manages_the_case_by_then(
    centre: Organization, organizations: dict[str, Organization], monday: datetime
) -> None:
    first = number_for("acceptance", 7, organization=centre, now=monday)
    later = monday + timedelta(days=400)
    again = number_for("acceptance", 7, organization=organizations["county.centre"], now=later)
    assert (again.pk, again.printed, again.book.organization) == (first.pk, "青综治受〔2026〕1号", centre)


def test_the_database_refuses_a_second_number_and_a_changed_one(
    centre: Organization, monday: datetime
) -> None:
    row = number_for("receipt", 1, organization=centre, now=monday)
    same = {"book": row.book, "printed": "x", "kind": "receipt", "given_at": monday}
    for wrong in ({"serial": 1, "about": "2"}, {"serial": 2, "about": "1"}, {"serial": 0, "about": "3"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperNumber.objects.create(**same, **wrong)
    with pytest.raises(Exception, match=r"append|protect|Cannot"), transaction.atomic():
        PaperNumber.objects.filter(pk=row.pk).update(printed="y")


def test_two_units_cannot_number_with_the_same_letters(
    centre: Organization, organizations: dict[str, Organization], admin: Appointment, monday: datetime
) -> None:
    other = organizations["t02.centre"]
    facts = Facts(other.name, paper_mark="青综治")
    with pytest.raises(InvalidInput) as refused:
        units.edit(organization_id=other.pk, facts=facts, by=actor(admin), now=monday)
    assert set(refused.value.errors) == {"paper_mark"}
    units.edit(
        organization_id=other.pk, facts=Facts(other.name, paper_mark="柳综治"), by=actor(admin), now=monday
    )
    other.refresh_from_db()
    assert other.mark == "柳综治"
