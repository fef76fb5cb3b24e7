"""What is due to somebody between two days: clocks of their disputes, their warnings, what meetings asked, meetings.

A fixed number of queries, however many rows and days. Restricted matters come as their number alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.rights import may
from accounts.roles import GOVERNING_KINDS
from calendars.models import Deadline
from coordination.models import CoordinationDecision, CoordinationMeeting
from core.actor import Actor
from core.clock import end_of_day, shanghai_date, start_of_day
from disputes.choices import SUBJECT, DeadlineKind
from disputes.disclosure import known_now
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors import stubs
from disputes.selectors.filters import waits_for, without_hidden_levels
from disputes.selectors.shown_levels import level_words, shown_levels
from early_warning.models import Escalation
from early_warning.selectors.queue import seen_disputes

MOST = 300  # of each kind, the soonest first
COLUMNS = (
    "number",
    "title",
    "danger",
    "town__name",
    "place_name",
    "confidentiality",
    "warning_level",
    "unit",
)


@dataclass(frozen=True)
class Due:
    """One thing of one day. `outside`: the words for a calendar that others keep: the number and what is due, no more.
    `at` is None for what is due in the course of the day."""

    key: str
    day: date
    at: datetime | None
    what: str
    outside: str
    number: str = ""
    title: str = ""
    url: str = ""
    level: int | None = None
    late: bool = False

    @property
    def level_label(self) -> str:
        return level_words(self.level)


@dataclass(frozen=True)
class Agenda:
    """By day and moment. `cut`: there is more than is shown."""

    rows: list[Due]
    cut: bool

    @property
    def by_day(self) -> dict[date, list[Due]]:
        found: dict[date, list[Due]] = {}
        for row in self.rows:
            found.setdefault(row.day, []).append(row)
        return found


def agenda(posts: Sequence[Actor], first: date, last: date, now: datetime) -> Agenda:
    """Of one person in these posts, first and last day included."""
    by, span = posts[0], (start_of_day(first), end_of_day(last))
    clocks = _clocks(posts, span, now)
    warnings = _warnings(by, span, now)
    asked = _asked(posts, first, last, now)
    held = _meetings(posts, first, last)
    rows = [row for part in (clocks, warnings, asked, held) for row in part[:MOST]]
    rows.sort(key=lambda row: (row.day, row.at or end_of_day(row.day), row.key))
    return Agenda(rows, any(len(part) > MOST for part in (clocks, warnings, asked, held)))


def _clocks(posts: Sequence[Actor], span: tuple[datetime, datetime], now: datetime) -> list[Due]:
    """The clocks that run of what waits for them or is their unit's, and where they lead of what has a level."""
    by = posts[0]
    known = known_now(Dispute.objects.listed_to(by), by).open()
    mine = known.filter(_concerns(posts, known))
    rows = Deadline.objects.unmet().filter(subject_type=SUBJECT, due_at__range=span)
    found = list(rows.filter(subject_id__in=mine.values("pk")).order_by("due_at", "pk")[: MOST + 1])
    disputes, levels = _read({row.subject_id for row in found}, by)
    return [
        _due(
            f"deadline-{row.pk}",
            row.due_at,
            _("%s到期") % DeadlineKind(row.kind).label,
            disputes[row.subject_id],
            levels[row.subject_id],
            now,
        )
        for row in found
        if row.subject_id in disputes
    ]


def _concerns(posts: Sequence[Actor], known: DisputeQuerySet) -> Q:
    found = Q(pk__in=[])
    for by in posts:
        found |= waits_for(by) | Q(responsible_person=by.acting.pk)
        if may(by, P.HANDLE):
            found |= Q(lead_unit=by.organization.pk)
        if may(by, P.LEAD) or may(by, P.COORDINATE):
            graded = without_hidden_levels(known, by).filter(warning_level__gt=0)
            found |= Q(danger=True) | Q(pk__in=graded.values("pk"))
    return found


def _read(ids: Iterable[int], by: Actor) -> tuple[dict[int, Dispute], dict[int, int | None]]:
    wanted = set(ids)
    rows: Any = Dispute.objects.filter(pk__in=wanted).order_by().select_related("town")
    read = list(rows.only(*COLUMNS)) if wanted else []
    levels = shown_levels(read, by)
    told = {row.pk: row for row in stubs.readable(read, by)}
    return told, levels | {pk: None for pk, row in told.items() if row.is_stub}


def _due(
    key: str, at: datetime, what: str, dispute: Dispute, level: int | None, now: datetime, url: str = ""
) -> Due:
    day = shanghai_date(at)
    return Due(
        key=key,
        day=day,
        at=None if at == end_of_day(day) else at,
        what=what,
        outside=f"{dispute.display_number} {what}",
        number=dispute.display_number,
        title=dispute.title,
        url=url or f"/disputes/{dispute.number}/",
        level=level,
        late=at < now,
    )


def _warnings(by: Actor, span: tuple[datetime, datetime], now: datetime) -> list[Due]:
    """What the chain of reports asks of the person, as long as its clock does not rest."""
    rows = Escalation.objects.filter(
        addressee=by.user_id, ended_at=None, rests_since=None, due_at__range=span
    )
    found = [row for row in rows.order_by("due_at", "pk")[: MOST + 1] if row.due_at is not None]
    disputes = seen_disputes((row.dispute_id for row in found), by)
    return [
        _due(
            f"escalation-{row.pk}",
            row.due_at,
            _("预警须报告结果") if row.acknowledged_at else _("预警须知悉"),
            disputes[row.dispute_id],
            row.level,
            now,
            reverse("early_warning:escalation", args=[row.pk]),
        )
        for row in found
        if row.due_at is not None and row.dispute_id in disputes
    ]


def _asked(posts: Sequence[Actor], first: date, last: date, now: datetime) -> list[Due]:
    """What meetings asked of them and is not done: its words are content, for who reads it."""
    by, people = posts[0], [post.appointment_id for post in posts]
    rows = CoordinationDecision.objects.filter(person__in=people, done_at=None, due_on__range=(first, last))
    rows = rows.filter(dispute__in=Dispute.objects.visible_to(by).values("pk")).select_related("dispute")
    plain = _("调度会交办事项到期")
    return [
        Due(
            key=f"decision-{row.pk}",
            day=row.due_on,
            at=None,
            what=_("调度会：%s") % row.text,
            outside=f"{row.dispute.display_number} {plain}",
            number=row.dispute.display_number,
            title=row.dispute.title,
            url=reverse("coordination:report", args=[row.pk]),
            late=row.due_on < shanghai_date(now),
        )
        for row in rows.defer("dispute__narrative", "dispute__search")[: MOST + 1]
    ]


def _meetings(posts: Sequence[Actor], first: date, last: date) -> list[Due]:
    """调度会 of their own centre; leaders see those of their place."""
    own = [by.organization.pk for by in posts if may(by, P.COORDINATE)]
    led = [
        by.organization.place_id
        for by in posts
        if may(by, P.LEAD) and by.organization.kind in GOVERNING_KINDS
    ]
    if not own and not led:
        return []
    rows = CoordinationMeeting.objects.filter(held_on__range=(first, last))
    rows = rows.filter(Q(organization__in=own) | Q(organization__place__in=led))
    return [
        Due(
            key=f"meeting-{row.pk}",
            day=row.held_on,
            at=None,
            what=_("调度会：%s") % row.subject,
            outside=_("调度会"),
            url=reverse("coordination:meeting", args=[row.pk]) if row.organization_id in own else "",
        )
        for row in rows.order_by("held_on", "pk")[: MOST + 1]
    ]
