"""Opening deadlines: by a dated rule, by a stated limit, or up to a date a person set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from calendars.errors import AlreadyRunning, InvalidInput
from calendars.models import Deadline
from calendars.rules.calendar import WorkCalendar
from calendars.rules.terms import Start, Unit, day_of
from calendars.services import workdays
from calendars.services.computing import compute
from calendars.services.due import moment_of
from calendars.services.rules import RuleBook
from core.clock import end_of_day
from core.inserted import insert


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a deadline is opened with: `due_at`, or `limit` and `unit`, or else the rule of `rule_key`."""

    subject_type: str
    subject_id: int
    kind: str
    start: Start
    rule_key: str = ""
    category: str = ""
    source_kind: str = ""
    limit: int | None = None
    unit: str | None = None
    due_at: Start | None = None
    latest_at: datetime | None = None  # whatever is added or rests, it ends by then
    why: str = ""  # why less time is given than usual: a code of calendars.presenters.REASONS
    opened_at: datetime | None = None  # now, unless a batch opens for different moments


def open_many(openings: Sequence[Opening], *, now: datetime) -> list[Deadline]:
    """Opens a batch with one insert; the callers hold their subjects' locks.

    Raises AlreadyRunning when a subject has an unmet deadline of that kind, RuleMissing, InvalidInput.
    """
    rows = built(openings, now=now)
    try:
        with transaction.atomic(savepoint=False):  # where it is refused, nothing of the whole act is kept
            return Deadline.objects.bulk_create(rows)
    except IntegrityError as error:
        if "deadline_one_unmet_per_kind" not in str(error):
            raise
        raise AlreadyRunning(_("这个事项已有正在计时的期限。")) from error


def open_first(openings: Sequence[Opening], *, now: datetime) -> list[Deadline]:
    """The same for subjects that are just being created: none of them can have a clock yet."""
    rows = built(openings, now=now)
    insert(rows)
    return rows


def built(openings: Sequence[Opening], *, now: datetime) -> list[Deadline]:
    """The rows, computed and not saved; the rules are read once for each day of start."""
    calendar, books = workdays.known(), _Books({opening.rule_key for opening in openings})
    return [_built(opening, calendar, books, now) for opening in openings]


class _Books(dict[date, RuleBook]):
    def __init__(self, keys: set[str]) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, day: date) -> RuleBook:
        self[day] = RuleBook(day, self._keys)
        return self[day]


def _built(opening: Opening, calendar: WorkCalendar, books: _Books, now: datetime) -> Deadline:
    starts_at, fixed = moment_of(opening.start), _fixed(opening)
    if fixed is not None and fixed < starts_at:
        raise InvalidInput({"due_at": [_("期限不能早于起算时间。")]})
    book = books[day_of(starts_at)]
    rule = _snapshot(opening, book) | ({"why": opening.why} if opening.why else {})
    lead = book.lead(Unit(rule.get("unit", Unit.DAY)))
    deadline = Deadline(
        subject_type=opening.subject_type,
        subject_id=opening.subject_id,
        kind=opening.kind,
        rule=rule | {"lead": {"limit": lead.amount, "unit": lead.unit.value}},
        starts_at=starts_at,
        fixed_due_at=fixed,
        latest_at=opening.latest_at,
        opened_at=opening.opened_at or now,
    )
    compute(deadline, (), calendar)
    return deadline


def _fixed(opening: Opening) -> datetime | None:
    """A date ends with its day, a time is taken as it is."""
    due_at = opening.due_at
    if due_at is None:
        return None
    return moment_of(due_at) if isinstance(due_at, datetime) else end_of_day(due_at)


def _snapshot(opening: Opening, book: RuleBook) -> dict[str, Any]:
    if opening.due_at is not None:
        return {"fixed": True, "key": opening.rule_key}
    if opening.limit is not None:
        return {"key": opening.rule_key, "limit": opening.limit, "unit": Unit(opening.unit or Unit.DAY).value}
    return book.rule(opening.rule_key, opening.category, opening.source_kind).snapshot()
