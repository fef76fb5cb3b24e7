"""Whether a line stands in the ledger already: by all it says, or by its number of origin with other content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imports.models import ImportRow
from imports.rules.cells import Ways
from imports.rules.sheet import Line
from jurisdictions.models import Organization


@dataclass
class Past:
    """What this centre registered from sheets before: key → dispute; None for a line not registered yet."""

    keys: dict[str, int | None] = field(default_factory=dict)
    numbers: dict[str, int | None] = field(default_factory=dict)

    def note(self, line: Line, ways: Ways, dispute_id: int | None = None) -> None:
        self.keys.setdefault(line.key(ways), dispute_id)
        if number := line.number_key(ways):
            self.numbers.setdefault(number, dispute_id)

    def has(self, line: Line, ways: Ways) -> bool:
        return line.key(ways) in self.keys

    def has_twin(self, line: Line, ways: Ways) -> bool:
        """The same number within the same sheet, book and year; the content is another."""
        return line.number_key(ways) in self.numbers


def past_of(centre: Organization, lines: Sequence[Line], ways: Ways) -> Past:
    """Two queries, however many lines; the unique constraint catches what comes in meanwhile."""
    rows = ImportRow.objects.filter(centre=centre, state=ImportRow.State.REGISTERED)
    keys = rows.filter(key__in=[line.key(ways) for line in lines])
    numbers = {number for line in lines if (number := line.number_key(ways))}
    found = rows.filter(number_key__in=numbers).order_by("-pk") if numbers else ImportRow.objects.none()
    return Past(
        dict(keys.values_list("key", "dispute_id")), dict(found.values_list("number_key", "dispute_id"))
    )
