from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment, Delegation, User
from accounts.services import delegations
from core.actor import Actor
from core.errors import InvalidInput, NotPermitted, WrongState
from tests.accounts.conftest import Heard
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db


def enter(
    absent: Appointment, stand_in: User, by: Appointment | Actor, now: datetime, **given: object
) -> Delegation:
    terms = {"starts_at": now, "ends_at": now + timedelta(days=2), "reason": "开会"} | given
    who = actor(by) if isinstance(by, Appointment) else by
    return delegations.enter(appointment=absent, stand_in=stand_in, by=who, now=now, **terms)  # type: ignore[arg-type]


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
