"""Conflicts are asked of the person over all posts and stand-ins, and nobody who is away is taken to be there.

The right values are read off a table of who is who in the small county, never from the code under test:
`unit01` (青岚陶瓷厂) is an enterprise of t01; the chain of level 2 is mayor, secretary; of level 3 deputy, mayor.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import actors
from accounts.models import Appointment
from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import NotFound
from disputes.models import Dispute
from early_warning.models import Escalation, PhoneTask
from early_warning.selectors import board
from early_warning.selectors.queue import my_queue
from early_warning.services import answers, phone, sweep
from notifications.models import Notice
from tests.early_warning.escalations.conftest import asked, told
from tests.factories import accounts
from tests.factories.accounts import stand_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
People = dict[str, Appointment]
WORKS = {"unit": "unit01", "unit_relation": "versus_locality"}


@pytest.fixture
def owner(people: People) -> Appointment:
    """The works' head."""
    return people["unit01.head"]


def away(who: Appointment, by: Appointment, now: datetime) -> None:
    stand_in(who, by.user, starts_at=now - HOUR, ends_at=now + 3 * DAY)


def sits(owner: Appointment, chair: Appointment) -> Appointment:
    """The owner takes over the chair beside their works."""
    Appointment.objects.filter(pk=chair.pk).update(user=owner.user)
    return Appointment.objects.with_post().get(pk=chair.pk)


def offices(warning: Any) -> list[str]:
    return list(
        Notice.objects.filter(kind="warning.office", recipient__username="county.office")
        .order_by("pk")
        .values_list("title", flat=True)
    )


def test_the_owner_of_the_works_is_not_asked_though_he_is_the_mayor(
    warned: Any, owner: Appointment, mayor: Appointment
) -> None:
    sits(owner, mayor)
    assert told(warned(2, **WORKS)) == [("head", "barred"), ("t01.secretary", "")]


def test_the_owner_of_the_works_is_not_asked_as_stand_in_the_leader_is(
    warned: Any, owner: Appointment, mayor: Appointment, now: datetime
) -> None:
    away(mayor, owner, now)
    assert told(warned(2, **WORKS)) == [("t01.mayor", "")]


def test_who_belongs_to_the_accused_unit_by_another_post_is_passed_over(
    warned: Any, owner: Appointment, mayor: Appointment
) -> None:
    sits(owner, mayor)
    assert told(warned(2, accused_units=("unit01",))) == [("head", "barred"), ("t01.secretary", "")]


@pytest.mark.parametrize("door", ["session", "stand-in", "token"])
def test_in_whatever_seat_he_sees_no_level(
    door: str, warned: Any, owner: Appointment, deputy: Appointment, mayor: Appointment, now: datetime
) -> None:
    dispute = warned(2, **WORKS).dispute
    chair = sits(owner, deputy)
    if door == "stand-in":
        stand_in(mayor, owner.user, starts_at=now - DAY, ends_at=now + 300 * DAY)
    by: Actor | None = {
        "session": lambda: actors.for_user(owner.user, now, acting=f"a{chair.pk}"),
        "stand-in": lambda: actors.for_user(owner.user, now),
        "token": lambda: actors.for_appointment(chair, now),
    }[door]()
    assert by is not None
    shown = Dispute.objects.visible_to(by).get(pk=dispute.pk)
    assert (disclosure(by, shown).level, disclosure(by, shown).unmask) == (False, False)
    assert list(board.open_warnings(by)) == []


def test_his_token_of_the_towns_post_lists_and_filters_no_level(
    warned: Any, owner: Appointment, deputy: Appointment, api_client_of: Callable[[Appointment], Client]
) -> None:
    number = warned(2, **WORKS).dispute.number
    api = api_client_of(sits(owner, deputy))
    assert api.get(f"/api/v1/disputes/{number}/").json().get("warning_level") is None
    assert api.get("/api/v1/disputes/?level=2").json()["results"] == []


def test_a_conflict_gained_later_takes_sight_at_once(
    warned: Any, owner: Appointment, mayor: Appointment, now: datetime
) -> None:
    row = asked(warned(2, **WORKS))
    assert len(my_queue(actors.for_appointment(mayor, now)).cards) == 1
    accounts.appoint(mayor.user, owner.post)
    by = actors.for_appointment(mayor, now)
    assert my_queue(by).cards == []
    with pytest.raises(NotFound):
        answers.acknowledge(escalation_id=row.pk, by=by, now=now)


