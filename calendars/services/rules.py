"""Which dated rule says how long something may take."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from calendars.errors import RuleMissing
from calendars.limits import CalendarLimit
from calendars.models import DeadlineRule
from calendars.rules.terms import Limit, Unit
from core.remembered import remembered

FALLBACK_LEADS = {
    CalendarLimit.DUE_SOON: Limit(2, Unit.WORKING_DAY),
    CalendarLimit.DUE_SOON_HOURS: Limit(1, Unit.HOUR),
}


class RuleBook:
    """The rules in force on one day, all or those of some keys."""

    def __init__(self, day: date, keys: Collection[str] = ()) -> None:
        rows, wanted = _in_force(day), {*keys, *FALLBACK_LEADS}
        self._rows = [row for row in rows if row.key in wanted] if keys else list(rows)

    def rule(self, key: str, category: str = "", source_kind: str = "") -> DeadlineRule:
        """The rule that fits best: category before source before the general one.

        A category's own clock comes from the law of its field and holds whichever door the dispute came
        through; a row for both category and source is the most particular of all. Raises RuleMissing.
        """
        fitting = [
            row
            for row in self._rows
            if row.key == key and row.category in {"", category} and row.source_kind in {"", source_kind}
        ]
        best = max(fitting, key=lambda row: (bool(row.category), bool(row.source_kind)), default=None)
        if best is None:
            raise RuleMissing(key, category)
        return best

    def has_others(self, key: str) -> bool:
        """Whether some category or source has a row of its own beside the general one."""
        return any(row.key == key and (row.category or row.source_kind) for row in self._rows)

    def lead(self, unit: Unit) -> Limit:
        """How long before the end a deadline counts as due soon; ours when the county has no row."""
        key = CalendarLimit.DUE_SOON_HOURS if unit is Unit.HOUR else CalendarLimit.DUE_SOON
        try:
            return limit_of(self.rule(key))
        except RuleMissing:
            return FALLBACK_LEADS[key]


@remembered(64)
def _in_force(day: date) -> tuple[DeadlineRule, ...]:
    return tuple(DeadlineRule.objects.in_force(day).order_by("-effective_from"))


def rule_for(*, key: str, on: date, category: str = "", source_kind: str = "") -> DeadlineRule:
    """The rule in force that day, see RuleBook.rule."""
    return RuleBook(on).rule(key, category, source_kind)


def limit_of(rule: DeadlineRule) -> Limit:
    return Limit(rule.limit, Unit(rule.unit))
