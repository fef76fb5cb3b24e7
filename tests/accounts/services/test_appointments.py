from datetime import datetime, timedelta

import pytest

from accounts.models import Appointment
from accounts.services import appointments
from audit.models import AccessEvent
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import InvalidInput, NotPermitted, WrongState
from tests.accounts.conftest import Heard
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def end(appointment: Appointment, by: Actor, now: datetime, **given: object) -> Appointment:
    terms = {"ends_on": shanghai_date(now), "successor_id": None} | given
    return appointments.end(appointment_id=appointment.pk, by=by, now=now, **terms)  # type: ignore[arg-type]


def test_appoint_is_recorded_with_post_and_day(by: Actor, clerk: Appointment, monday: datetime) -> None:
    user = accounts.a_user("newcomer")
    appointments.appoint(user=user, post=clerk.post, starts_on=monday.date(), by=by, now=monday)
    event = AccessEvent.objects.latest("pk")
    assert event.target_label == "newcomer t01.centre:clerk"
    assert event.details["after"] == {"starts_on": "2026-03-02"}


def test_a_new_first_handler_replaces_the_old_one(by: Actor, handler: Appointment, monday: datetime) -> None:
    user = accounts.a_user("newcomer")
    appointments.appoint(
        user=user, post=handler.post, starts_on=monday.date(), is_default=True, by=by, now=monday
    )
    handler.refresh_from_db()
    assert not handler.is_default


def test_nobody_appoints_himself(by: Actor, clerk: Appointment, monday: datetime) -> None:
    with pytest.raises(NotPermitted):
        appointments.appoint(user=by.user, post=clerk.post, starts_on=monday.date(), by=by, now=monday)


def test_the_same_post_twice_is_refused(by: Actor, clerk: Appointment, monday: datetime) -> None:
    with pytest.raises(InvalidInput, match="已任此岗位"):
        appointments.appoint(user=clerk.user, post=clerk.post, starts_on=monday.date(), by=by, now=monday)


def test_only_those_who_keep_people_appoint(
    clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    with pytest.raises(NotPermitted):
        appointments.appoint(
            user=clerk.user,
            post=coordinator.post,
            starts_on=monday.date(),
            by=accounts.actor(coordinator),
            now=monday,
        )


def test_ending_today_hands_over_at_once(
    by: Actor, clerk: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    end(clerk, by, monday, successor_id=coordinator.pk)
    assert [(event.appointment_id, event.successor_id, event.chosen) for event in heard.ended] == [
        (clerk.pk, coordinator.pk, True)
    ]
    clerk.refresh_from_db()
    assert clerk.handed_over_at == monday
    assert not clerk.is_current(shanghai_date(monday))


def test_without_a_successor_the_units_head_takes_over_and_it_shows(
    by: Actor, clerk: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    end(clerk, by, monday)
    assert [(event.successor_id, event.chosen) for event in heard.ended] == [(coordinator.pk, False)]


def test_nobody_is_left_where_the_only_one_goes(
    by: Actor, handler: Appointment, monday: datetime, heard: Heard
) -> None:
    end(handler, by, monday)
    assert heard.ended[0].successor_id is None


def test_a_later_day_is_handed_over_by_the_sweep_once(
    by: Actor, clerk: Appointment, coordinator: Appointment, monday: datetime, heard: Heard
) -> None:
    day = shanghai_date(monday) + timedelta(days=3)
    end(clerk, by, monday, ends_on=day, successor_id=coordinator.pk)
    assert (heard.ended, appointments.hand_over_ended(now=monday)) == ([], 0)
    later = monday + timedelta(days=3)
    assert [appointments.hand_over_ended(now=later), appointments.hand_over_ended(now=later)] == [1, 0]
    assert [event.successor_id for event in heard.ended] == [coordinator.pk]


def test_a_successor_who_left_meanwhile_is_replaced_by_the_head(
    by: Actor, handler: Appointment, people: dict[str, Appointment], monday: datetime, heard: Heard
) -> None:
    department = people["hrss.handler"]
    day = shanghai_date(monday) + timedelta(days=3)
    end(department, by, monday, ends_on=day, successor_id=people["hrss.deputy"].pk)
    end(people["hrss.deputy"], by, monday)
    appointments.hand_over_ended(now=monday + timedelta(days=3))
    assert (heard.ended[-1].successor_id, heard.ended[-1].chosen) == (people["hrss.head"].pk, False)


def test_the_successor_is_somebody_of_the_unit(
    by: Actor, clerk: Appointment, handler: Appointment, monday: datetime
) -> None:
    with pytest.raises(InvalidInput) as refused:
        end(clerk, by, monday, successor_id=handler.pk)
    assert list(refused.value.errors) == ["successor"]


def test_an_end_in_the_past_is_refused(by: Actor, clerk: Appointment, monday: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        end(clerk, by, monday, ends_on=shanghai_date(monday) - timedelta(days=1))
    assert list(refused.value.errors) == ["ends_on"]


def test_an_ended_appointment_does_not_end_again(by: Actor, clerk: Appointment, monday: datetime) -> None:
    end(clerk, by, monday)
    with pytest.raises(WrongState):
        end(clerk, by, monday)


def test_an_administrator_does_not_end_his_own(by: Actor, security: Appointment, monday: datetime) -> None:
    with pytest.raises(NotPermitted):
        end(security, by, monday)
