"""The responsible leader follows the department that has the matter (§8): reassigned, returned, corrected, case 26."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from disputes.errors import WrongState
from disputes.models import Dispute
from responsibility.services import naming
from tests.factories.accounts import actor
from tests.factories.disputes import take
from tests.responsibility.conftest import Register, current, leader

pytestmark = pytest.mark.usefixtures("reference_data")
NOT_OURS = {"ground": "not_competent", "reason": "不属本局职责"}


@pytest.fixture
def at_county(
    register: Register, coordinator: Appointment, county_office: Appointment, now: datetime
) -> Dispute:
    """Of one sector, labour, and in the county's hands."""
    dispute = register(sectors=("labour",))
    take("report_up", dispute, coordinator, now, reason="属县级部门职责")
    take("accept_report", dispute, county_office, now)
    return dispute


def given(dispute: Dispute, unit: str, by: Appointment, now: datetime) -> None:
    take("assign", dispute, by, now, lead_unit=unit)


def returned(dispute: Dispute, by: Appointment, county_office: Appointment, now: datetime) -> None:
    take("request_return", dispute, by, now, **NOT_OURS)
    take("decide_return", dispute, county_office, now, granted=True, reason="同意")


def test_it_follows_to_the_department_that_was_given_the_case_after_a_return(
    at_county: Dispute, county_office: Appointment, people: dict[str, Appointment], now: datetime
) -> None:
    assert leader(at_county) == "hrss:head"
    given(at_county, "hrss", county_office, now)
    returned(at_county, people["hrss.handler"], county_office, now)
    given(at_county, "nr", county_office, now)
    row = current(at_county)
    assert (row.rule, row.post.code, row.overridden) == ("one_sector", "nr:head", False)


def test_the_second_return_is_the_countys_last_word_and_the_leader_follows_it_too(
    at_county: Dispute, county_office: Appointment, people: dict[str, Appointment], now: datetime
) -> None:
    for unit, following in (("hrss", "nr"), ("nr", "hrss")):
        given(at_county, unit, county_office, now)
        returned(at_county, people[f"{unit}.handler"], county_office, now)
        given_to = following
    given(at_county, given_to, county_office, now)
    assert leader(at_county) == "hrss:head"
    with pytest.raises(WrongState, match="不能再退回"):
        take("request_return", at_county, people["hrss.handler"], now, **NOT_OURS)


def test_it_follows_a_transfer(at_county: Dispute, county_office: Appointment, now: datetime) -> None:
    given(at_county, "hrss", county_office, now)
    take("transfer", at_county, county_office, now, lead_unit="nr", reason="林权属自然资源")
    assert leader(at_county) == "nr:head"


def test_it_follows_a_correction_of_the_field_and_what_was_said_last_counts(
    at_county: Dispute, county_office: Appointment, now: datetime
) -> None:
    given(at_county, "hrss", county_office, now)
    fields = {"jurisdiction": {"towns": [], "sectors": ["natural_resources"]}}
    take("correct", at_county, county_office, now, fields=fields, reason="主管部门填错")
    assert leader(at_county) == "nr:head"
    later = now + timedelta(hours=1)
    take("transfer", at_county, county_office, later, lead_unit="nr", reason="交主管部门")
    assert leader(at_county) == "nr:head"
    take("transfer", at_county, county_office, later, lead_unit="hrss", reason="还是劳动争议")
    assert leader(at_county) == "hrss:head"


def test_a_leader_named_by_a_person_stays(
    at_county: Dispute, county_office: Appointment, now: datetime
) -> None:
    naming.override(
        number=at_county.number,
        post_code="county.gov:head",
        reason="县长包案",
        by=actor(county_office),
        now=now,
    )
    given(at_county, "nr", county_office, now)
    assert leader(at_county) == "county.gov:head"


def test_a_unit_of_a_town_or_a_matter_of_no_sector_changes_nothing(
    register: Register,
    at_county: Dispute,
    coordinator: Appointment,
    county_office: Appointment,
    now: datetime,
) -> None:
    given(at_county, "t01.justice", county_office, now)
    assert leader(at_county) == "hrss:head"
    plain = register()
    take("accept", plain, coordinator, now)
    given(plain, "t01.justice", coordinator, now)
    assert leader(plain) == "t01.gov:deputy"
