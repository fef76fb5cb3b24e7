"""The body of each step in the API: its fields as the step's row declares them, required as the table says."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from disputes import step_fields as kinds
from disputes.api.serializers import (
    MOST_CODES,
    ChangesSerializer,
    Line,
    PartyChangesSerializer,
    PartySerializer,
    StrictSerializer,
    Words,
)
from disputes.entry_words import words_of
from disputes.rules.lifecycle import STEPS, Step

OPTIONAL = {"required": False, "allow_null": True}
Maker = Callable[..., serializers.Field]  # the kind as the row declares it, and whether it may be left out


def _whole(kind: kinds.Whole, **options: Any) -> serializers.Field:
    bounds = {"min_value": kind.least} | ({} if kind.most is None else {"max_value": kind.most})
    return serializers.IntegerField(**bounds | options)


def _choice(kind: kinds.Choice, **options: Any) -> serializers.Field:
    return serializers.ChoiceField(kind.choices, **options)


def _several(kind: kinds.Several, **options: Any) -> serializers.Field:
    child = serializers.ChoiceField(kind.choices)
    return serializers.ListField(child=child, max_length=MOST_CODES, allow_empty=False, **options)


def _line(kind: kinds.Line, **options: Any) -> serializers.Field:
    return Line(max_length=kind.limit, **options)


def _codes(kind: kinds.Codes, **options: Any) -> serializers.Field:
    return serializers.ListField(child=Line(max_length=kind.limit), max_length=MOST_CODES, **options)


MAKERS: dict[type, Maker] = {
    kinds.Several: _several,
    kinds.Choice: _choice,
    kinds.Codes: _codes,
    kinds.Line: _line,
    kinds.Whole: _whole,
    kinds.Words: lambda kind, **options: Words(max_length=kind.limit, **options),
    kinds.Day: lambda _kind, **options: serializers.DateField(**options),
    kinds.Truth: lambda _kind, **options: serializers.BooleanField(**options),
    kinds.Changes: lambda _kind, **options: ChangesSerializer(**options),
    kinds.NewParty: lambda _kind, **options: PartySerializer(**options),
    kinds.PartyChanges: lambda _kind, **options: PartyChangesSerializer(**options),
}


def _field(step: Step, name: str) -> serializers.Field:
    """The field of that name in a step's body; a new instance each time."""
    kind = words_of(step.id).fields[name]
    make = next(make for known, make in MAKERS.items() if isinstance(kind, known))  # the narrower kinds first
    return make(kind, **(OPTIONAL if name in step.optional else {}))


def step_serializer(step: Step) -> type[StrictSerializer]:
    """The body of a step, from its row of the lifecycle table; `version` may always come along."""
    fields: dict[str, Any] = {name: _field(step, name) for name in (*step.needs, *step.optional)}
    fields["version"] = serializers.IntegerField(min_value=1, required=False)
    name = "".join(word.title() for word in step.id.split("_"))
    return type(f"{name}Body", (StrictSerializer,), fields)


STEP_BODIES: dict[str, type[StrictSerializer]] = {step.id: step_serializer(step) for step in STEPS.values()}
