"""常用语 a reader's unit has: for a field of a step, and all of them with what stood there before."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.actor import Actor
from disputes.choices import CannedField
from disputes.models import CannedText
from disputes.selectors.intake import Option

SHOWN = 12
PAST = 30


@dataclass(frozen=True)
class OfField:
    """The texts of one field, as they are offered."""

    label: str
    rows: list[CannedText] = field(default_factory=list)


def offered(by: Actor, name: str, typed: str) -> list[Option]:
    """A dozen of the unit acted for, in the order they were written; one query."""
    if by.organization is None or name not in CannedField.values:
        return []
    rows = CannedText.objects.filter(unit=by.organization, field=name, retired_at=None)
    rows = rows.filter(text__icontains=typed.strip()) if typed.strip() else rows
    return [Option(str(row.pk), row.text) for row in rows.order_by("pk")[:SHOWN]]


def by_field(by: Actor) -> list[OfField]:
    """Those in use, grouped; a field without any is left out. One query."""
    rows = list(CannedText.objects.filter(unit=by.organization, retired_at=None).order_by("pk"))
    groups = [OfField(str(one.label), [row for row in rows if row.field == one]) for one in CannedField]
    return [group for group in groups if group.rows]


def past(by: Actor) -> list[CannedText]:
    """What is offered no more, the latest first, with what took its place; one query."""
    rows = CannedText.objects.filter(unit=by.organization, retired_at__isnull=False)
    rows = rows.select_related("retired_by__user", "replaced_by")
    return list(rows.order_by("-retired_at", "-pk")[:PAST])
