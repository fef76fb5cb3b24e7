from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Appointment, Delegation, User
from accounts.services import delegations
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted, WrongState
from jurisdictions.models import Post
from notifications.models import Notice
from tests.accounts.conftest import Heard
from tests.factories import accounts
from tests.factories.accounts import actor, stand_in
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db


def enter(
    absent: Appointment, who_acts: User, by: Appointment | Actor, now: datetime, **given: object
) -> Delegation:
    terms = {"starts_at": now, "ends_at": now + timedelta(days=2), "reason": "开会"} | given
    who = actor(by) if isinstance(by, Appointment) else by
    return delegations.enter(appointment=absent, stand_in=who_acts, by=who, now=now, **terms)  # type: ignore[arg-type]


def test_a_leader_enters_his_own_and_it_starts_at_once(
    deputy: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    row = enter(deputy, coordinator.user, deputy, monday)
    assert [(event.delegation_id, event.stand_in_id) for event in heard.started] == [
        (row.pk, coordinator.user_id)
    ]


def test_the_coordinator_enters_it_for_a_leader_of_his_town(
    mayor: Appointment, deputy: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    row = enter(mayor, deputy.user, coordinator, monday)
    assert row.entered_by == coordinator.user


NOBODY: list[str] = []


def in_force(now: datetime) -> list[str]:
    return [row.stand_in.username for row in Delegation.objects.current(now).select_related("stand_in")]


@pytest.mark.parametrize("who", ["mayor", "secretary", "county_office", "county_secretary"])
def test_anothers_entry_holds_once_leader_next_leader_or_county_office_confirm(
    who: str,
    request: pytest.FixtureRequest,
    mayor: Appointment,
    deputy: Appointment,
    coordinator: Appointment,
    monday: datetime,
    heard: Heard,
) -> None:
    row = enter(mayor, deputy.user, coordinator, monday)
    assert (in_force(monday), heard.started) == (NOBODY, [])
    delegations.announce_started(now=monday + timedelta(hours=1))
    assert heard.started == []
    later = monday + timedelta(hours=2)
    delegations.confirm(delegation_id=row.pk, by=actor(request.getfixturevalue(who)), now=later)
    assert in_force(later - timedelta(minutes=1)) == NOBODY
    assert in_force(later) == ["t01.deputy"]
    assert [event.stand_in_id for event in heard.started] == [deputy.user_id]


@pytest.mark.parametrize(
    "who", ["coordinator", "deputy", "clerk", "handler", "outside_coordinator", "department_head", "auditor"]
)
def test_who_entered_it_the_stand_in_and_strangers_confirm_nothing(
    who: str,
    request: pytest.FixtureRequest,
    mayor: Appointment,
    deputy: Appointment,
    coordinator: Appointment,
    monday: datetime,
) -> None:
    row = enter(mayor, deputy.user, coordinator, monday)
    with pytest.raises(NotPermitted):
        delegations.confirm(delegation_id=row.pk, by=actor(request.getfixturevalue(who)), now=monday)


def test_a_coordinator_never_enters_himself_for_his_leaders(
    mayor: Appointment, secretary: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    for leader in (mayor, secretary):
        with pytest.raises(NotPermitted):
            enter(leader, coordinator.user, coordinator, monday)
    assert not Delegation.objects.exists()


def test_what_waits_for_confirmation_can_be_refused(
    mayor: Appointment,
    deputy: Appointment,
    coordinator: Appointment,
    secretary: Appointment,
    monday: datetime,
) -> None:
    row = enter(mayor, deputy.user, coordinator, monday)
    delegations.end_early(delegation_id=row.pk, by=actor(secretary), now=monday)
    with pytest.raises(WrongState):
        delegations.confirm(delegation_id=row.pk, by=actor(mayor), now=monday)


def test_what_waits_does_not_hold_up_the_leaders_own_entry(
    mayor: Appointment,
    deputy: Appointment,
    coordinator: Appointment,
    secretary: Appointment,
    monday: datetime,
) -> None:
    waits = enter(mayor, deputy.user, coordinator, monday)
    own = enter(mayor, secretary.user, mayor, monday)
    assert in_force(monday) == ["t01.secretary"]
    waits.refresh_from_db()
    assert (waits.ended_early_at, own.is_confirmed) == (monday, True)


def test_a_villages_next_leader_is_the_towns(
    village: Appointment, mediator: Appointment, by: Actor, deputy: Appointment, monday: datetime
) -> None:
    other = accounts.appoint(
        mediator.user, Post.objects.create(organization=village.post.organization, role="handler")
    )
    row = enter(village, other.user, by, monday)
    assert Notice.objects.filter(recipient=deputy.user, kind="delegation.entered").exists()
    delegations.confirm(delegation_id=row.pk, by=actor(deputy), now=monday)
    assert in_force(monday) == ["t01.mediator"]


def test_the_database_keeps_nobody_from_being_entered_by_another(
    mayor: Appointment, coordinator: Appointment, deputy: Appointment, monday: datetime
) -> None:
    given = {"starts_at": monday, "ends_at": monday + timedelta(days=1), "entered_at": monday}
    for wrong in (
        {"entered_by": coordinator.user},
        {"entered_by": deputy.user, "confirmed_by": deputy.user, "confirmed_at": monday},
        {"entered_by": deputy.user, "confirmed_by": coordinator.user, "confirmed_at": monday},
        {"entered_by": deputy.user, "confirmed_by": mayor.user},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            stand_in(mayor, coordinator.user, **given | wrong)


@pytest.mark.parametrize(
    "who", ["unit01.head", "t01.v01", "hrss.head", "t01.police", "t01.justice", "t02.coordinator"]
)
def test_no_enterprise_village_or_other_unit_stands_in_for_a_town_leader(
    who: str, people: dict[str, Appointment], mayor: Appointment, monday: datetime
) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(mayor, people[who].user, mayor, monday)
    assert list(refused.value.errors) == ["stand_in"]


def test_who_owns_works_beside_his_seat_stands_in_for_no_leader(
    people: dict[str, Appointment], mayor: Appointment, deputy: Appointment, monday: datetime
) -> None:
    Appointment.objects.create(
        user=people["t01.coordinator"].user, post=people["unit01.head"].post, starts_on=monday.date()
    )
    with pytest.raises(InvalidInput, match="企业"):
        enter(mayor, people["t01.coordinator"].user, mayor, monday)


def test_a_handler_is_stood_in_for_by_his_own_unit(
    people: dict[str, Appointment], by: Actor, monday: datetime
) -> None:
    row = enter(people["unit01.handler"], people["unit01.head"].user, by, monday)
    assert row.stand_in.username == "unit01.head"


@pytest.mark.parametrize(
    ("facts", "fine"),
    [
        ({}, True),
        ({"unit": "t01.centre"}, False),
        ({"accused_people": ("t01.coordinator",)}, False),
        ({"accused_units": ("t01.centre",)}, False),
        ({"unit": "unit01"}, True),
    ],
)
def test_a_party_to_an_open_matter_of_the_town_does_not_stand_in(
    facts: dict[str, object],
    fine: bool,
    clerk: Appointment,
    mayor: Appointment,
    coordinator: Appointment,
    monday: datetime,
    reference_data: None,
) -> None:
    registered(clerk, monday, **facts | ({"unit_relation": "inside"} if "unit" in facts else {}))
    if fine:
        enter(mayor, coordinator.user, mayor, monday)
    else:
        with pytest.raises(InvalidInput, match="当事方"):
            enter(mayor, coordinator.user, mayor, monday)


@pytest.mark.parametrize(
    ("pieces", "told"), [([30], False), ([31], True), ([20, 20], True), ([10, 10], False)]
)
def test_over_thirty_days_the_county_is_told_also_in_pieces(
    pieces: list[int],
    told: bool,
    mayor: Appointment,
    deputy: Appointment,
    county_office: Appointment,
    monday: datetime,
) -> None:
    starts = monday
    for days in pieces:
        enter(mayor, deputy.user, mayor, monday, starts_at=starts, ends_at=starts + timedelta(days=days))
        starts += timedelta(days=days)
    assert Notice.objects.filter(recipient=county_office.user, kind="delegation.long").exists() is told


def test_not_for_a_leader_of_another_town(
    mayor: Appointment, deputy: Appointment, outside_coordinator: Appointment, monday: datetime
) -> None:
    with pytest.raises(NotPermitted):
        enter(mayor, deputy.user, outside_coordinator, monday)


@pytest.mark.parametrize("who", ["clerk", "handler", "auditor"])
def test_posts_without_the_right_enter_none(
    who: str, request: pytest.FixtureRequest, coordinator: Appointment, monday: datetime
) -> None:
    own = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        enter(own, coordinator.user, own, monday)


def test_an_administrator_enters_for_anybody_but_not_himself_as_stand_in(
    by: Actor, handler: Appointment, mayor: Appointment, deputy: Appointment, monday: datetime
) -> None:
    enter(mayor, deputy.user, by, monday)
    assert not Delegation.objects.current(monday).exists()
    with pytest.raises(NotPermitted):
        enter(handler, by.user, by, monday)


def test_the_stand_in_is_near(deputy: Appointment, outsider: Appointment, monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(deputy, outsider.user, deputy, monday)
    assert list(refused.value.errors) == ["stand_in"]


def test_nobody_stands_in_for_himself(deputy: Appointment, monday: datetime) -> None:
    with pytest.raises(InvalidInput):
        enter(deputy, deputy.user, deputy, monday)


def test_one_absence_has_one_stand_in(
    deputy: Appointment, coordinator: Appointment, mayor: Appointment, monday: datetime
) -> None:
    enter(deputy, coordinator.user, deputy, monday)
    with pytest.raises(InvalidInput, match="已由"):
        enter(deputy, mayor.user, deputy, monday + timedelta(hours=1))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_at": timedelta(0)}, "ends_at"),
        ({"ends_at": timedelta(days=400)}, "ends_at"),
        ({"starts_at": timedelta(days=-8)}, "starts_at"),
    ],
)
def test_an_impossible_period_is_named(
    given: dict[str, timedelta], field: str, deputy: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    moments = {name: monday + shift for name, shift in given.items()}
    with pytest.raises(InvalidInput) as refused:
        enter(deputy, coordinator.user, deputy, monday, **moments)
    assert list(refused.value.errors) == [field]


def test_a_call_out_is_written_down_afterwards_and_gives_no_powers(
    deputy: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    last_night = {"starts_at": monday - timedelta(hours=10), "ends_at": monday - timedelta(hours=4)}
    enter(deputy, coordinator.user, coordinator, monday, **last_night)
    assert heard.started == []
    assert not Delegation.objects.current(monday).exists()


def test_one_that_starts_later_is_announced_by_the_sweep_once(
    deputy: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    enter(deputy, coordinator.user, deputy, monday, starts_at=monday + timedelta(days=1))
    assert delegations.announce_started(now=monday) == 0
    later = monday + timedelta(days=1, minutes=1)
    assert [delegations.announce_started(now=later) for _ in range(2)] == [1, 0]
    assert len(heard.started) == 1


def test_ending_early_takes_the_powers_back_at_once(
    deputy: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    row = enter(deputy, coordinator.user, deputy, monday)
    delegations.end_early(delegation_id=row.pk, by=actor(deputy), now=monday + timedelta(hours=1))
    assert not Delegation.objects.current(monday + timedelta(hours=1)).exists()
    with pytest.raises(WrongState):
        delegations.end_early(delegation_id=row.pk, by=actor(deputy), now=monday + timedelta(hours=2))


def test_strangers_do_not_end_it(
    deputy: Appointment, coordinator: Appointment, outside_coordinator: Appointment, monday: datetime
) -> None:
    row = enter(deputy, coordinator.user, deputy, monday)
    with pytest.raises(NotPermitted):
        delegations.end_early(delegation_id=row.pk, by=actor(outside_coordinator), now=monday)


def test_the_short_look_finds_whatever_is_in_force(
    deputy: Appointment,
    mayor: Appointment,
    coordinator: Appointment,
    monday: datetime,
) -> None:
    """Own and another's entry, confirmed or not, running, over, to come, ended early: at every hour around them."""
    later = monday + timedelta(days=3)
    rows = [
        enter(deputy, coordinator.user, deputy, monday),
        enter(mayor, deputy.user, coordinator, monday, starts_at=later, ends_at=later + timedelta(days=1)),
        enter(mayor, coordinator.user, mayor, monday, starts_at=monday + timedelta(hours=5)),
    ]
    delegations.end_early(delegation_id=rows[0].pk, by=actor(deputy), now=monday + timedelta(hours=30))
    seen = set()
    for hour in range(-2, 100):
        then = monday + timedelta(hours=hour)
        for who in ({}, {"stand_in": coordinator.user}, {"appointment__in": [mayor.pk]}):
            there = {(row.stand_in_id,) for row in Delegation.objects.filter(**who) if row.is_current(then)}
            assert set(Delegation.objects.current_values(then, "stand_in_id", **who)) == there
            seen |= there
    assert seen == {(coordinator.user_id,)}
