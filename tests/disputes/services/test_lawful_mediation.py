"""What the law itself limits: ten days where the police mediate, thirty working days where the medical committee does.

The oracle: 道路交通安全法实施条例 art. 95 and 医疗纠纷预防和处理条例 art. 38, days counted by hand for 2026.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.clock import SHANGHAI
from disputes.errors import InvalidInput, WrongState
from disputes.models import Dispute
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Organization, Place, Post
from safekeeping.services import verify
from tests.factories.accounts import a_user, appoint
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
GENERAL = date(2026, 4, 1)  # thirty days after 2 March 2026
NOT_BEGUN = "公安机关调解期限尚未起算"


def due(dispute: Dispute) -> date:
    row = Dispute.objects.get(pk=dispute.pk)
    assert row.resolve_by is not None
    return row.resolve_by.astimezone(SHANGHAI).date()


@pytest.fixture
def at_police(
    clerk: Appointment, coordinator: Appointment, police: Appointment, monday: datetime
) -> Callable[..., Dispute]:
    """Accepted, given to the police station and signed for on the Monday."""

    def make(category: str = "traffic", unit: str = "t01.police", **given: Any) -> Dispute:
        dispute = registered(clerk, monday, category=category)
        take("accept", dispute, coordinator, monday, **given)
        take("assign", dispute, coordinator, monday, lead_unit=unit)
        return take("sign_for", dispute, police, monday)

    return make


@pytest.fixture
def committee(people: dict[str, Appointment], places: dict[str, Place]) -> Appointment:
    """The county's committee for medical disputes."""
    unit = Organization.objects.create(
        code="county.medical",
        name="县医调委",
        kind=OrganizationKind.MEDIATION_COMMITTEE,
        place=places["county"],
    )
    post = Post.objects.create(organization=unit, role=PostRole.MEDIATOR)
    return appoint(a_user("county.medical.mediator"), post, is_default=True)


@pytest.mark.parametrize("category", ["traffic", "medical", "neighbour"])
def test_a_category_alone_has_no_limit_of_its_own(
    clerk: Appointment, coordinator: Appointment, monday: datetime, category: str
) -> None:
    dispute = registered(clerk, monday, category=category)
    take("accept", dispute, coordinator, monday)
    assert due(dispute) == GENERAL
    take("assign", dispute, coordinator, monday, lead_unit="t01.justice")
    assert due(dispute) == GENERAL


@pytest.mark.parametrize("ground", ["funeral", "treatment", "rating", "loss"])
def test_the_polices_ten_days_count_from_the_fact_and_from_nothing_else(
    at_police: Callable[..., Dispute], police: Appointment, monday: datetime, ground: str
) -> None:
    dispute = at_police()
    assert due(dispute) == GENERAL
    later = monday + timedelta(days=8)  # Tuesday, 10 March
    take("begin_mediation", dispute, police, later, ground=ground, on=date(2026, 3, 9))
    assert due(dispute) == date(2026, 3, 19)
    take("begin_mediation", dispute, police, later, ground=ground, on=date(2026, 3, 10))  # it was another day
    assert due(dispute) == date(2026, 3, 20)
    entry = dispute.trail.filter(step="begin_mediation").last()
    assert f'"ground":"{ground}"' in entry.payload
    assert verify.verify_dispute(dispute.pk).faults == []


