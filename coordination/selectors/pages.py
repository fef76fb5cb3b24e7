"""What the pages of 调度会 and 每周研判 need; never a case the reader may not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from coordination.models import (
    CoordinationDecision,
    CoordinationMeeting,
    MeetingCase,
    ReviewItem,
    WeeklyReview,
)
from core.actor import Actor
from core.clock import shanghai_date
from disputes.choices import LEVEL_LABELS
from disputes.disclosure import disclosures
from disputes.errors import NotFound
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors import stubs
from disputes.selectors.filters import without_hidden_levels

PER_PAGE = 20
PICK_ROWS = 50
TO_DO_ROWS = 30
TASK_ROWS = 8
LONG_TEXTS = ("narrative", "search", "access_keys", "barred_keys")


@dataclass(frozen=True)
class AgendaCase:
    """A case on the agenda with what this meeting decided about it."""

    dispute: Dispute
    level: int
    level_label: Any
    decisions: list[CoordinationDecision]
    opinion: ReviewItem | None = None  # of the centre's weekly review, the latest before the meeting


@dataclass(frozen=True)
class MeetingPage:
    meeting: CoordinationMeeting
    cases: list[AgendaCase]
    facts: list[dict[str, Any]]
    asked_about: list[CoordinationDecision]
    today: date

    @property
    def is_open(self) -> bool:
        return self.meeting.closed_at is None

    @property
    def undecided(self) -> int:
        return sum(not case.decisions for case in self.cases)


@dataclass(frozen=True)
class ReviewRow:
    item: ReviewItem
    level: int
    level_label: Any


@dataclass(frozen=True)
class ReviewPage:
    review: WeeklyReview
    page: Page[ReviewItem]
    rows: list[ReviewRow]
    total: int
    done: int

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def is_open(self) -> bool:
        return self.review.closed_at is None


def meetings(by: Actor, page: str) -> Page[Any]:
    """The centre's meetings, newest first, with how many cases in sight and decisions each has."""
    seen = Q(cases__dispute__in=Dispute.objects.listed_to(by).values("pk"))
    rows = CoordinationMeeting.objects.filter(organization=by.organization)
    counted = rows.annotate(case_count=Count("cases", filter=seen, distinct=True))
    return Paginator(counted.order_by("-held_on", "-pk"), PER_PAGE).get_page(page)


def to_do(by: Actor) -> list[CoordinationDecision]:
    """What the centre's meetings decided and nobody has marked as done, most urgent first."""
    rows = CoordinationDecision.objects.filter(meeting__organization=by.organization, done_at=None)
    seen = without_hidden_levels(Dispute.objects.visible_to(by), by)  # what was decided is content
    rows = rows.filter(dispute__in=seen.values("pk"))
    shown = rows.select_related("dispute", "person__user", "person__post__organization", "meeting")
    return list(shown.defer(*(f"dispute__{name}" for name in LONG_TEXTS))[: TO_DO_ROWS + 1])


def meeting_of(meeting_id: int, by: Actor) -> CoordinationMeeting:
    rows = CoordinationMeeting.objects.select_related("organization", "created_by__user")
    found = rows.filter(organization=by.organization, pk=meeting_id).first()
    if found is None:
        raise NotFound(_("没有找到这次调度会。"))
    return found


def meeting_page(meeting_id: int, by: Actor, now: datetime) -> MeetingPage:
    meeting = meeting_of(meeting_id, by)
    on_agenda = MeetingCase.objects.filter(meeting=meeting).values("dispute_id")
    cases = list(
        Dispute.objects.listed_to(by).filter(pk__in=on_agenda).for_list().order_by("next_due_at", "pk")
    )
    shown = disclosures(by, cases)
    disclosed = [row for row in cases if shown[row.pk].level]
    made, said = _decisions(meeting, disclosed), _opinions(meeting, disclosed)
    told = stubs.without_content(cases, shown)
    return MeetingPage(
        meeting=meeting,
        cases=[
            AgendaCase(row, *_level(row, disclosed=shown[row.pk].level), made[row.pk], said.get(row.pk))
            for row in told
        ],
        facts=_facts(meeting),
        asked_about=asked_about(meeting, by),
        today=shanghai_date(now),
    )


def asked_about(meeting: CoordinationMeeting, by: Actor) -> list[CoordinationDecision]:
    """What the centre decided in earlier meetings and was not done when this one began: asked about first."""
    seen = without_hidden_levels(Dispute.objects.visible_to(by), by)
    earlier = CoordinationDecision.objects.filter(
        meeting__organization=meeting.organization, meeting__created_at__lt=meeting.created_at
    )
    waiting = earlier.filter(Q(done_at=None) | Q(done_at__gt=meeting.created_at))
    rows = waiting.filter(dispute__in=seen.values("pk"))
    shown = rows.select_related("dispute", "unit", "person__user", "person__post__organization", "meeting")
    return list(shown.defer(*(f"dispute__{name}" for name in LONG_TEXTS))[:TO_DO_ROWS])


