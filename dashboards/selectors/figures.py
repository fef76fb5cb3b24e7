"""The figures of a dashboard. Each is a ledger query and its count, so a number always equals its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import SHANGHAI
from dashboards.rules.periods import Period
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.ledger_query import address

Query = dict[str, str]
MOST_UNITS = 15


@dataclass(frozen=True)
class Counted:
    """A number and the address of exactly the rows it counts."""

    number: int
    url: str


@dataclass(frozen=True)
class Group:
    """One bar: a town, a category, a unit, a month."""

    label: str
    counts: dict[str, Counted]


@dataclass(frozen=True)
class Figures:
    """`kept` of what `fell_due`: who leaves a hundred lying and settles five on time has not kept 100 %."""

    received: Counted
    settled: Counted
    fell_due: Counted
    kept: Counted
    open: Counted
    overdue: Counted
    before: dict[str, int]
    towns: list[Group] = field(default_factory=list)
    categories: list[Group] = field(default_factory=list)
    units: list[Group] = field(default_factory=list)
    months: list[Group] = field(default_factory=list)

    def as_payload(self) -> dict[str, Any]:
        return asdict(self)


def received_in(period: Period) -> Query:
    return {"registered_from": str(period.first), "registered_to": str(period.last)}


def settled_in(period: Period) -> Query:
    return {"settled_from": str(period.first), "settled_to": str(period.last)}


def due_in(period: Period) -> Query:
    """What had to be settled in these days, as far as they are over."""
    return {"due_from": str(period.first), "due_to": str(period.last)}


class Counter:
    """Counts ledger queries within one actor's sight, as of one moment."""

    def __init__(self, by: Actor, now: datetime) -> None:
        self.by, self.now = by, now
        self.visible = Dispute.objects.listed_to(by)
        self.by_town = {
            f"ledger_town_{name}": Coalesce(f"handed_town__{name}", f"town__{name}")
            for name in ("code", "name")
        }

    def rows(self, query: Mapping[str, str]) -> DisputeQuerySet:
        return LedgerFilter(dict(query), self.visible, by=self.by, now=self.now).qs.order_by()

    def count(self, query: Query) -> Counted:
        return Counted(self.rows(query).count(), address(query))

    def by_group(self, query: Query, *columns: str) -> dict[tuple[Any, ...], int]:
        more = {name: self.by_town[name] for name in columns if name in self.by_town}
        counted = self.rows(query).annotate(**more).values_list(*columns).annotate(n=Count("pk"))
        return {tuple(row[:-1]): row[-1] for row in counted}


def figures(by: Actor, period: Period, now: datetime) -> Figures:
    """Everything the county dashboard shows, in a dozen grouped queries."""
    counter = Counter(by, now)
    received, settled, fell_due = received_in(period), settled_in(period), due_in(period)
    kept, open_, overdue = fell_due | {"kept": "true"}, {"status": "open"}, {"overdue": "true"}
    return Figures(
        received=counter.count(received),
        settled=counter.count(settled),
        fell_due=counter.count(fell_due),
        kept=counter.count(kept),
        open=counter.count(open_),
        overdue=counter.count(overdue),
        before=_before(counter, period.before),
        towns=_towns(
            counter,
            {
                "received": received,
                "settled": settled,
                "fell_due": fell_due,
                "kept": kept,
                "overdue": overdue,
            },
        ),
        categories=_categories(counter, {"received": received, "settled": settled}),
        units=_units(counter, {"open": open_, "overdue": overdue}),
        months=_months(counter, period),
    )


def _before(counter: Counter, period: Period) -> dict[str, int]:
    queries = {"received": received_in(period), "settled": settled_in(period), "fell_due": due_in(period)}
    queries["kept"] = queries["fell_due"] | {"kept": "true"}
    return {name: counter.rows(query).count() for name, query in queries.items()}


def _towns(counter: Counter, queries: dict[str, Query]) -> list[Group]:
    """Each dispute once: with the town that handles it where that is not the town it happened in."""
    return _groups(counter, queries, ("ledger_town_code", "ledger_town_name"), "place", without=(None, None))


def _categories(counter: Counter, queries: dict[str, Query]) -> list[Group]:
    """By category; restricted ones whose content is not open to the reader by the group of theirs alone."""
    opened = {name: query | {"stub": "false"} for name, query in queries.items()}
    stubs = {name: query | {"stub": "true"} for name, query in queries.items()}
    groups = _groups(counter, opened, ("category__code", "category__name"), "category", implied=("stub",))
    groups += [
        replace(one, label=_("%s（限制知悉）") % _(one.label))
        for one in _groups(counter, stubs, ("category__group", "category__group"), "group")
    ]
    return sorted(groups, key=lambda group: -group.counts["received"].number)


def _units(counter: Counter, queries: dict[str, Query]) -> list[Group]:
    groups = _groups(
        counter, queries, ("lead_unit__code", "lead_unit__name"), "lead_unit", without=(None, None)
    )
    return sorted(groups, key=lambda group: -group.counts["open"].number)[:MOST_UNITS]


def _groups(
    counter: Counter,
    queries: dict[str, Query],
    columns: tuple[str, str],
    filter_name: str,
    without: tuple[Any, Any] | None = None,
    implied: tuple[str, ...] = (),
) -> list[Group]:
    """Every query counted by code and name; the link adds the filter of the group's code, which implies others."""
    counts = {name: counter.by_group(query, *columns) for name, query in queries.items()}
    keys = sorted({key for found in counts.values() for key in found} - {without}, key=str)
    return [
        Group(
            label=key[1],
            counts={
                name: Counted(
                    counts[name].get(key, 0), address(_narrowed(query, filter_name, key[0], implied))
                )
                for name, query in queries.items()
            },
        )
        for key in keys
    ]


def _narrowed(query: Query, name: str, code: str, implied: tuple[str, ...]) -> Query:
    return {key: value for key, value in query.items() if key not in implied} | {name: code}


def _months(counter: Counter, period: Period) -> list[Group]:
    months = period.months()
    whole = Period("months", months[0][0], months[-1][1])
    received = _per_month(counter, received_in(whole), "registered_at")
    settled = _per_month(counter, settled_in(whole), "settled_at")
    groups = []
    for first, last in months:
        one = Period("month", first, last)
        groups.append(
            Group(
                label=f"{first:%Y-%m}",
                counts={
                    "received": Counted(received.get(first, 0), address(received_in(one))),
                    "settled": Counted(settled.get(first, 0), address(settled_in(one))),
                },
            )
        )
    return groups


def _per_month(counter: Counter, query: Query, column: str) -> dict[date, int]:
    rows = counter.rows(query).annotate(month=TruncMonth(F(column), tzinfo=SHANGHAI))
    counted = rows.filter(~Q(month=None)).values_list("month").annotate(n=Count("pk"))
    return {month.date(): number for month, number in counted}
