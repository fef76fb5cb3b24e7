"""What a merge means for leaders: no open warning is dropped, nobody who must keep out stays asked, one alarm each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from disputes import public
from disputes.models import Dispute
from disputes.services import intake_merge
from early_warning.models import Escalation
from early_warning.services import answers, sweep, warnings
from notifications.models import Notice
from responsibility.services import case_leaders, naming
from tests.early_warning.escalations.conftest import SYSTEM, Warned, asked, fresh
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def open_rows(dispute: Dispute, **more: object) -> list[tuple[str, int]]:
    """Who is asked along the chains; the §8 leader's own row stands beside them."""
    rows = Escalation.objects.filter(dispute=dispute, ended_at=None, parallel=False, **more)
    return sorted((row.addressee.username, row.step) for row in rows if row.addressee)


def alarms(who: Appointment) -> int:
    return Notice.objects.filter(recipient=who.user, kind="warning.escalation").count()


def merge(merged: Dispute, target: Dispute, by: Appointment, now: datetime) -> None:
    take("merge", merged, by, now, into=target.number)


def test_a_leader_told_of_both_keeps_one_open_row_and_hears_no_third_alarm(
    warned: Warned, coordinator: Appointment, mayor: Appointment, now: datetime
) -> None:
    merged, target = fresh(warned(2).dispute_id), fresh(warned(2).dispute_id)
    assert alarms(mayor) == 2
    merge(merged, target, coordinator, now + HOUR)
    assert alarms(mayor) == 2
    assert open_rows(target) == [("t01.mayor", 1)]
    assert open_rows(merged) == []
    told = Notice.objects.get(recipient=mayor.user, kind="warning.merged")
    # no alarm, but of a matter of level 2: marked as every notice about it is
    assert (told.urgent, merged.display_number in told.title) == (True, True)


def test_a_leader_told_of_the_merged_one_keeps_his_clock_and_is_not_alarmed_again(
    warned: Warned, coordinator: Appointment, clerk: Appointment, mayor: Appointment, now: datetime
) -> None:
    row = asked(warned(2))
    answers.acknowledge(escalation_id=row.pk, by=actor(mayor), now=now + HOUR)
    row.refresh_from_db()
    target = registered(clerk, now)
    merge(fresh(row.dispute_id), target, coordinator, now + 2 * HOUR)
    going_on = Escalation.objects.get(dispute=target, ended_at=None, parallel=False)
    same = ("addressee_id", "notified_at", "acknowledged_at", "acknowledged_by_id", "due_at")
    assert [getattr(going_on, name) for name in same] == [getattr(row, name) for name in same]
    assert alarms(mayor) == 1


def test_the_chain_goes_on_where_it_stood(
    warned: Warned,
    coordinator: Appointment,
    clerk: Appointment,
    mayor: Appointment,
    secretary: Appointment,
    now: datetime,
) -> None:
    row = asked(warned(2))
    answers.no_result(escalation_id=row.pk, account="没谈拢。", by=actor(mayor), now=now + HOUR)
    target = fresh(warned(3).dispute_id)
    merge(fresh(row.dispute_id), target, coordinator, now + 2 * HOUR)
    assert open_rows(target) == [("t01.secretary", 2)]
    assert (alarms(mayor), alarms(secretary)) == (1, 1)
    target.refresh_from_db()
    assert target.warning_level == 2


def test_the_further_chain_of_two_of_the_same_level_goes_on(
    warned: Warned, coordinator: Appointment, mayor: Appointment, now: datetime
) -> None:
    row, target = asked(warned(2)), fresh(warned(2).dispute_id)
    answers.no_result(escalation_id=row.pk, account="没谈拢。", by=actor(mayor), now=now + HOUR)
    merge(fresh(row.dispute_id), target, coordinator, now + 2 * HOUR)
    assert open_rows(target) == [("t01.secretary", 2)]


