"""What happens when a clock runs out: trail entry, notices, and the silence rules of the lifecycle table.

Runs inside the transaction of the sweep's batch, whose disputes are locked. A miss that is found because
somebody acts late is only recorded and told: they are acting, so no silence is to be broken.
"""

from collections.abc import Sequence
from datetime import datetime

from calendars.events import DeadlineFact
from core.actor import Actor
from disputes.choices import DeadlineKind, RequestKind
from disputes.models import Dispute
from disputes.services import ledger, overdue_notices, unanswered_requests

SUBJECT_WITH = (
    "category",
    "book",
    "managing_org__place",
    "pending_org__place",
    "lead_unit",
    "town",
    "responsible_person__user",
)
SILENCE = {
    DeadlineKind.REPORT_ACCEPT: (RequestKind.REPORT_UP, unanswered_requests.report_up),
    DeadlineKind.RETURN_CONSENT: (RequestKind.RETURN, unanswered_requests.return_consent),
    DeadlineKind.EXTENSION_DECISION: (RequestKind.EXTENSION, unanswered_requests.extension),
}


def record_missed(facts: Sequence[DeadlineFact], *, by: Actor, now: datetime) -> None:
    """One trail entry and one set of notices for each due date that passed, in bulk."""
    disputes = {
        dispute.pk: dispute
        for dispute in Dispute.objects.filter(pk__in={fact.subject_id for fact in facts}).select_related(
            *SUBJECT_WITH
        )
    }
    pairs = [(disputes[fact.subject_id], fact) for fact in facts if fact.subject_id in disputes]
    entries = [(dispute, entry_of(dispute, fact)) for dispute, fact in pairs]
    ledger.append_all(entries, by=by, now=now)
    overdue_notices.tell_missed(pairs, now=now)
    if by.is_system:
        for dispute, fact in pairs:
            break_silence(dispute, fact, by=by, now=now)


def entry_of(dispute: Dispute, fact: DeadlineFact) -> ledger.NewEntry:
    data = {
        "kind": fact.kind,
        "due_at": fact.due_at.isoformat(),
        "deadline": fact.deadline_id,
        "again": fact.again,
    }
    return ledger.NewEntry("deadline_missed", dispute.status, dispute.status, data)


def break_silence(dispute: Dispute, fact: DeadlineFact, *, by: Actor, now: datetime) -> None:
    """Somebody was asked and did not answer: the table says what follows."""
    rule = SILENCE.get(DeadlineKind(fact.kind)) if fact.kind in DeadlineKind.values else None
    if rule is None or dispute.pending != rule[0]:
        return
    rule[1](dispute, by=by, now=now)
