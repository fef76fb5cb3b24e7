"""The limits of warnings: dated rows, read once for a batch. Warning clocks never pause."""

from __future__ import annotations

from datetime import datetime

from calendars.rules import arithmetic
from calendars.services import workdays
from calendars.services.rules import RuleBook, limit_of
from core.clock import shanghai_date
from disputes.limits import DisputeLimit
from early_warning.limits import WarningLimit

ACKNOWLEDGE = {
    1: WarningLimit.WARNING_ACKNOWLEDGE_1,
    2: WarningLimit.WARNING_ACKNOWLEDGE_2,
    3: WarningLimit.WARNING_ACKNOWLEDGE_3,
}
RESULT = {
    1: WarningLimit.WARNING_RESULT_1,
    2: WarningLimit.WARNING_RESULT_2,
    3: WarningLimit.WARNING_RESULT_3,
}


class Clocks:
    """Answers when a limit that starts at a moment ends, by the rules in force on `now`'s Shanghai day."""

    def __init__(self, now: datetime) -> None:
        self._book = RuleBook(shanghai_date(now))
        self._calendar = workdays.known().assuming_weekends()
        self._known: dict[tuple[str, datetime], datetime] = {}

    def acknowledge_by(self, level: int, told: datetime) -> datetime:
        return self._end(ACKNOWLEDGE[level], told)

    def result_by(self, level: int, told: datetime) -> datetime:
        return self._end(RESULT[level], told)

    def check_by(self, since: datetime) -> datetime:
        """The coordinator looks whether the risk is really gone."""
        return self._end(DisputeLimit.COORDINATOR_CHECK, since)

    def _end(self, key: str, since: datetime) -> datetime:
        if (key, since) not in self._known:
            limit = limit_of(self._book.rule(key))
            self._known[key, since] = arithmetic.due(since, limit, self._calendar).at
        return self._known[key, since]


def half_way(since: datetime, until: datetime) -> datetime:
    return since + (until - since) / 2
