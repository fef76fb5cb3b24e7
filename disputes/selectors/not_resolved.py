"""处理未果: what has followed and what is missing, for page, refusal, homes, interface, export and papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.clock import SHANGHAI
from core.templatetags.components import sh_date, sh_time
from core.wording import with_aside
from disputes.choices import LeaderAnswer, Route, Status, TellingWay
from disputes.closing_conditions import WITH, current_of, followed, to_do_words
from disputes.disclosure import Disclosure
from disputes.models import Dispute, NotResolved, TrailEntry
from disputes.querysets import DisputeQuerySet
from disputes.rules import not_resolved as rules
from disputes.rules.not_resolved import AGAIN, ANSWER, REVISIT, ROUTES
from disputes.rules.refusals import ground_in
from disputes.rules.routes import left_after
from disputes.wording_not_resolved import MISSING

STEPS = {ROUTES: "tell_routes", REVISIT: "revisit", ANSWER: "answer_not_resolved", AGAIN: "assign"}


@dataclass(frozen=True)
class Point:
    """One of the three conditions: whether it is met, what was done or is to be done, and the step that does it."""

    title: str
    done: bool
    said: str
    step: str


def latest_of(dispute: Dispute) -> NotResolved | None:
    """The last finding, over or not."""
    return dispute.not_resolved.select_related(*WITH).last()


def unanswered(rows: DisputeQuerySet) -> DisputeQuerySet:
    """Those of the disputes that wait for a principal leader's answer, the party having chosen no route."""
    waiting = NotResolved.objects.filter(ended_at=None, answer="", chosen="")
    return rows.filter(status=Status.NOT_RESOLVED, pk__in=waiting.order_by().values("dispute"))


def points_of(row: NotResolved, dispute: Dispute) -> list[Point]:
    """The checklist of the page."""
    gone = rules.missing(followed(row, dispute))
    last = AGAIN if AGAIN in gone else ANSWER
    said = {
        ROUTES: told_words(row),
        REVISIT: _("%s 已回访") % sh_time(dispute.revisited_at) if REVISIT not in gone else "",
        last: _("；").join(part for part in (answer_words(row), chosen_words(row)) if part),
    }
    return [
        Point(
            title=str(MISSING[ANSWER if name == last else name]),
            done=name not in gone,
            said=_("；").join(
                part for part in (said[name], to_do_words(name, dispute) if name in gone else "") if part
            ),
            step=STEPS[name],
        )
        for name in (ROUTES, REVISIT, last)
    ]


def points_beside(step: str, dispute: Dispute) -> list[Point]:
    """The same beside the form of a step that has to do with it."""
    row = current_of(dispute) if step in (*STEPS.values(), "close") else None
    return points_of(row, dispute) if row is not None else []


def asked_words(disputes: Iterable[Dispute]) -> dict[int, str]:
    """What each of these that was not resolved still needs, for rows of a home; one query, none without any."""
    rows = {
        row.pk: row
        for row in disputes
        if row.status == Status.NOT_RESOLVED and not (row.pending or row.is_stub)
    }
    if not rows:
        return {}
    found = NotResolved.objects.filter(dispute__in=list(rows), ended_at=None)
    return {row.dispute_id: _words_of(rules.missing(followed(row, rows[row.dispute_id]))) for row in found}


def _words_of(gone: tuple[str, ...]) -> str:
    if not gone:
        return _("处理未果：可以销号，或者重新分流")
    return _("处理未果，尚缺：%s") % _("、").join(str(MISSING[name]) for name in gone)


def told_words(row: NotResolved) -> str:
    """2026-03-09 当面告知：诉讼、法律援助; empty before."""
    if row.told_on is None:
        return ""
    said = {"day": sh_date(row.told_on), "way": TellingWay(row.told_way).label, "routes": routes_words(row)}
    return _("%(day)s %(way)s：%(routes)s") % said


def routes_words(row: NotResolved) -> str:
    return _("、").join(str(Route(route).label) for route in row.routes)


def chosen_words(row: NotResolved) -> str:
    return _("当事人选择%s") % Route(row.chosen).label if row.chosen else ""


def answer_words(row: NotResolved) -> str:
    """Who answered what, when; their words stand in the trail."""
    if row.answered_by is None:
        return ""
    who = with_aside(row.answered_by.post, row.answered_by.user.name)
    said = {"who": who, "day": sh_date(row.answered_at), "answer": LeaderAnswer(row.answer).label}
    return _("%(who)s %(day)s 答复：%(answer)s") % said


def line_of(row: NotResolved | None, shown: Disclosure) -> str:
    """All of it in one line, for the ledger table and the facts of the page, as far as the reader may know it."""
    if row is None or not shown.covers(row.found_at):
        return ""
    told = told_words(row) if shown.covers(row.told_at) else ""
    chosen = chosen_words(row) if told else ""
    answer = answer_words(row) if shown.level and shown.covers(row.answered_at) else ""
    return _("；").join(part for part in (told, chosen, answer) if part)


def facts_in(dispute: Dispute, entries: Sequence[TrailEntry], shown: Disclosure) -> list[dict[str, Any]]:
    """What followed the last finding, as a fact of the page; asks only where the trail, read anyway, tells of one."""
    if all(row.status_to != Status.NOT_RESOLVED for row in entries):
        return []
    said = line_of(latest_of(dispute), shown)
    return [{"term": _("处理未果的后续"), "value": said}] if said else []


def latest_by_dispute(disputes: Iterable[Dispute]) -> dict[int, NotResolved]:
    """The last finding of each that has one; one query however many."""
    rows = NotResolved.objects.filter(dispute__in=[one.pk for one in disputes]).select_related(*WITH)
    return {row.dispute_id: row for row in rows.order_by("found_at", "id")}


def api_of(dispute: Dispute, shown: Disclosure) -> dict[str, Any] | None:
    """The last finding as `GET` shows it; null where it never was found so, or the reader gave the case back."""
    row = latest_of(dispute) if shown.trail_until is None else None
    if row is None:
        return None
    gone = rules.missing(followed(row, dispute)) if row.ended_at is None else ()
    return {
        "found_at": _iso(row.found_at),
        "routes": row.routes,
        "told_on": row.told_on.isoformat() if row.told_on else None,
        "told_way": row.told_way or None,
        "chosen": row.chosen or None,
        "answer": row.answer or None if shown.level else None,
        "answered_at": _iso(row.answered_at) if shown.level else None,
        "answered_by": row.answered_by.user.username if row.answered_by and shown.level else None,
        "missing": list(gone) if shown.level else [],
        "ended_at": _iso(row.ended_at),
    }


def foreseen(dispute: Dispute, today: date) -> dict[str, Any]:
    """What the form of 告知途径 holds at first: what was told before, else the routes that fit the matter and are not
    used up."""
    row = current_of(dispute)
    if row is None or row.told_on is None:
        ground = ground_in(f"{dispute.title}\n{dispute.narrative}")
        return {"routes": left_after(dispute.category.code, dispute.source, ground), "on": today}
    return {"routes": row.routes, "on": row.told_on, "way": row.told_way, "chosen": row.chosen}


def _iso(moment: Any) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else None
