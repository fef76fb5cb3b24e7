"""Confirming, raising, lowering, lifting: reasons always, consent where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from core.actor import Actor
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute
from early_warning.choices import Outcome, WarningState
from early_warning.models import LevelRequest
from early_warning.rules.levels import higher, is_higher, needs_consent
from early_warning.services import answers, levels
from notifications.models import Notice
from tests.early_warning.escalations.conftest import asked, fresh, told, vacate

pytestmark = pytest.mark.django_db
Actors = Callable[[Appointment], Actor]


def test_level_one_is_the_highest() -> None:
    assert is_higher(1, 2)
    assert is_higher(3, 0)
    assert not is_higher(0, 3)
    assert (higher(0, 3), higher(2, 1)) == (3, 1)
    assert [needs_consent(1, 2), needs_consent(2, 0), needs_consent(3, 0), needs_consent(2, 1)] == [
        True,
        True,
        False,
        False,
    ]


def test_another_level_needs_a_reason_and_the_proposed_one_needs_none(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning, by = warned(3), actor(coordinator)
    with pytest.raises(InvalidInput):
        levels.raise_level(warning_id=warning.pk, level_to=2, reason=" ", by=by, now=now)
    with pytest.raises(InvalidInput):
        levels.lift(warning_id=warning.pk, reason=" ", by=by, now=now)
    levels.confirm(warning_id=warning.pk, by=by, now=now)
    warning.refresh_from_db()
    assert (warning.state, warning.confirmed_by) == ("confirmed", coordinator)


def test_that_the_event_happens_or_does_not_is_said_with_a_reason(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    quiet, loud = warned(1), warned(1, happening=True)
    for warning, happening in ((quiet, True), (loud, False)):
        with pytest.raises(InvalidInput):
            levels.confirm(warning_id=warning.pk, happening=happening, by=actor(coordinator), now=now)
    levels.confirm(warning_id=loud.pk, happening=True, by=actor(coordinator), now=now)


def test_confirming_takes_the_mark_away_and_lets_the_clocks_run(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    due = asked(warning).due_at
    levels.confirm(warning_id=warning.pk, reason="与现场一致。", by=actor(coordinator), now=now)
    warning.refresh_from_db()
    assert (warning.state, asked(warning).due_at) == ("confirmed", due)


def test_raising_acts_at_once_and_starts_the_higher_chain(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(3)
    levels.raise_level(
        warning_id=warning.pk, level_to=1, reason="已有人持械。", by=actor(coordinator), now=now
    )
    assert told(warning) == [("t01.deputy", "superseded"), ("t01.secretary", "")]
    assert fresh(warning.dispute_id).warning_level == 1


def test_lowering_level_three_by_lifting_needs_nobody(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(3)
    levels.lift(warning_id=warning.pk, reason="误判，只是开会。", by=actor(coordinator), now=now)
    assert told(warning) == [("t01.deputy", "lifted")]
    assert fresh(warning.dispute_id).warning_level == 0


def test_lowering_level_two_waits_for_the_addressees_consent(
    warned: Any, coordinator: Appointment, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    asked_for = levels.lower(
        warning_id=warning.pk, level_to=3, reason="没有聚集。", by=actor(coordinator), now=now
    )
    assert asked_for.consent_of_id == mayor.post_id
    assert fresh(warning.dispute_id).warning_level == 2
    with pytest.raises(NotPermitted):
        levels.decide_request(request_id=asked_for.pk, granted=True, by=actor(coordinator), now=now)
    levels.decide_request(request_id=asked_for.pk, granted=True, note="同意。", by=actor(mayor), now=now)
    assert fresh(warning.dispute_id).warning_level == 3
    assert told(warning) == [("t01.mayor", "superseded"), ("t01.deputy", "")]
    with pytest.raises(WrongState):
        levels.decide_request(request_id=asked_for.pk, granted=True, by=actor(mayor), now=now)


def test_a_refused_lowering_changes_nothing(
    warned: Any, coordinator: Appointment, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    request = levels.lift(warning_id=warning.pk, reason="没有聚集。", by=actor(coordinator), now=now)
    levels.decide_request(request_id=request.pk, granted=False, note="再看两天。", by=actor(mayor), now=now)
    warning.refresh_from_db()
    assert (warning.is_open, warning.level, asked(warning).addressee) == (True, 2, mayor.user)


def test_what_the_addressee_proposes_the_next_post_consents_to(
    warned: Any, mayor: Appointment, secretary: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    request = levels.lower(warning_id=warning.pk, level_to=3, reason="已经平息。", by=actor(mayor), now=now)
    assert request.consent_of_id == secretary.post_id
    with pytest.raises(NotPermitted):
        levels.decide_request(request_id=request.pk, granted=True, by=actor(mayor), now=now)
    levels.decide_request(request_id=request.pk, granted=True, by=actor(secretary), now=now)
    assert fresh(warning.dispute_id).warning_level == 3


def test_a_raise_overtakes_a_lowering_that_waits(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    levels.lift(warning_id=warning.pk, reason="没有聚集。", by=actor(coordinator), now=now)
    levels.raise_level(
        warning_id=warning.pk, level_to=1, reason="又聚起来了。", by=actor(coordinator), now=now
    )
    assert not LevelRequest.objects.filter(granted=None).exists()


def test_others_do_not_grade(warned: Any, clerk: Appointment, actor: Actors, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        levels.lift(warning_id=warned(3).pk, reason="不要了。", by=actor(clerk), now=now + timedelta(hours=1))


def test_who_is_asked_for_consent_may_read_what_about_though_his_step_is_over(
    warned: Any,
    coordinator: Appointment,
    mayor: Appointment,
    secretary: Appointment,
    county_deputy: Appointment,
    actor: Actors,
    now: datetime,
) -> None:
    """The county's deputy, whom no alarm opens a restricted case to: only what they themselves are asked does."""
    vacate(mayor)
    vacate(secretary)
    warning, by = warned(2, restricted=True), actor(county_deputy)
    answers.risk_removed(escalation_id=asked(warning).pk, account="已散去。", by=by, now=now)
    assert not Dispute.objects.visible_to(by).exists()
    request = levels.lift(warning_id=warning.pk, reason="已核实。", by=actor(coordinator), now=now)
    assert request.consent_of_id == county_deputy.post_id
    assert Dispute.objects.visible_to(by).exists()
    levels.decide_request(request_id=request.pk, granted=True, by=by, now=now)
    assert fresh(warning.dispute_id).warning_level == 0
    assert not Dispute.objects.visible_to(by).exists()


