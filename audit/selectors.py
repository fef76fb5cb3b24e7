"""The access log page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from audit.choices import Action
from audit.models import AccessEvent
from core.clock import end_of_day, start_of_day

PAGE = 50
EVERYDAY = (Action.LOGGED_IN, Action.LOGGED_OUT)
EVERYTHING = "everything"


@dataclass(frozen=True)
class Question:
    """Empty parts ask nothing, save that everybody's coming and going is shown only to who asks for it."""

    person: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    target: str = ""
    before: int | None = None


@dataclass(frozen=True)
class LogPage:
    events: list[AccessEvent]
    next_before: int | None


def log_page(question: Question) -> LogPage:
    """Newest first, older than `before`."""
    rows = _asked(question)
    if question.before is not None:
        rows = rows.filter(pk__lt=question.before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return LogPage(shown, shown[-1].pk if len(found) > PAGE else None)


def _asked(question: Question) -> QuerySet[AccessEvent]:
    rows = AccessEvent.objects.all()
    if question.person:
        rows = rows.filter(_by_person(question.person))
    if not question.action:
        rows = rows.exclude(action__in=EVERYDAY)
    elif question.action != EVERYTHING:
        rows = rows.filter(action=question.action)
    if question.since:
        rows = rows.filter(at__gte=start_of_day(question.since))
    if question.until:
        rows = rows.filter(at__lte=end_of_day(question.until))
    if question.kind:
        rows = rows.filter(target_type=question.kind)
    if question.target:
        rows = rows.filter(Q(target_id=question.target) | Q(target_label__icontains=question.target))
    return rows


def _by_person(typed: str) -> Q:
    """Exactly somebody's username or name, which an index answers; else part of what stood in the log."""
    people = get_user_model().objects.filter(Q(username=typed) | Q(name=typed))
    known = list(people.values_list("pk", flat=True))
    return Q(user_id__in=known) if known else Q(actor_label__icontains=typed)
