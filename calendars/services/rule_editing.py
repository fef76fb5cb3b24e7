"""Rules change by new dated rows; what was in force stays on record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from audit.services import record_change
from calendars.errors import InvalidInput, in_words
from calendars.models import DeadlineRule
from calendars.rules.terms import ImpossibleLimit, Limit, Unit
from core.actor import Actor
from core.clock import shanghai_date

ONE_DAY = timedelta(days=1)


@transaction.atomic
def add_rule(
    *,
    key: str,
    limit: int,
    unit: str,
    effective_from: date,
    source: str,
    by: Actor,
    now: datetime,
    category: str = "",
    source_kind: str = "",
    note: str = "",
) -> DeadlineRule:
    """A row in force from that day, today at the earliest; the one before ends the day before.

    Deadlines already running keep the rule they were opened under.
    """
    require(by, Permission.MANAGE_CALENDAR)
    _check(limit, unit, effective_from, shanghai_date(now))
    same = DeadlineRule.objects.select_for_update().filter(
        key=key, category=category, source_kind=source_kind
    )
    rows = {row.effective_from: row for row in same}
    if effective_from in rows:
        raise InvalidInput({"effective_from": [_("这一天已有生效的规则，请另选日期。")]})
    before, after = _neighbours(rows, effective_from)
    was = _shown(before)
    _end_before(effective_from, before)
    row = DeadlineRule.objects.create(
        key=key,
        category=category,
        source_kind=source_kind,
        limit=limit,
        unit=unit,
        effective_from=effective_from,
        effective_to=after.effective_from - ONE_DAY if after else None,
        source=source,
        note=note,
    )
    record_change(
        by=by,
        now=now,
        target_type="deadline_rule",
        target_id=row.pk,
        label=str(row),
        before=was,
        after=_shown(row),
    )
    return row


def _check(limit: int, unit: str, effective_from: date, today: date) -> None:
    try:
        Limit(limit, Unit(unit))
    except ImpossibleLimit as error:
        raise in_words(error) from error
    if effective_from < today:
        raise InvalidInput({"effective_from": [_("规则从今天或以后生效，不能改动过去。")]})


def _end_before(day: date, rule: DeadlineRule | None) -> None:
    if rule is not None and rule.is_in_force(day):
        rule.effective_to = day - ONE_DAY
        rule.save(update_fields=["effective_to"])


def _neighbours(rows: dict[date, DeadlineRule], day: date) -> tuple[DeadlineRule | None, DeadlineRule | None]:
    earlier, later = [from_ for from_ in rows if from_ < day], [from_ for from_ in rows if from_ > day]
    return rows[max(earlier)] if earlier else None, rows[min(later)] if later else None


def _shown(row: DeadlineRule | None) -> dict[str, object]:
    if row is None:
        return {}
    ends = row.effective_to.isoformat() if row.effective_to else ""
    return row.snapshot() | {"effective_from": row.effective_from.isoformat(), "effective_to": ends}
