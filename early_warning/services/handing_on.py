"""What goes on in another dispute after a merge: the open rows of a warning with the clocks that run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import User
from early_warning.models import Escalation
from jurisdictions.models import Place

FIRST = 1  # the step of a chain that is told first
CLOCK = (
    *("notified_at", "due_at", "remind_at", "reminded_at", "rests_since"),
    *("acknowledged_at", "acknowledged_by", "acknowledged_by_phone"),
)


@dataclass(frozen=True)
class Handed:
    """The open rows of a warning that goes on in another dispute: who is asked keeps their clock and is not told again.

    `told` are the persons each chain had asked, by the town's id.
    """

    rows: tuple[Escalation, ...] = ()
    told: Mapping[int | None, frozenset[int]] = field(default_factory=dict)

    def step(self, town: Place) -> int:
        """Where the chain of the town stood."""
        return max(
            (row.step for row in self.rows if not row.parallel and row.town_id == town.pk), default=FIRST
        )

    def told_earlier(self, town: Place) -> set[int]:
        """Whom the chain asked on its earlier steps."""
        now_asked = {row.addressee_id for row in self.rows if row.town_id == town.pk}
        holders = {row.holder.user_id for row in self.rows if row.town_id == town.pk and row.holder}
        return set(self.told.get(town.pk, frozenset())) - now_asked - holders

    def of(self, row: Escalation, addressee: User | None) -> Escalation | None:
        """The row in which the same person is asked already."""
        asked = addressee.pk if addressee else None
        same = (one for one in self.rows if one.addressee_id == asked and one.town_id == row.town_id)
        return next(same, None)


NOTHING_HANDED = Handed()
