"""What early warning adds to a dispute about leaders: a part of its page and a value of its API answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.selectors import known
from core import clock, together
from core.actor import Actor
from core.clock import shanghai_date
from core.written_once import OneOf, written_once
from disputes.extensions import Sights
from disputes.models import Dispute
from responsibility import rights, wording
from responsibility.models import CaseLeader, EntrustmentLetter, Responsibility
from responsibility.rules.situations import Facts
from responsibility.selectors.resolving import towns_of


@dataclass(frozen=True)
class LeadersPart:
    """责任领导, 领导包案 and 函件 of one dispute, as far as its reader may see them."""

    dispute: Dispute
    row: Responsibility | None
    holders: list[str]
    because: str
    case_leader: CaseLeader | None
    letters: list[EntrustmentLetter]
    letter_missing: bool
    may_name: bool
    may_assign: bool
    may_report: bool
    may_write: bool
    plans: bool
    past: list[CaseLeader] = field(default_factory=list)
    template: str = "responsibility/leaders_part.html"


def page_parts(disputes: Sequence[Dispute], by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `page` slot. A unit that is a party sees the leader, never plans and letters; who gave the case back
    finds the leader of then among its facts."""
    disputes = [row for row in disputes if shown[row.pk].trail_until is None]
    ids = [dispute.pk for dispute in disputes]
    rows = current_rows(ids)
    letters, leaders = _letters_and_leaders(ids)
    holders = holders_of([row.post_id for row in rows.values() if row.post_id], clock.now())
    return {
        dispute.pk: _part(
            dispute,
            rows.get(dispute.pk),
            holders,
            leaders.get(dispute.pk, []),
            letters.get(dispute.pk, []),
            plans=shown[dispute.pk].level,
            by=by,
        )
        for dispute in disputes
    }


def _letters_and_leaders(
    ids: Sequence[int],
) -> tuple[dict[int, list[EntrustmentLetter]], dict[int, list[CaseLeader]]]:
    """Most disputes have neither, which costs one look."""
    letters = EntrustmentLetter.objects.filter(dispute__in=ids).order_by()
    leaders = CaseLeader.objects.filter(dispute__in=ids).order_by()
    there = _any_of(list(ids))
    named = leaders.prefetch_related("leader__user", "leader__post__organization")
    return (
        _by_dispute(letters, by="seq") if there["letters"] else {},
        _by_dispute(named, by="starts_at") if there["leaders"] else {},
    )


@together.found_once
def _any_of(disputes: Any) -> together.Questions:
    return {
        "letters": EntrustmentLetter.objects.filter(OneOf("dispute", disputes)).order_by().values("pk"),
        "leaders": CaseLeader.objects.filter(OneOf("dispute", disputes)).order_by().values("pk"),
    }


def api_parts(disputes: Sequence[Dispute], _by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `api` slot: {rule, organization, post}, post as `organization:role`; of
    now, so nothing after a return."""
    seen = [dispute.pk for dispute in disputes if shown[dispute.pk].trail_until is None]
    return {
        dispute_id: {
            "rule": rule,
            "organization": organization,
            "post": f"{unit}:{role}" if role else None,
        }
        for dispute_id, rule, organization, unit, role in _told(seen)
    }


API_COLUMNS = (
    *("dispute_id", "rule", "organization__code"),
    *("post__organization__code", "post__role"),  # as `Post.code` joins them
)


@written_once
def _told(disputes: Any) -> QuerySet[Responsibility, Any]:
    """One for each dispute."""
    rows = Responsibility.objects.filter(OneOf("dispute", disputes), ends_at=None).order_by()
    return rows.values_list(*API_COLUMNS)


@dataclass(frozen=True)
class LetterHint:
    template: str = "responsibility/letter_hint.html"


def step_parts(disputes: Sequence[Dispute], by: Actor, _shown: Sights) -> dict[int, Any]:
    """For the `step` slot: the way out for bodies that cannot be ordered."""
    return {dispute.pk: LetterHint() for dispute in disputes if rights.may_write_letters(by, dispute)}


def current_rows(ids: Sequence[int]) -> dict[int, Responsibility]:
    rows = _current(list(ids))
    known.with_known(rows, post=known.posts, organization=known.units, decided_by=known.appointments)
    return {row.dispute_id: row for row in rows}


@written_once
def _current(disputes: Any) -> QuerySet[Responsibility]:
    """One for each dispute."""
    return Responsibility.objects.filter(OneOf("dispute", disputes), ends_at=None).order_by()


def holders_of(post_ids: Sequence[int], now: datetime) -> dict[int, list[str]]:
    """Names of who holds these posts today."""
    found: dict[int, list[str]] = {}
    for post, name in _names_of(shanghai_date(now), list(post_ids)) if post_ids else ():
        found.setdefault(post, []).append(name)
    return found


@written_once
def _names_of(day: Any, posts: Any) -> QuerySet[Appointment, Any]:
    held = Appointment.objects.current(day).filter(OneOf("post", posts))
    return held.values_list("post_id", "user__name")


def because(dispute: Dispute, row: Responsibility) -> str:
    """The rule's words with the facts as they stand in the dispute."""
    inside = dispute.unit_relation == "inside"
    facts = Facts(
        towns=max(len(towns_of(dispute.place_code, dispute.involved_towns)), 1),
        sectors=len(dispute.involved_sectors),
        unit_relation=dispute.unit_relation,
        unit_has_head=inside and row.rule == "inside_unit",
        unit_untold=dispute.unit_consent is False,
    )
    return wording.because(row.rule, facts, dispute.unit_name)


def _part(
    dispute: Dispute,
    row: Responsibility | None,
    holders: dict[int, list[str]],
    leaders: list[CaseLeader],
    letters: list[EntrustmentLetter],
    *,
    plans: bool,
    by: Actor,
) -> LeadersPart:
    current = next((leader for leader in leaders if leader.ends_at is None), None) if plans else None
    to = row.letter_to if row else ""
    names = holders.get(row.post_id, []) if row and row.post_id else []
    return LeadersPart(
        dispute=dispute,
        row=row,
        holders=names or [_("空缺")],
        because=because(dispute, row) if row else "",
        case_leader=current,
        letters=letters if plans else [],
        letter_missing=plans
        and bool(to)
        and not _is_untold(dispute, to)
        and all(letter.addressed_to != to for letter in letters),
        may_name=plans and rights.may_name_leader(by, dispute),
        may_assign=plans and rights.may_assign_case_leader(by, dispute),
        may_report=current is not None
        and rights.may_report_as_case_leader(by, dispute, current.leader.user_id),
        may_write=plans and rights.may_write_letters(by, dispute),
        plans=plans,
        past=[leader for leader in leaders if leader.ends_at is not None] if plans else [],
    )


def _is_untold(dispute: Dispute, to: str) -> bool:
    """Whether nobody agreed that the unit a letter is due to hears of it."""
    return dispute.unit_consent is False and to == dispute.unit_name


def _by_dispute(rows: Any, *, by: str) -> dict[int, list[Any]]:
    """A few rows each, sorted here: over wide rows that is cheaper than writing the order into the question."""
    found: dict[int, list[Any]] = {}
    for row in sorted(rows.order_by(), key=attrgetter(by)):
        found.setdefault(row.dispute_id, []).append(row)
    return found