def test_the_leaders_of_the_town_that_joins_go_on_being_asked(
    warned: Warned, outsider: Appointment, county_office: Appointment, now: datetime
) -> None:

    target = fresh(warned(2).dispute_id)
    there = registered(outsider, now, place="t02.v01")
    with transaction.atomic():
        (locked,) = public.lock_many([there.pk])
        warnings.propose(locked, level=2, by=SYSTEM, now=now)
    merge(there, target, county_office, now + HOUR)
    in_chains = Escalation.objects.filter(dispute=target, ended_at=None, parallel=False)
    assert {row.addressee.username for row in in_chains} == {"t01.mayor", "t02.mayor"}
    there_asked = Appointment.objects.get(user__username="t02.mayor")
    assert alarms(there_asked) == 1


def test_a_leader_the_merged_complaint_is_about_is_no_longer_asked(
    warned: Warned,
    clerk: Appointment,
    county_office: Appointment,
    mayor: Appointment,
    now: datetime,
) -> None:
    warning = warned(2)
    target = fresh(warning.dispute_id)
    assert open_rows(target) == [("t01.mayor", 1)]
    complaint = registered(clerk, now, accused_people=("t01.mayor",))
    merge(complaint, target, county_office, now + HOUR)
    row = Escalation.objects.get(warning=warning, step=1, parallel=False)
    assert row.outcome == "barred"
    asked_now = {name for name, _step in open_rows(target)}
    assert "t01.mayor" not in asked_now
    assert "t01.secretary" in asked_now
    sweep.sweep(now + 2 * HOUR)


def test_the_responsible_leader_the_merged_complaint_is_about_is_replaced_though_named_by_a_person(
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    deputy: Appointment,
    now: datetime,
) -> None:

    target = take("accept", registered(clerk, now), coordinator, now)
    named = {"post_code": "t01.gov:head", "reason": "由镇长牵头"}
    naming.override(number=target.number, **named, by=actor(coordinator), now=now)
    complaint = registered(clerk, now, accused_people=("t01.mayor",))
    merge(complaint, target, county_office, now)
    target.refresh_from_db()
    assert target.responsible_leader is not None
    assert target.responsible_leader.code != "t01.gov:head"


def test_a_case_leader_the_merged_complaint_is_about_ends_his_care(
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    mayor: Appointment,
    now: datetime,
) -> None:

    target = take("accept", registered(clerk, now), coordinator, now)
    taken_on = case_leaders.Undertaking(mayor.pk, "先稳住双方。", now.date() + timedelta(days=9))
    case_leaders.start(number=target.number, undertaking=taken_on, by=actor(mayor), now=now)
    merge(registered(clerk, now, accused_people=("t01.mayor",)), target, county_office, now)
    assert case_leaders.current_of(target) is None


def test_registering_into_a_warned_case_alarms_nobody_twice(
    warned: Warned, clerk: Appointment, mayor: Appointment, now: datetime
) -> None:

    target = fresh(warned(2).dispute_id)
    violent = replace(
        QUARREL, narrative="双方各叫了二十多人，拿着锄头扁担要打起来，已经有人受伤。", people_count=40
    )
    merged, _code = intake_merge.register_into(
        facts=violent, into=target.number, by=actor(clerk), now=now + HOUR
    )
    assert merged.warnings.exists()  # it was read, and read as grave
    assert (
        Notice.objects.filter(kind="warning.escalation", title__contains=merged.display_number).count() == 0
    )
    rows = Escalation.objects.filter(dispute=target, ended_at=None)
    asked_now = list(rows.values_list("addressee", flat=True))
    assert len(asked_now) == len(set(asked_now))


def test_the_notice_of_the_merged_one_leads_to_where_it_goes_on(
    warned: Warned,
    coordinator: Appointment,
    clerk: Appointment,
    mayor: Appointment,
    client_of: Any,
    now: datetime,
) -> None:
    row = asked(warned(2))
    target = registered(clerk, now)
    merge(fresh(row.dispute_id), target, coordinator, now + HOUR)
    browser: Client = client_of(mayor)
    answer = browser.get(f"/warnings/escalations/{row.pk}/", follow=True)
    assert target.display_number in answer.content.decode()


def test_a_restricted_complaint_keeps_the_leaders_of_the_case_able_to_open_it(
    warned: Warned, clerk: Appointment, coordinator: Appointment, mayor: Appointment, now: datetime
) -> None:
    target = fresh(warned(2).dispute_id)
    merge(registered(clerk, now, restricted=True), target, coordinator, now)
    assert Dispute.objects.visible_to(actor(mayor)).filter(pk=target.pk).exists()
