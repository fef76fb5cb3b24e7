"""What a reviewer judges: the result as the unit reported it, with its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.actor import Actor
from core.templatetags.components import sh_date, sh_time
from disputes.choices import ReviewOutcome
from disputes.disclosure import disclosure
from disputes.models import Attachment, Dispute, TrailEntry
from disputes.rules import lifecycle
from disputes.rules.lifecycle import Pending
from disputes.selectors import trail
from disputes.selectors.facts import Row
from disputes.selectors.house_sheet import data_of
from disputes.selectors.paper_links import PaperLink, papers_of

REVIEWING = frozenset({"approve_result", "reject_result"})
PAPER = "conclusion"


@dataclass(frozen=True)
class Reported:
    rows: list[Row]
    attachments: list[Attachment]
    papers: list[PaperLink]


def reported(dispute: Dispute, by: Actor) -> Reported:
    """The outcome and its account, until when it is performed, who reported when, what the town found; the files."""
    shown = disclosure(by, dispute)
    entries = trail.disclosed(dispute, shown)
    submitted = next((row for row in reversed(entries) if row.step == "submit_result"), None)
    found = _found_by_town(dispute, entries)
    rows = (
        (_("报结结果"), dispute.get_reported_outcome_display()),
        (_("化解情况"), dispute.result_summary),
        (_("最后履行日期"), sh_date(dispute.performance_until)),
        (_("报结"), f"{submitted.actor_label} {sh_time(submitted.at)}" if submitted else ""),
        (_("乡镇审结意见"), str(ReviewOutcome(found).label) if found else ""),
    )
    return Reported(
        rows=[{"term": term, "value": value} for term, value in rows if value],
        attachments=[row for row in dispute.attachments.all() if shown.covers(row.uploaded_at)],
        papers=[row for row in papers_of(dispute, by, [], entries, shown) if row.kind == PAPER],
    )


def finding_proposed(dispute: Dispute) -> str:
    """The finding that fits: what the town found of a case of the county's, else what the report amounts to."""
    if dispute.pending == Pending.APPROVAL:
        entries = dispute.trail.filter(step="approve_result").order_by("seq")
        return _found_by_town(dispute, list(entries)) or lifecycle.finding_for(dispute.reported_outcome)
    return lifecycle.finding_for(dispute.reported_outcome)


def _found_by_town(dispute: Dispute, entries: Sequence[TrailEntry]) -> str:
    if dispute.pending != Pending.APPROVAL:
        return ""
    approved = next((row for row in reversed(entries) if row.step == "approve_result"), None)
    return str(data_of(approved).get("outcome", "")) if approved else ""
