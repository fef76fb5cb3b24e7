"""Stand-ins, successors and merges move escalations, inside their transactions."""

from typing import Any

from accounts import events as account_events
from core.actor import Actor
from disputes import events
from disputes.events import StepTaken
from disputes.rules import lifecycle
from early_warning import events as warning_events
from early_warning.notices_in_sight import hidden, out_of_sight
from early_warning.services import imported_levels, level_answers, merging, stand_ins
from notifications import sight

CHANGED_BY_LEVEL = ["version", "warning_level", "access_keys", "next_due_at", "resolve_by"]


def connect() -> None:
    sight.register_hides(hidden)
    sight.register_shut(out_of_sight)
    account_events.delegation_started.connect(on_delegation, dispatch_uid="early_warning.stand_in")
    account_events.appointment_ended.connect(on_appointment_ended, dispatch_uid="early_warning.left")
    events.step_taken.connect(on_step, dispatch_uid="early_warning.merge")
    events.step_taken.connect(on_answer, dispatch_uid="early_warning.level_answered")
    warning_events.warning_opened.connect(on_warning, dispatch_uid="early_warning.imported_level_settled")


def on_delegation(event: account_events.DelegationStarted, **kwargs: Any) -> None:
    stand_ins.follow(appointment_id=event.appointment_id, by=Actor.system("delegations"), now=event.now)


def on_appointment_ended(event: account_events.AppointmentEnded, **kwargs: Any) -> None:
    stand_ins.hand_over(appointment_id=event.appointment_id, by=Actor.system("appointments"), now=event.now)


def on_warning(event: warning_events.WarningOpened, **kwargs: Any) -> None:
    imported_levels.settle(dispute_id=event.dispute_id, level=event.level, by=event.by, now=event.now)


def on_answer(sender: Any, event: StepTaken, **kwargs: Any) -> None:
    """The level the coordinator answered with the step; whoever reads the dispute after us sees what it changed."""
    if "level" not in event.beside:
        return
    level_answers.answer(event.dispute, **event.beside, by=event.by, now=event.now)
    event.dispute.refresh_from_db(fields=CHANGED_BY_LEVEL)


def on_step(sender: Any, event: StepTaken, **kwargs: Any) -> None:
    if event.step == "merge":
        merging.carry_over(dispute_id=event.dispute_id, by=event.by, now=event.now)
    if event.step in (*lifecycle.MENDING, "mark_conflict", "restrict"):
        merging.let_barred_go(dispute_id=event.dispute_id, now=event.now)
