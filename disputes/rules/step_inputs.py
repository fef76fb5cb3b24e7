"""What each step takes, typed: the lifecycle table reads from it which fields a step needs and which may be left out.

A unit goes by its code, a person by login, a day as a date. What was left out has its default here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Taken as it is."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str


@dataclass(frozen=True, kw_only=True)
class Accept:
    level: int | None = None
    reason: str = ""
    restricted: bool | None = None
    resolve_by: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Decline:
    reason: str
    routes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Merge:
    into: str


@dataclass(frozen=True, kw_only=True)
class Assign:
    lead_unit: str
    co_units: Sequence[str] = ()
    person: str = ""
    resolve_by: date | None = None
    instruction: str = ""


@dataclass(frozen=True, kw_only=True)
class HandDown:
    town: str
    instruction: str = ""
    resolve_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class PassTo:
    """Either the town or the unit."""

    town: str = ""
    unit: str = ""
    instruction: str = ""
    resolve_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptReport:
    level: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SignFor:
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangePerson:
    person: str


@dataclass(frozen=True, kw_only=True)
class RequestReturn:
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Decide:
    granted: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Transfer:
    lead_unit: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportProgress:
    account: str


@dataclass(frozen=True, kw_only=True)
class Suspend:
    reason: str
    until: date


@dataclass(frozen=True, kw_only=True)
class BeginMediation:
    ground: str
    on: date


@dataclass(frozen=True, kw_only=True)
class RequestExtension:
    days: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class SubmitResult:
    outcome: str
    account: str
    performance_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ApproveResult:
    outcome: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Revisit:
    way: str
    account: str
    satisfied: bool | None = None


@dataclass(frozen=True, kw_only=True)
class TellRoutes:
    routes: Sequence[str]
    on: date
    way: str
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerNotResolved:
    decision: str
    instruction: str


@dataclass(frozen=True, kw_only=True)
class Correct:
    """`fields` as the API names them, nested."""

    fields: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, kw_only=True)
class AddParty:
    party: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectParty:
    """`party` is the row's id."""

    party: int
    fields: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, kw_only=True)
class MarkConflict:
    reason: str
    units: Sequence[str] = ()
    people: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Instruct:
    instruction: str


@dataclass(frozen=True, kw_only=True)
class Comment:
    text: str
    people: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectComment:
    """`comment` is the number of its entry in the trail."""

    comment: int
    text: str


@dataclass(frozen=True, kw_only=True)
class AnswerOrigin:
    on: date
    way: str
    account: str


def needs(takes: type[Any]) -> tuple[str, ...]:
    """The fields that must be given."""
    return tuple(field.name for field in fields(takes) if field.default is MISSING)


def optional(takes: type[Any]) -> tuple[str, ...]:
    """The fields that may be left out."""
    return tuple(field.name for field in fields(takes) if field.default is not MISSING)
