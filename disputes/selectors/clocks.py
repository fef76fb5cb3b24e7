"""The clocks of a dispute as they stand: which runs, which was the last, when a limit would end."""

from datetime import datetime

from calendars.models import Deadline
from calendars.rules import arithmetic
from calendars.services import rules, workdays
from core.clock import shanghai_date
from core.one_row import at_most_one
from disputes.choices import SUBJECT, DeadlineKind
from disputes.models import Dispute


def running(dispute: Dispute, kind: DeadlineKind) -> Deadline | None:
    """The dispute's unmet clock of that kind."""
    return at_most_one(Deadline.objects.of(SUBJECT, dispute.pk).unmet().filter(kind=kind))


def latest(dispute: Dispute, kind: DeadlineKind) -> Deadline | None:
    """The clock of that kind opened last, met or not."""
    return Deadline.objects.of(SUBJECT, dispute.pk).filter(kind=kind).order_by("-id").first()


def end_of_limit(dispute: Dispute, rule_key: str, *, since: datetime) -> datetime:
    """When a rule's limit from `since` ends, without opening a clock: by when a return may be asked for."""
    rule = rules.rule_for(
        key=rule_key, on=shanghai_date(since), category=dispute.category.code, source_kind=dispute.source
    )
    return arithmetic.due(since, rules.limit_of(rule), workdays.known().assuming_weekends()).at
