"""Who sent a dispute and what they want back, as far as its reader may see it: for page, API, export and forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from core.clock import SHANGHAI, shanghai_date
from core.templatetags.components import sh_date, sh_time
from disputes.disclosure import Disclosure
from disputes.models import Dispute, Origin
from disputes.rules.origin import key_of
from disputes.selectors import clocks

MOST_FOUND = 50
WHOLE = Disclosure()


def origin_of(dispute: Dispute) -> Origin | None:
    """Its row; asks once where it was not joined."""
    return getattr(dispute, "origin", None)


def origins_of(disputes: Iterable[Dispute]) -> dict[int, Origin]:
    """By dispute, as it is shown: one query however many; what was put back for a reader of the past stays."""
    rows = list(disputes)
    found: dict[int, Origin | None] = {
        row.dispute_id: row for row in Origin.objects.filter(dispute__in=[one.pk for one in rows])
    }
    for one in rows:
        if Dispute.origin.is_cached(one):
            found[one.pk] = origin_of(one)
    return {pk: row for pk, row in found.items() if row is not None}


def disputes_numbered(typed: str) -> list[int]:
    """The ids of disputes that a sender, or an older ledger, knows by this number: exact but for width, case and
    blanks. One small query on two indexes; in whose sight they are is for who asks."""
    key = key_of(typed)
    if not key:
        return []
    rows = Origin.objects.filter(
        Q(number_key=key) & ~Q(number_key="") | Q(ledger_number_key=key) & ~Q(ledger_number_key="")
    )
    return list(rows.values_list("dispute_id", flat=True)[:MOST_FOUND])


def is_answered(origin: Origin, shown: Disclosure) -> bool:
    """After a return an answer that came later is not told."""
    return origin.answered_at is not None and shown.covers(origin.answered_at)


def rows_of(origin: Origin | None, shown: Disclosure = WHOLE) -> list[tuple[Any, Any]]:
    """Terms and values for the page; empty ones are for the caller to leave out."""
    if origin is None:
        return []
    return [
        (_("来件单位"), origin.sender),
        (_("来件编号"), origin.number),
        (_("来件日期"), sh_date(origin.received_on)),
        (_("来件要求办结"), sh_time(origin.due_at) if origin.due_at else ""),
        (_("书面答复"), _answer(origin, shown)),
        (_("原编号"), origin.ledger_number),
    ]


def line_of(origin: Origin | None, shown: Disclosure = WHOLE) -> str:
    """All of it in one line, for the ledger table; empty without an origin."""
    return _("；").join(
        _("%(term)s：%(value)s") % {"term": term, "value": value}
        for term, value in rows_of(origin, shown)
        if value
    )


def api_of(origin: Origin | None, shown: Disclosure = WHOLE) -> dict[str, Any] | None:
    """`number` is the sender's; that of an older ledger where nobody sent it."""
    if origin is None:
        return None
    answered = is_answered(origin, shown)
    return {
        "sender": origin.sender or None,
        "number": origin.number or origin.ledger_number or None,
        "ledger_number": origin.ledger_number or None,
        "received_on": origin.received_on.isoformat() if origin.received_on else None,
        "due_at": origin.due_at.astimezone(SHANGHAI).isoformat(timespec="seconds") if origin.due_at else None,
        "answer_wanted": origin.answer_wanted,
        "answered_on": origin.answered_on.isoformat() if answered and origin.answered_on else None,
        "answered_way": origin.answered_way if answered else None,
    }


def _answer(origin: Origin, shown: Disclosure) -> str:
    if is_answered(origin, shown):
        said = {"day": sh_date(origin.answered_on), "way": origin.get_answered_way_display()}
        return _("%(day)s 已答复（%(way)s）") % said
    return _("要求书面答复，尚未登记") if origin.answer_wanted else ""


def is_late(dispute: Dispute, origin: Origin) -> bool:
    """Whether our date lies after theirs while theirs still counts."""
    if dispute.resolve_by is None or origin.due_at is None or origin.answered_on is not None:
        return False
    return bool(dispute.is_open) and dispute.resolve_by > origin.due_at


def page_caution(dispute: Dispute) -> str:
    """One sentence where our date lies after theirs; empty otherwise."""
    origin = origin_of(dispute)
    if origin is None or not is_late(dispute, origin):
        return ""
    said = {"ours": sh_date(dispute.resolve_by), "theirs": sh_date(origin.due_at)}
    return (
        _("化解时限 %(ours)s 晚于来件单位要求的 %(theirs)s。请赶在来件要求之前办结，或者先向来件单位说明。")
        % said
    )


def step_cautions(step_id: str, dispute: Dispute, now: datetime) -> list[str]:
    """Sentences for the form of a step: they refuse nothing."""
    origin = origin_of(dispute)
    caution = CAUTIONS.get(step_id)
    said = caution(dispute, origin, now) if origin is not None and caution is not None else ""
    return [said] if said else []


def _at_acceptance(dispute: Dispute, origin: Origin, now: datetime) -> str:
    if origin.due_at is None:
        return ""
    theirs, by_rule = sh_date(origin.due_at), clocks.end_of_limit(dispute, "result", since=now)
    if by_rule <= origin.due_at:
        return ""
    said = {"ours": sh_date(by_rule), "theirs": theirs}
    return (
        _("按规定计算的化解时限是 %(ours)s，晚于来件单位要求的 %(theirs)s。可以在下面填写较早的日期。") % said
    )


def _at_extension(dispute: Dispute, origin: Origin, _now: datetime) -> str:
    """How many days fit before the sender's date."""
    if origin.due_at is None or dispute.resolve_by is None or origin.answered_on is not None:
        return ""
    fit = (shanghai_date(origin.due_at) - shanghai_date(dispute.resolve_by)).days
    said = {"theirs": sh_date(origin.due_at), "n": fit}
    if fit <= 0:
        return _("来件单位要求 %(theirs)s 前办结，延期后的日期会晚于这一天。请先向来件单位说明。") % said
    return _("来件单位要求 %(theirs)s 前办结，延长超过 %(n)d 天就会晚于这一天。") % said


def _at_decision(dispute: Dispute, origin: Origin, _now: datetime) -> str:
    request = dispute.requests.filter(decided_at=None, voided_at=None).first()
    days = request.days if request is not None else None
    if not days or origin.due_at is None or dispute.resolve_by is None or origin.answered_on is not None:
        return ""
    longer = dispute.resolve_by + timedelta(days=days)
    if longer <= origin.due_at:
        return ""
    said = {"ours": sh_date(longer), "theirs": sh_date(origin.due_at)}
    return _("同意后的化解时限约为 %(ours)s，晚于来件单位要求的 %(theirs)s。") % said


def _at_the_end(_dispute: Dispute, origin: Origin, _now: datetime) -> str:
    if not origin.owes_answer:
        return ""
    return _("%s 要求书面答复，还没有登记答复。本环节办理后仍可以登记。") % origin.sender


CAUTIONS: dict[str, Callable[[Dispute, Origin, datetime], str]] = {
    "accept": _at_acceptance,
    "request_extension": _at_extension,
    "decide_extension": _at_decision,
    **dict.fromkeys(("close", "archive", "decline", "withdraw", "merge"), _at_the_end),
}
