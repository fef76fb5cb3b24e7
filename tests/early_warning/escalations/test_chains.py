"""Who is told, in which order (§7): read beside the county's words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import TrailEntry
from early_warning.models import DisputeWarning, Escalation, PhoneTask
from early_warning.services import sweep
from jurisdictions.models import Post
from notifications.models import ChannelSetting, Notice
from tests.early_warning.escalations.conftest import asked, fresh, rows, told, vacate

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("level", "chain"),
    [
        (3, ["t01.deputy", "t01.mayor", "t01.secretary", "county.deputy", "county.secretary"]),
        (2, ["t01.mayor", "t01.secretary", "county.deputy", "county.secretary"]),
        (1, ["t01.secretary", "county.deputy", "county.secretary"]),
    ],
)
def test_a_warning_nobody_answers_climbs_the_whole_chain_of_its_level(
    level: int, chain: list[str], warned: Any, now: datetime
) -> None:
    warning = warned(level)
    for number in range(1, 10):
        sweep.sweep(now + number * 25 * HOUR)
    assert [who for who, _outcome in told(warning)] == chain
    assert {outcome for _who, outcome in told(warning)} == {"unacknowledged"}
    assert rows(warning)[-1].last
    assert DisputeWarning.objects.get().is_open


@pytest.mark.parametrize(("level", "hours"), [(3, 24), (2, 12), (1, 2)])
def test_the_time_to_acknowledge_counts_from_the_notice(
    level: int, hours: int, warned: Any, now: datetime
) -> None:
    row = asked(warned(level))
    assert row.due_at == now + hours * HOUR
    sweep.sweep(now + hours * HOUR - timedelta(minutes=1))
    assert asked(row.warning) == row
    sweep.sweep(now + hours * HOUR)
    assert asked(row.warning).came_from == row


def test_at_half_time_the_leader_is_told_again_once(warned: Any, now: datetime) -> None:
    row = asked(warned(3))
    for minute in range(3):
        sweep.sweep(now + 12 * HOUR + timedelta(minutes=minute))
    keys = Notice.objects.filter(recipient=row.addressee, kind="warning.escalation").values_list(
        "dedupe_key", flat=True
    )
    assert sorted(keys) == [f"escalation:{row.pk}:again", f"escalation:{row.pk}:told"]


def test_every_proposal_is_marked_unconfirmed_and_escalates_at_once(warned: Any) -> None:
    warning = warned(2)
    assert warning.state == "unconfirmed"
    notice = Notice.objects.get(kind="warning.escalation", recipient__username="t01.mayor")
    assert notice.urgent
    assert "待核" in notice.title
    assert fresh(warning.dispute_id).warning_level == 2


def test_a_vacant_post_is_recorded_and_the_next_one_told_at_once(warned: Any, deputy: Appointment) -> None:
    vacate(deputy)
    warning = warned(3)
    assert told(warning) == [("deputy", "vacant"), ("t01.mayor", "")]
    assert Notice.objects.filter(kind="warning.office", recipient__username="county.office").exists()


def test_a_mayor_who_is_also_secretary_is_told_once(
    warned: Any, mayor: Appointment, secretary: Appointment, now: datetime
) -> None:
    Appointment.objects.filter(pk=secretary.pk).update(user=mayor.user)
    warning = warned(2)
    sweep.sweep(now + 13 * HOUR)
    assert told(warning) == [
        ("t01.mayor", "unacknowledged"),
        ("party_secretary", "skipped"),
        ("county.deputy", ""),
    ]


def test_an_accused_leader_is_passed_over(
    warned: Any, deputy: Appointment, clerk: Appointment, now: datetime
) -> None:
    warning = warned(3, accused_people=("t01.deputy",))
    assert told(warning)[:2] == [("deputy", "barred"), ("t01.mayor", "")]
    assert not Notice.objects.filter(recipient=deputy.user, kind__startswith="warning").exists()


def test_each_involved_town_has_its_own_chain(
    warned: Any, people: dict[str, Appointment], places: Any
) -> None:
    warning = warned(3, towns=("t01", "t02"))
    towns = set(
        Escalation.objects.filter(warning=warning, parallel=False).values_list("town__alias", flat=True)
    )
    assert towns == {"t01", "t02"}


def test_the_deputy_in_charge_of_the_field_is_asked_and_the_political_legal_member_gets_a_copy(
    warned: Any, deputy: Appointment, mayor: Appointment, now: datetime
) -> None:
    Post.objects.filter(pk=deputy.post_id).update(portfolio=["other"], is_political_legal=False)
    member = Post.objects.create(organization=deputy.post.organization, role="political_legal_member")
    from_there = Appointment.objects.create(user=mayor.user, post=member, starts_on=deputy.starts_on)
    warning = warned(3)
    assert asked(warning).addressee == deputy.user
    assert Notice.objects.filter(kind="warning.copy", recipient=from_there.user).exists()


def test_what_is_already_happening_reaches_secretary_head_and_police_together(
    warned: Any, people: dict[str, Appointment]
) -> None:
    warning = warned(1, happening=True)
    first = Escalation.objects.filter(warning=warning, step=1, ended_at=None)
    assert {row.addressee.username for row in first.select_related("addressee")} >= {
        "t01.secretary",
        "t01.mayor",
    }


def test_without_a_channel_the_duty_post_is_asked_to_phone(warned: Any, duty: Appointment) -> None:
    ChannelSetting.objects.update(enabled=False)
    row = asked(warned(2))
    assert PhoneTask.objects.get(escalation=row).duty_post_id == duty.post_id
    assert Notice.objects.filter(kind="warning.phone", recipient=duty.user).exists()


def test_the_end_of_the_chain_is_told_to_the_county_office_and_the_warning_stays_open(
    warned: Any, now: datetime
) -> None:
    warning = warned(1)
    for number in range(1, 6):
        sweep.sweep(now + number * 3 * HOUR)
    assert rows(warning)[-1].outcome == "unacknowledged"
    assert Notice.objects.filter(kind="warning.office", title__contains="最后一级").exists()


def test_a_sweep_that_runs_twice_climbs_once(warned: Any, now: datetime) -> None:
    warning = warned(2)
    late = now + 13 * HOUR
    sweep.sweep(late)
    assert sweep.sweep(late).climbed == 0
    assert len(rows(warning)) == 2


def test_a_hundred_due_rows_cost_as_many_queries_as_ten(
    warned: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _number in range(10):
        warned(3)
    with django_assert_max_num_queries(70):
        assert sweep.sweep(now + 25 * HOUR).climbed == 10
    for _number in range(30):
        warned(3, at=now + 26 * HOUR)
    with django_assert_max_num_queries(70):
        sweep.sweep(now + 51 * HOUR)


def test_every_climb_stands_in_the_trail(warned: Any, now: datetime) -> None:
    warning = warned(2)
    sweep.sweep(now + 13 * HOUR)
    steps = list(TrailEntry.objects.filter(dispute=warning.dispute).values_list("step", flat=True))
    assert "warning_opened" in steps
    assert steps[-1] == "escalation_climbed"


def test_the_head_of_a_unit_that_is_concerned_is_not_told_of_the_level(
    warned: Any, people: dict[str, Appointment]
) -> None:
    warning = warned(2, unit="unit01", unit_relation="inside", unit_consent=True)
    assert not Escalation.objects.filter(warning=warning, town=None).exists()