def test_the_head_reads_a_restricted_case_of_level_two_until_it_is_lifted_though_his_step_is_over(
    warned: Any, coordinator: Appointment, mayor: Appointment, actor: Actors, now: datetime
) -> None:
    warning, by = warned(2, restricted=True), actor(mayor)
    answers.risk_removed(escalation_id=asked(warning).pk, account="已散去。", by=by, now=now)
    assert Dispute.objects.visible_to(by).exists()
    request = levels.lift(warning_id=warning.pk, reason="已核实。", by=actor(coordinator), now=now)
    levels.decide_request(request_id=request.pk, granted=True, by=by, now=now)
    assert not Dispute.objects.visible_to(by).exists()


def test_a_confirmed_level_one_may_turn_out_to_be_happening(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(1)
    levels.confirm(warning_id=warning.pk, reason="属实。", by=actor(coordinator), now=now)
    levels.confirm(
        warning_id=warning.pk, reason="已经打起来了。", happening=True, by=actor(coordinator), now=now
    )
    warning.refresh_from_db()
    assert warning.happening
    assert warning.escalations.filter(parallel=True, addressee__username="t01.mayor").exists()


def test_the_coordinator_who_finds_that_nothing_happens_calls_head_and_police_off(
    warned: Any, police_head: Appointment, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(1, happening=True)
    levels.confirm(
        warning_id=warning.pk, reason="只有几人在现场。", happening=False, by=actor(coordinator), now=now
    )
    warning.refresh_from_db()
    assert (warning.state, warning.happening) == (WarningState.CONFIRMED, False)
    called_off = warning.escalations.filter(outcome=Outcome.CALLED_OFF)
    assert {row.addressee.username for row in called_off} == {"t01.mayor", "t01.police"}
    assert asked(warning).addressee.username == "t01.secretary"
    notices = Notice.objects.filter(kind="warning.called_off")
    assert {one.recipient.username for one in notices} == {"t01.mayor", "t01.police"}


def test_what_was_called_off_may_break_out_after_all_and_they_are_told_again(
    warned: Any, police_head: Appointment, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(1, happening=True)
    by = actor(coordinator)
    levels.confirm(warning_id=warning.pk, reason="没有发生。", happening=False, by=by, now=now)
    levels.confirm(warning_id=warning.pk, reason="现在打起来了。", happening=True, by=by, now=now)
    told = warning.escalations.filter(parallel=True, ended_at=None, town__isnull=False)
    assert {row.addressee.username for row in told} == {"t01.mayor", "t01.police"}


def test_confirming_without_a_word_on_it_leaves_what_is_happening(
    warned: Any, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(1, happening=True)
    levels.confirm(warning_id=warning.pk, reason="属实。", by=actor(coordinator), now=now)
    warning.refresh_from_db()
    assert warning.happening