def test_until_then_page_and_api_say_that_it_has_not_begun_and_then_from_when_it_counts(
    at_police: Callable[..., Dispute],
    police: Appointment,
    client_of: Callable[[Appointment], Client],
    api_client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    dispute = at_police()
    page, api = f"/disputes/{dispute.number}/", f"/api/v1/disputes/{dispute.number}/"
    assert NOT_BEGUN in client_of(police).get(page).content.decode()
    shown = api_client_of(police).get(api).json()["lawful_mediation"]
    assert (shown["rule"], shown["started_on"]) == ("police_mediation", None)
    assert NOT_BEGUN in shown["explanation"]
    take("begin_mediation", dispute, police, monday, ground="funeral", on=date(2026, 3, 1))
    text = client_of(police).get(page).content.decode()
    assert NOT_BEGUN not in text
    assert "自办理丧葬事宜结束之日起" in text
    assert api_client_of(police).get(api).json()["lawful_mediation"]["started_on"] == "2026-03-01"


def test_a_day_that_is_none_is_refused_at_its_field(
    at_police: Callable[..., Dispute], police: Appointment, monday: datetime
) -> None:
    dispute = at_police()
    Dispute.objects.filter(pk=dispute.pk).update(occurred_on=date(2026, 2, 20))
    for field, given in (
        ("on", {"ground": "loss", "on": date(2026, 3, 3)}),  # tomorrow
        ("on", {"ground": "loss", "on": date(2026, 2, 19)}),  # before it happened
        ("ground", {"ground": "accepted", "on": date(2026, 3, 1)}),
    ):
        with pytest.raises(InvalidInput) as refused:
            take("begin_mediation", dispute, police, monday, **given)
        assert set(refused.value.errors) == {field}
    Dispute.objects.filter(pk=dispute.pk).update(occurred_on=None)
    with pytest.raises(InvalidInput) as refused:
        take("begin_mediation", dispute, police, monday, ground="loss", on=date(2026, 2, 10))
    assert "届满" in str(refused.value.errors["on"][0])


def test_others_than_the_police_and_other_matters_have_no_such_step(
    at_police: Callable[..., Dispute],
    clerk: Appointment,
    coordinator: Appointment,
    handler: Appointment,
    police: Appointment,
    monday: datetime,
) -> None:
    given = {"ground": "loss", "on": date(2026, 3, 1)}
    with pytest.raises(WrongState):
        take("begin_mediation", at_police(category="neighbour"), police, monday, **given)
    elsewhere = registered(clerk, monday, category="traffic")
    take("accept", elsewhere, coordinator, monday)
    take("assign", elsewhere, coordinator, monday, lead_unit="t01.justice")
    take("sign_for", elsewhere, handler, monday)
    with pytest.raises(WrongState):
        take("begin_mediation", elsewhere, handler, monday, **given)


def test_in_other_hands_the_general_limit_counts_again(
    at_police: Callable[..., Dispute], coordinator: Appointment, police: Appointment, monday: datetime
) -> None:
    dispute = at_police()
    take("begin_mediation", dispute, police, monday, ground="loss", on=date(2026, 3, 2))
    assert due(dispute) == date(2026, 3, 12)
    take("transfer", dispute, coordinator, monday, lead_unit="t01.justice", reason="双方愿由司法所调解")
    assert due(dispute) == GENERAL


def test_a_sooner_day_that_a_person_named_stays(
    at_police: Callable[..., Dispute], police: Appointment, monday: datetime
) -> None:
    dispute = at_police(resolve_by=date(2026, 3, 9))
    take("begin_mediation", dispute, police, monday, ground="loss", on=date(2026, 3, 2))
    assert due(dispute) == date(2026, 3, 9)


def test_the_medical_committee_has_thirty_working_days_from_its_signature(
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    committee: Appointment,
    api_client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    """From 3 March; 6 April is the holiday of 清明 (4 April is a Saturday): thirty working days end on 14 April."""
    dispute = registered(clerk, monday, category="medical")
    take("report_up", dispute, coordinator, monday, reason="交医调委")
    take("accept_report", dispute, county_office, monday)
    assert due(dispute) == GENERAL
    take("assign", dispute, county_office, monday, lead_unit="county.medical")
    assert due(dispute) == GENERAL
    take("sign_for", dispute, committee, monday)
    assert due(dispute) == date(2026, 4, 14)
    shown = api_client_of(committee).get(f"/api/v1/disputes/{dispute.number}/").json()["lawful_mediation"]
    assert (shown["rule"], shown["started_on"]) == ("medical_mediation", "2026-03-02")
