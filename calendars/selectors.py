"""What the calendar's pages show."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from calendars import extensions
from calendars.choices import DayKind
from calendars.known_limits import all_keys, label_of
from calendars.models import CalendarDay, CalendarYear, DeadlineRule
from calendars.presenters import limit_words, span_words
from calendars.rules.calendar import SATURDAY, DayOfPlan
from core.clock import shanghai_date

NOVEMBER = 11  # the State Council publishes next year's plan about then


@dataclass(frozen=True)
class Cell:
    """A day of a calendar page; `name` is the holiday it belongs to."""

    day: date
    kind: DayKind
    name: str
    is_today: bool

    @property
    def words(self) -> str:
        """What a screen reader says: 国庆节 节假日."""
        return f"{self.name} {self.kind.label}".strip()

    @property
    def mark(self) -> str:
        return {DayKind.HOLIDAY: _("休"), DayKind.MAKEUP: _("班")}.get(self.kind, "")


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Cell | None]]
    notes: list[str]


@dataclass(frozen=True)
class YearPage:
    year: int
    loaded: CalendarYear | None
    months: list[Month]
    workdays: int


@dataclass(frozen=True)
class RuleRow:
    rule: DeadlineRule
    limit: str
    category: str
    source_kind: str
    in_force: bool
    to_come: bool


@dataclass(frozen=True)
class RuleGroup:
    """All rows of one thing for one category and source, newest first."""

    key: str
    label: str
    rows: list[RuleRow]

    @property
    def current(self) -> RuleRow | None:
        return next((row for row in self.rows if row.in_force), None)

    @property
    def others(self) -> list[RuleRow]:
        return [row for row in self.rows if not row.in_force]


def missing_plan(now: datetime) -> int | None:
    """The year whose plan ought to be there and is not: this one, and from November on the next."""
    today = shanghai_date(now)
    wanted = [today.year] + ([today.year + 1] if today.month >= NOVEMBER else [])
    present = set(CalendarYear.objects.filter(year__in=wanted).values_list("year", flat=True))
    return next((year for year in wanted if year not in present), None)


def years() -> list[int]:
    return list(CalendarYear.objects.values_list("year", flat=True))


def year_page(year: int, now: datetime) -> YearPage:
    """Twelve months with their days off and make-up days; a year not loaded has no months to show."""
    loaded = CalendarYear.objects.filter(year=year).first()
    if loaded is None:
        return YearPage(year, None, [], 0)
    named = {day.date: day for day in CalendarDay.objects.filter(year=year)}
    today = shanghai_date(now)
    months = [_month(year, number, named, today) for number in range(1, 13)]
    cells = [cell for month in months for week in month.weeks for cell in week if cell]
    workdays = sum(cell.kind in {DayKind.WORKDAY, DayKind.MAKEUP} for cell in cells)
    return YearPage(year, loaded, months, workdays)


def _month(year: int, number: int, named: dict[date, CalendarDay], today: date) -> Month:
    weeks = [
        [cell_of(day, named.get(day), today) if day.month == number else None for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    days = [cell for week in weeks for cell in week if cell and cell.mark]
    return Month(date(year, number, 1), weeks, _notes(days))


def cell_of(day: date, named: CalendarDay | DayOfPlan | None, today: date) -> Cell:
    """`named`: what the plan says of the day; None when it follows the week."""
    if named is not None:
        kind = DayKind.MAKEUP if named.is_workday else DayKind.HOLIDAY
        return Cell(day, kind, _(named.name) if named.name else "", day == today)
    kind = DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY
    return Cell(day, kind, "", day == today)


def _notes(cells: list[Cell]) -> list[str]:
    """国庆节 10月1日至7日 · 调休上班 10月10日"""
    notes = []
    for (kind, name), run in groupby(cells, key=lambda cell: (cell.kind, cell.name)):
        days = [cell.day for cell in run]
        label = name if kind is DayKind.HOLIDAY else str(DayKind.MAKEUP.label)
        notes.append(f"{label} {span_words(days[0], days[-1])}")
    return notes


def rule_groups(now: datetime) -> list[RuleGroup]:
    """Every rule with its history, in the order of the things they are for."""
    order = {key.value: number for number, key in enumerate(all_keys())}
    rules = sorted(
        DeadlineRule.objects.all(),
        key=lambda rule: (
            order.get(rule.key, 99),
            rule.category,
            rule.source_kind,
            -rule.effective_from.toordinal(),
        ),
    )
    words = dict(extensions.categories()), dict(extensions.sources())
    today = shanghai_date(now)
    groups = []
    for _same, rows in groupby(rules, key=lambda rule: (rule.key, rule.category, rule.source_kind)):
        shown = [_rule_row(rule, *words, today) for rule in rows]
        groups.append(RuleGroup(shown[0].rule.key, label_of(shown[0].rule.key), shown))
    return groups


def _rule_row(
    rule: DeadlineRule, categories: dict[str, str], sources: dict[str, str], today: date
) -> RuleRow:
    return RuleRow(
        rule=rule,
        limit=limit_words(rule.limit, rule.unit),
        category=categories.get(rule.category, rule.category),
        source_kind=sources.get(rule.source_kind, rule.source_kind),
        in_force=rule.is_in_force(today),
        to_come=rule.effective_from > today,
    )
