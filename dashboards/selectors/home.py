"""The first page of the day: danger to life, then levels, then what is due, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission as P
from accounts.rights import may
from calendars.services.due import soon_until
from coordination.selectors.pages import tasks_of
from core.actor import Actor
from dashboards.selectors import home_rows
from dashboards.selectors.home_rows import Section
from disputes.choices import Status
from disputes.disclosure import known_now
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors.filters import waits_for
from disputes.selectors.ledger_query import address
from jurisdictions.choices import PostRole

# Where the state itself does not say what is waited for.
WAITING_LABELS = {
    Status.SETTLED: gettext_lazy("待回访销号"),
    Status.CLOSED: gettext_lazy("待归档"),
    Status.NOT_RESOLVED: gettext_lazy("未果待告知回访"),
    Status.WITHDRAWN: gettext_lazy("撤回待销号"),
    Status.TRANSFERRED_OUT: gettext_lazy("移送待销号"),
}


@dataclass(frozen=True)
class Tile:
    """A count that leads to its rows."""

    label: str
    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Home:
    """`first`: danger to life, before everything else; then `levels`, beside what warnings ask of the reader; then
    `sections`, what waits and is due, of which the empty ones come last. `waiting` is how much waits for the post."""

    tiles: list[Tile]
    first: list[Section]
    levels: list[Section]
    sections: list[Section]
    waiting: int

    @property
    def filled(self) -> list[Section]:
        return [section for section in self.sections if section.items]

    @property
    def empty(self) -> list[Section]:
        return [section for section in self.sections if not section.items]


def home_page(by: Actor, now: datetime, known: DisputeQuerySet | None = None) -> Home:
    """Everything a post that has to do with disputes sees first; `known` is what `seen_now` answers."""
    waiting, known = waits_for_post(by), seen_now(by) if known is None else known
    oversees = may(by, P.LEAD) or may(by, P.COORDINATE)
    found = [home_rows.dangerous(known), home_rows.graded(known, by), home_rows.my_work(waiting)]
    asked = home_rows.unanswered(by)
    found += [asked] if asked is not None else []
    found += [home_rows.late(known, now)] if oversees else []
    found = home_rows.answered([*found, home_rows.followed(known, by)])
    danger, levels, mine, *more, followed = home_rows.sections(found, by, now, tasks_of(by))
    tiles, count = _tiles(waiting, now)
    return Home(
        tiles=tiles,
        first=[danger] if danger.items else [],
        levels=[levels] if levels.items else [],
        sections=_empty_last(
            mine, *more, *([followed] if followed.items else []), *_told_of_none(danger, by)
        ),
        waiting=count,
    )


def _empty_last(*sections: Section) -> list[Section]:
    """What asks for something is not looked for below what says that nothing waits."""
    return sorted(sections, key=lambda section: not section.items)


def _told_of_none(danger: Section, by: Actor) -> list[Section]:
    """Who answers for lives reads that none is in danger."""
    return [danger] if not danger.items and (may(by, P.LEAD) or _on_duty(by)) else []


def seen_now(by: Actor) -> DisputeQuerySet:
    """What the reader sees as it is now; one question to the grants, so a page asks it once."""
    return known_now(Dispute.objects.listed_to(by), by)


def _on_duty(by: Actor) -> bool:
    return by.post is not None and by.post.role == PostRole.DUTY


def waits_for_post(by: Actor) -> DisputeQuerySet:
    """What waits for the post acted in; the rail counts it."""
    return Dispute.objects.listed_to(by).filter(waits_for(by))


def _tiles(waiting: DisputeQuerySet, now: datetime) -> tuple[list[Tile], int]:
    """By what is asked, then by the clock, and how much it is in all: one query. All that waits is open."""
    soon, late = Q(next_due_at__gte=now, next_due_at__lte=soon_until(now)), Q(next_due_at__lt=now)
    counted = waiting.order_by().values_list("status", "pending")
    counted = counted.annotate(n=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=late))
    rows = list(counted)
    by_status: dict[str, int] = {}
    pending = 0
    for status, request, number, _soon, _late in rows:
        if request:
            pending += number
        else:
            by_status[status] = by_status.get(status, 0) + number
    tiles = [
        Tile(
            str(WAITING_LABELS.get(status, status.label)),
            by_status[status],
            address({"waiting": "true", "pending": "false", "status": status.value}),
        )
        for status in Status
        if by_status.get(status)
    ]
    if pending:
        tiles.append(Tile(_("待审批"), pending, address({"waiting": "true", "pending": "true"})))
    due = _clock_tiles(sum(row[3] for row in rows), sum(row[4] for row in rows))
    return tiles + due, sum(row[2] for row in rows)


def _clock_tiles(soon: int, late: int) -> list[Tile]:
    return [
        Tile(_("临期"), soon, address({"waiting": "true", "due_soon": "true"})),
        Tile(_("超期"), late, address({"waiting": "true", "overdue": "true"}), tone="bad" if late else ""),
    ]