def test_the_duty_post_makes_no_call_about_its_own_holder(
    warned: Any, owner: Appointment, duty: Appointment, now: datetime
) -> None:
    row = asked(warned(2, **WORKS))
    task = PhoneTask.objects.create(escalation=row, duty_post=duty.post, opened_at=now)
    sits(owner, duty)
    by = actors.for_appointment(Appointment.objects.with_post().get(pk=duty.pk), now)
    with pytest.raises(NotFound):
        phone.report_by_phone(task_id=task.pk, reached=True, answer="知道了", by=by, now=now)


def test_two_who_stand_in_for_each_other_are_both_passed_over_and_the_county_is_told(
    warned: Any, deputy: Appointment, mayor: Appointment, now: datetime
) -> None:
    away(deputy, mayor, now)
    away(mayor, deputy, now)
    warning = warned(3)
    assert told(warning) == [("deputy", "away"), ("head", "away"), ("t01.secretary", "")]
    said = offices(warning)
    assert [name for name in (deputy.user.name, mayor.user.name) if any(name in title for title in said)] == [
        deputy.user.name,
        mayor.user.name,
    ]


def test_a_stand_in_who_is_away_himself_is_gone_past(
    warned: Any, mayor: Appointment, deputy: Appointment, coordinator: Appointment, now: datetime
) -> None:
    away(mayor, deputy, now)
    away(deputy, coordinator, now)
    warning = warned(2)
    assert told(warning) == [("head", "away"), ("t01.secretary", "")]
    assert any(mayor.user.name in title for title in offices(warning))


def test_an_open_row_climbs_when_leader_and_stand_in_go_away_later(
    warned: Any, mayor: Appointment, deputy: Appointment, now: datetime
) -> None:
    warning = warned(2)
    away(mayor, deputy, now + 2 * HOUR)
    away(deputy, mayor, now + 2 * HOUR)
    sweep.sweep(now + 2 * HOUR)
    assert told(warning) == [("t01.mayor", "away"), ("t01.secretary", "")]
    assert not Escalation.objects.filter(warning=warning, ended_at=None, addressee=deputy.user).exists()


def test_notices_of_the_warning_reach_nobody_of_the_works(
    warned: Any, owner: Appointment, people: People, county_office: Appointment
) -> None:
    sits(owner, county_office)
    sits(owner, people["t01.secretary"])
    warned(1, **WORKS)
    assert not Notice.objects.filter(recipient=owner.user, kind__startswith="warning").exists()


def test_level_one_reaches_the_leader_too_while_somebody_stands_in(
    warned: Any, secretary: Appointment, mayor: Appointment, now: datetime
) -> None:
    away(secretary, mayor, now)
    row = asked(warned(1))
    assert row.addressee == mayor.user
    own = Notice.objects.get(recipient=secretary.user, kind="warning.leader")
    assert mayor.user.name in own.title
    answers.acknowledge(escalation_id=row.pk, by=actors.for_appointment(secretary, now), now=now)


def test_level_two_is_the_stand_ins(
    warned: Any, mayor: Appointment, deputy: Appointment, now: datetime
) -> None:
    away(mayor, deputy, now)
    warned(2)
    assert not Notice.objects.filter(recipient=mayor.user, kind__startswith="warning").exists()


def test_an_unconfirmed_stand_in_takes_over_no_row(
    warned: Any, mayor: Appointment, deputy: Appointment, coordinator: Appointment, now: datetime
) -> None:
    stand_in(
        mayor,
        deputy.user,
        starts_at=now - HOUR,
        ends_at=now + DAY,
        entered_by=coordinator.user,
        entered_at=now,
    )
    warning = warned(2)
    sweep.sweep(now + HOUR)
    assert told(warning) == [("t01.mayor", "")]


def test_what_was_told_before_a_conflict_is_hidden_in_the_list_and_the_bell(
    warned: Any, owner: Appointment, mayor: Appointment, client_of: Callable[[Appointment], Client]
) -> None:
    number = warned(2, **WORKS).dispute.display_number
    browser = client_of(mayor)
    pages = ("/notifications/?show=all", "/notifications/bell/")
    assert all(number in browser.get(page).content.decode() for page in pages)
    accounts.appoint(mayor.user, owner.post)
    assert not any(number in browser.get(page).content.decode() for page in pages)
    assert "您应当回避这件事项" in browser.get(pages[0]).content.decode()