def tasks_of(by: Actor) -> list[CoordinationDecision]:
    """What meetings asked of the post acted in and is not done, most urgent first; one more than shown."""
    rows = CoordinationDecision.objects.filter(person_id=by.appointment_id, done_at=None)
    if not rows.exists():  # so it is on most days: the joins only where something was asked
        return []
    rows = rows.filter(dispute__in=Dispute.objects.visible_to(by).values("pk"))
    shown = rows.select_related("dispute__town", "meeting")
    return list(shown.defer(*(f"dispute__{name}" for name in LONG_TEXTS))[: TASK_ROWS + 1])


def pick_list(
    meeting: CoordinationMeeting, by: Actor, now: datetime, *, words: str, late: bool
) -> list[Dispute]:
    """Open cases whose content is in sight and that are not on the agenda yet, the most urgent first; one more than
    shown. What one cannot read one does not put on an agenda."""
    rows: DisputeQuerySet = Dispute.objects.visible_to(by).open()
    if late:
        rows = rows.overdue(now)
    if words:
        by_number = rows.filter(number__iexact=words.strip())
        rows = by_number if by_number.exists() else rows.matching(words)
    free = rows.exclude(pk__in=meeting.cases.values("dispute_id")).for_list()
    return list(free.order_by(F("next_due_at").asc(nulls_last=True), "pk")[: PICK_ROWS + 1])


def reviews(by: Actor, page: str) -> Page[Any]:
    rows = WeeklyReview.objects.filter(organization=by.organization)
    seen = Q(items__dispute__in=Dispute.objects.listed_to(by).values("pk"))
    counted = rows.annotate(
        total=Count("items", filter=seen),
        done=Count("items", filter=seen & Q(items__reviewed_at__isnull=False)),
    )
    return Paginator(counted.order_by("-week_start"), PER_PAGE).get_page(page)


def review_page(review_id: int, by: Actor, page: str) -> ReviewPage:
    """Cases without an opinion first, those soonest due before others."""
    review = review_of(review_id, by)
    items = _items_in_sight(review, by)
    total, done = items.count(), items.filter(reviewed_at__isnull=False).count()
    rows = items.select_related(
        "dispute__category",
        "dispute__town",
        "dispute__lead_unit",
        "dispute__waiting_org",
        "reviewed_by__user",
        "reviewed_by__post__organization",
    ).defer(*(f"dispute__{name}" for name in LONG_TEXTS))
    ordered = rows.order_by(F("reviewed_at").asc(nulls_first=True), "dispute__next_due_at", "pk")
    found = Paginator(ordered, PER_PAGE).get_page(page)
    shown = disclosures(by, [item.dispute for item in found])
    for item, told in zip(found, stubs.without_content([item.dispute for item in found], shown), strict=True):
        item.dispute = told  # for reading
    return ReviewPage(
        review=review,
        page=found,
        rows=[
            ReviewRow(item, *_level(item.dispute, disclosed=shown[item.dispute_id].level)) for item in found
        ],
        total=total,
        done=done,
    )


def _items_in_sight(review: WeeklyReview, by: Actor) -> QuerySet[ReviewItem]:
    """Ended cases leave the list, unless they were gone through before. An opinion is part of the plans. Restricted
    ones count, and who may not read them sees that they are there."""
    visible = without_hidden_levels(Dispute.objects.listed_to(by), by)
    waiting = Q(dispute__in=visible.open().values("pk"))
    return review.items.filter(waiting | Q(reviewed_at__isnull=False, dispute__in=visible.values("pk")))


def _decisions(
    meeting: CoordinationMeeting, cases: Iterable[Dispute]
) -> dict[int, list[CoordinationDecision]]:
    made: dict[int, list[CoordinationDecision]] = defaultdict(list)
    rows = meeting.decisions.filter(dispute__in=[case.pk for case in cases])
    for row in rows.select_related("unit", "person__user", "person__post__organization"):
        made[row.dispute_id].append(row)
    return made


def _opinions(meeting: CoordinationMeeting, cases: Iterable[Dispute]) -> dict[int, ReviewItem]:
    """研判意见 of the centre that lay before the meeting; one query."""
    rows = ReviewItem.objects.filter(
        dispute__in=[case.pk for case in cases],
        review__organization=meeting.organization,
        reviewed_at__isnull=False,
    ).exclude(opinion="")
    if meeting.closed_at is not None:
        rows = rows.filter(reviewed_at__lte=meeting.closed_at)
    return {row.dispute_id: row for row in rows.order_by("reviewed_at")}


def _level(dispute: Dispute, *, disclosed: bool) -> tuple[int, Any]:
    level = dispute.warning_level if disclosed else 0
    return level, LEVEL_LABELS.get(level, "")


def _facts(meeting: CoordinationMeeting) -> list[dict[str, Any]]:
    rows = [
        (_("日期"), f"{meeting.held_on:%Y-%m-%d}"),
        (_("召集单位"), meeting.organization),
        (_("主持人"), meeting.chaired_by),
        (_("参加人"), meeting.attendees),
        (_("缺席"), meeting.absent),
        (_("记录人"), meeting.created_by.user.name),
        (_("印发范围"), meeting.sent_to),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def review_of(review_id: int, by: Actor) -> WeeklyReview:
    found = WeeklyReview.objects.filter(organization=by.organization, pk=review_id).first()
    if found is None:
        raise NotFound(_("没有找到这份研判清单。"))
    return found
