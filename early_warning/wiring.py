"""What early warning hears and what it shows on lower pages. Called once from `ready()`.

One handler for each event; what it calls, it calls in the written order, inside the transaction of the event. Where the
leader is named first and the text read then, the order stands here and nowhere else.
"""

from typing import Any

from accounts import events as account_events
from core import navigation
from core.actor import Actor
from disputes import events, extensions
from disputes.extensions import IntakePart
from early_warning import events as warning_events
from early_warning import wording_trail
from early_warning.api import escalations
from early_warning.forms.levels import level_fields
from early_warning.navigation import counted, entries
from early_warning.notices_in_sight import hidden, out_of_sight
from early_warning.selectors import level_states, on_the_spot, readings, warning_parts
from early_warning.services import (
    danger_leaders,
    imported_levels,
    leader_warning,
    level_answers,
    merging,
    reading,
    stand_ins,
)
from notifications import sight
from responsibility import events as leader_events
from responsibility.services import following, naming


def connect() -> None:
    wording_trail.connect()
    _hear()
    _show()


def _hear() -> None:
    for signal, handler in (
        (events.disputes_registered, on_registered),
        (events.step_taken, on_step),
        (events.danger_told, on_danger),
        (leader_events.leader_named, on_leader),
        (warning_events.warning_opened, on_warning),
        (account_events.delegation_started, on_delegation),
        (account_events.appointment_ended, on_appointment_ended),
    ):
        signal.connect(handler, dispatch_uid=f"early_warning.{handler.__name__}")


def _show() -> None:
    extensions.register("page", "warning", warning_parts.page_parts, order=10)  # before the leaders' part
    extensions.register("row", "warning", warning_parts.row_parts)
    extensions.register("api", "warning", escalations.warning_parts)
    extensions.register("export", "warning", level_states.export_parts)
    extensions.register("narrative", "evidence", readings.narrative_parts)
    extensions.register("alert", "danger", readings.danger_parts)
    extensions.register_step_field("level", level_fields)
    extensions.register_intake("level", IntakePart("early_warning/intake_look.html", after="narrative"))
    extensions.register_check("settle_on_spot", "level", on_the_spot.not_with_a_level)
    navigation.register(entries)
    navigation.register_counts(counted)
    sight.register_hides(hidden)
    sight.register_shut(out_of_sight)


def on_registered(event: events.DisputesRegistered, **_kwargs: Any) -> None:
    """The leader first: they are told of a warning with the others."""
    naming.name_on_registration(event.registered)
    reading.read_registrations(event.registered)


def on_step(event: events.StepTaken, **_kwargs: Any) -> None:
    """Who must resolve it, then whom its warnings ask, then the level answered, then the words that were added."""
    following.follow(event)
    merging.follow_step(event)
    level_answers.follow_step(event)
    reading.read_step(event)


def on_danger(event: events.DangerTold, **_kwargs: Any) -> None:
    danger_leaders.tell_leaders(event.dispute, now=event.now)


def on_leader(event: leader_events.LeaderNamed, **_kwargs: Any) -> None:
    leader_warning.follow_leader(event.dispute, now=event.now)


def on_warning(event: warning_events.WarningOpened, **_kwargs: Any) -> None:
    imported_levels.settle(dispute_id=event.dispute_id, level=event.level, by=event.by, now=event.now)


def on_delegation(event: account_events.DelegationStarted, **_kwargs: Any) -> None:
    stand_ins.follow(appointment_id=event.appointment_id, by=Actor.system("delegations"), now=event.now)


def on_appointment_ended(event: account_events.AppointmentEnded, **_kwargs: Any) -> None:
    stand_ins.hand_over(appointment_id=event.appointment_id, by=Actor.system("appointments"), now=event.now)
