"""A deputy's own notice (§8) rests while somebody above them acts, and runs on when that leader steps back.

§8 knows one who resolves it: once the principal leader has taken note, nobody counts hours against the deputy. The
callers hold the disputes' locks and write a trail entry of what made the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from core.among import Among
from disputes.models import Dispute
from early_warning.choices import Basis, Outcome
from early_warning.models import Escalation
from responsibility.rules.leader_posts import DEPUTIES
from responsibility.selectors.leader_posts import is_above, name_of

# Taken note of, and not given up: answered for, or reported removed and not found otherwise.
ACTS = Q(ended_at=None) | (Q(outcome=Outcome.RISK_REMOVED) & (Q(check_passed=None) | Q(check_passed=True)))
WITH = ("warning", "dispute", "post__organization__place")


def follow_higher(disputes: Iterable[Dispute], *, now: datetime) -> None:
    """Whoever's notice rests or runs on by now; one query where no deputy answers for one of these disputes."""
    rows = Escalation.objects.filter(
        dispute=Among(dispute.pk for dispute in disputes), ended_at=None, town=None, basis=Basis.SECTION_8
    )
    own = [row for row in rows.order_by().select_related(*WITH) if _is_deputy(row)]
    if not own:
        return
    acting = _acting(own)
    changed = [row for row in own if _follow(row, acting, now)]
    Escalation.objects.bulk_update(changed, ["rests_since", "due_at", "remind_at"])


def _acting(own: Sequence[Escalation]) -> list[Escalation]:
    rows = Escalation.objects.filter(
        ACTS, warning__in={row.warning_id for row in own}, acknowledged_at__isnull=False, post__isnull=False
    )
    return list(rows.order_by().select_related(*WITH))


def _is_deputy(row: Escalation) -> bool:
    return row.post is not None and name_of(row.post, row.dispute.unit_id) in DEPUTIES


def _follow(row: Escalation, acting: Sequence[Escalation], now: datetime) -> bool:
    """Sets the row's clock; whether it changed."""
    rests = any(_acts_above(other, row) for other in acting)
    if rests == (row.rests_since is not None):
        return False
    if rests:
        row.rests_since = now
    else:
        _run_on(row, now)
    return True


def _run_on(row: Escalation, now: datetime) -> None:
    """Later by as long as it rested."""
    assert row.rests_since is not None
    rested = max(now, row.rests_since) - row.rests_since
    row.due_at = row.due_at and row.due_at + rested
    row.remind_at = row.remind_at and row.remind_at + rested
    row.rests_since = None


def _acts_above(other: Escalation, row: Escalation) -> bool:
    if other.warning_id != row.warning_id or other.round != row.round or other.post is None:
        return False
    assert row.post is not None
    return is_above(other.post, row.post, row.dispute.unit_id)
