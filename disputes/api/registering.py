"""The body of a registration: what can be read of it, and everything that is wrong with it in one answer."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from rest_framework.exceptions import ValidationError

from core.actor import Actor
from core.errors import InvalidInput
from core.problems import field_errors
from disputes.api.serializers import RegisterSerializer, facts_of
from disputes.rules.intake import IntakeFacts
from disputes.rules.page_order import JURISDICTION, in_page_order
from disputes.services import intake


def facts_in(body: Any, *, by: Actor, now: datetime) -> IntakeFacts:
    """What the body states. Raises InvalidInput with every message: what cannot be read, and what the service holds
    against the rest."""
    try:
        return facts_of(_reader().run_validation(body))
    except ValidationError:
        serializer = RegisterSerializer(data=body)
        serializer.is_valid()
    unread: dict[str, list[object]] = {
        name: [*said] for name, said in field_errors(serializer.errors).items()
    }
    if not isinstance(body, dict):
        raise InvalidInput(unread)
    rest = RegisterSerializer(data=_without(body, serializer.errors), partial=True)
    found = intake.faults(facts=rest.facts(), by=by, now=now) if rest.is_valid() else {}
    also = {name: messages for name, messages in found.items() if not _is_part_of(name, unread)}
    raise InvalidInput(in_page_order(unread | also))


@cache
def _reader() -> RegisterSerializer:
    """One for the process: reading leaves nothing in it, and its forty fields cost more to make than to ask."""
    return RegisterSerializer()


def _without(data: Any, errors: Any) -> Any:
    """The same data without the values that could not be read; a row keeps its place."""
    if isinstance(data, dict) and isinstance(errors, dict):
        kept = {name: value for name, value in data.items() if not _is_leaf(errors.get(name))}
        return {name: _without(value, errors.get(name)) for name, value in kept.items()}
    if isinstance(data, list) and isinstance(errors, dict):
        kept_items = [(at, value) for at, value in enumerate(data) if not _is_leaf(errors.get(at))]
        return [_without(value, errors.get(at)) for at, value in kept_items]
    return {} if errors else data


def _is_leaf(errors: Any) -> bool:
    """Messages about the value itself."""
    return isinstance(errors, list)


def _is_part_of(name: str, unread: dict[str, list[object]]) -> bool:
    """Whether the field, or what it stands in, has its message already."""
    known = (one.removeprefix(JURISDICTION) for one in unread)
    return any(f"{name}.".startswith(f"{one}.") for one in known)
