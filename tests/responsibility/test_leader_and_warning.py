"""The §8 leader is told of a warning beside the chain; when another is named, the notice follows."""

from __future__ import annotations

import pytest

from core.actor import Actor
from disputes import public
from early_warning.models import Escalation
from early_warning.services import warnings
from responsibility.services import naming
from tests.factories.accounts import actor

pytestmark = pytest.mark.usefixtures("reference_data")


def warn(dispute, now, level: int = 2) -> None:
    for row in public.lock_many([dispute.pk]):
        warnings.propose(row, level=level, by=Actor.system("reading"), now=now)


def own_rows(dispute) -> list[tuple[str, str]]:
    """Post and outcome of the leader's own notices."""
    rows = Escalation.objects.filter(dispute=dispute, town=None).order_by("step")
    return [(row.post.code, row.outcome) for row in rows.select_related("post__organization")]


def test_the_leader_of_a_cross_sector_case_is_told_beside_the_chain(register, now):
    dispute = register(sectors=("labour", "natural_resources"))
    warn(dispute, now)
    assert own_rows(dispute) == [("county.gov:deputy", "")]


def test_when_another_leader_is_named_the_notice_goes_to_him(register, county_office, now):
    dispute = register(sectors=("labour", "natural_resources"))
    warn(dispute, now)
    naming.override(
        number=dispute.number,
        post_code="hrss:head",
        reason="以劳动争议为主",
        by=actor(county_office),
        now=now,
    )
    assert own_rows(dispute) == [("county.gov:deputy", "superseded"), ("hrss:head", "")]
    naming.take_over_by_principal(number=dispute.number, reason="协调未果", by=actor(county_office), now=now)
    assert own_rows(dispute) == [
        ("county.gov:deputy", "superseded"),
        ("hrss:head", "superseded"),
        ("county.gov:deputy", ""),
    ]


def test_without_a_warning_nobody_gets_an_escalation(register, coordinator, now):
    dispute = register()
    naming.override(
        number=dispute.number, post_code="t01.gov:head", reason="镇长分管", by=actor(coordinator), now=now
    )
    assert not Escalation.objects.exists()
