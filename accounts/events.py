"""What happened to posts and powers, in the past tense. Sent inside the transaction that wrote it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.dispatch import Signal

from core.actor import Actor

appointment_ended = Signal()
delegation_entered = Signal()
delegation_confirmed = Signal()
delegation_started = Signal()
account_touched = Signal()


@dataclass(frozen=True)
class AppointmentEnded:
    """From now on somebody else answers for what is open.

    `successor_id` is the appointment that takes over: the one the administrator chose (`chosen`), else the
    unit's head, which whoever holds open work should flag. None when nobody is left in the unit.
    """

    appointment_id: int
    user_id: int
    organization_id: int
    successor_id: int | None
    chosen: bool
    by: Actor
    now: datetime


@dataclass(frozen=True)
class DelegationEntered:
    """Somebody was entered to stand in; by the absent one themselves, or by who serves them."""

    delegation_id: int
    by: Actor
    now: datetime


@dataclass(frozen=True)
class DelegationConfirmed:
    """A third person confirmed what somebody else entered: the stand-in holds from now on."""

    delegation_id: int
    by: Actor
    now: datetime


@dataclass(frozen=True)
class DelegationStarted:
    """The stand-in's powers began: open rows pass over with a fresh notice and at least half the limit."""

    delegation_id: int
    appointment_id: int
    stand_in_id: int
    by: Actor
    now: datetime


class Touched(StrEnum):
    """What somebody else changed at an account."""

    PASSWORD = "password"  # a kind of change, no secret
    CODES = "codes"
    CONTACT = "contact"


@dataclass(frozen=True)
class AccountTouched:
    """By whom and when: the person and the auditor are told."""

    user_id: int
    what: Touched
    by: Actor
    now: datetime
