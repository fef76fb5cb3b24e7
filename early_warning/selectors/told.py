"""Who was told of a warning already, chain by chain."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from core.among import Among
from early_warning.models import Escalation


def told_before(row: Escalation) -> set[int]:
    """The persons asked on the other steps of this row's chain in its round."""
    others = Escalation.objects.filter(
        warning=row.warning_id, round=row.round, town=row.town_id, addressee__isnull=False
    ).exclude(pk=row.pk)
    people = others.values_list("addressee_id", "holder__user_id")
    return {person for pair in people for person in pair if person}


def told_in(rows: Iterable[Escalation]) -> dict[tuple[int, int | None], set[int]]:
    """(warning, town) → the persons its chain has told in the warning's present round; one query."""
    found: dict[tuple[int, int | None], set[int]] = {}
    past = Escalation.objects.filter(
        warning=Among({row.warning_id for row in rows}), round=F("warning__round"), addressee__isnull=False
    )
    rows_of = past.order_by().values_list("warning_id", "town_id", "addressee_id", "holder__user_id")
    for warning, town, *people in rows_of:
        found.setdefault((warning, town), set()).update(person for person in people if person)
    return found
