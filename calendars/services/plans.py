"""Editing the working-day calendar: a whole year's plan, or one day of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from audit.services import record_change
from calendars.errors import InvalidInput, plan_missing_words
from calendars.models import CalendarDay, CalendarYear
from calendars.rules.calendar import SATURDAY, DayOfPlan
from core.actor import Actor

Plan = Mapping[date, DayOfPlan]


@transaction.atomic
def load_year(*, year: int, days: Plan, source: str, by: Actor, now: datetime) -> CalendarYear:
    """Puts this plan in place of whatever the year had. Running deadlines follow with the next sweep."""
    require(by, Permission.MANAGE_CALENDAR)
    _check(year, days)
    row, _created = CalendarYear.objects.select_for_update().get_or_create(
        year=year, defaults={"source": source, "loaded_at": now}
    )
    before = _written(row)
    row.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, year=row, is_workday=plan.is_workday, name=plan.name, source=source)
        for day, plan in sorted(days.items())
    )
    row.source, row.loaded_at = source, now
    _mark(row, date(year, 1, 1), date(year, 12, 31))
    _record(row, before, by=by, now=now)
    return row


@transaction.atomic
def set_day(*, day: date, plan: DayOfPlan | None, source: str, by: Actor, now: datetime) -> None:
    """Names one day as off or worked; `plan` None lets it follow the week again."""
    require(by, Permission.MANAGE_CALENDAR)
    row = CalendarYear.objects.select_for_update().filter(year=day.year).first()
    if row is None:
        raise InvalidInput({"day": [plan_missing_words(day.year)]})
    before = _written(row)
    row.days.filter(date=day).delete()
    if plan is not None:
        _check(day.year, {day: plan})
        CalendarDay.objects.create(
            date=day, year=row, is_workday=plan.is_workday, name=plan.name, source=source
        )
    _mark(row, day, day)
    _record(row, before, by=by, now=now)


def _check(year: int, days: Plan) -> None:
    if any(day.year != year for day in days):
        raise InvalidInput({"days": [_("放假安排中有不属于%(year)s年的日期。") % {"year": year}]})
    if any(not plan.name.strip() for plan in days.values()):
        raise InvalidInput({"name": [_("请写明节日或调休的名称。")]})
    if any(plan.is_workday and day.weekday() < SATURDAY for day, plan in days.items()):
        raise InvalidInput({"kind": [_("只有周末才需要标为调休上班，工作日本来就上班。")]})


def _mark(row: CalendarYear, first: date, last: date) -> None:
    """A new revision, and what the sweep has to count anew."""
    row.revision = uuid.uuid4()
    row.changed_from = min(first, row.changed_from or first)
    row.changed_to = max(last, row.changed_to or last)
    row.save()


def _written(row: CalendarYear) -> dict[str, str]:
    """The plan as the audit trail keeps it."""
    days = row.days.values_list("date", "is_workday", "name")
    return {day.isoformat(): f"{'班' if works else '休'} {name}" for day, works, name in days}


def _record(row: CalendarYear, before: dict[str, str], *, by: Actor, now: datetime) -> None:
    """Only the days that differ; a whole year would bury the one that changed."""
    after = _written(row)
    changed = {day for day in {*before, *after} if before.get(day) != after.get(day)}
    record_change(
        by=by,
        now=now,
        target_type="calendar_year",
        target_id=row.year,
        label=_("%(year)s年工作日历") % {"year": row.year},
        before={day: before.get(day, "") for day in sorted(changed)},
        after={day: after.get(day, "") for day in sorted(changed)},
    )
