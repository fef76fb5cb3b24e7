"""A pending request that nobody decides: taken back by who put it, or overtaken by what happened meanwhile."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.language import in_house_language
from disputes.choices import DeadlineKind, RequestKind
from disputes.models import Dispute, StepRequest
from disputes.services import clocks, notices, whose_turn

DECISION_CLOCKS: dict[str, DeadlineKind] = {
    RequestKind.REPORT_UP: DeadlineKind.REPORT_ACCEPT,
    RequestKind.RETURN: DeadlineKind.RETURN_CONSENT,
    RequestKind.EXTENSION: DeadlineKind.EXTENSION_DECISION,
    RequestKind.APPROVAL: DeadlineKind.COUNTY_REVIEW,
}


def pending_request(dispute: Dispute) -> StepRequest:
    return dispute.requests.select_related("decides_org", "asked_by").get(decided_at=None, voided_at=None)


def void(dispute: Dispute, *, by: Actor, now: datetime) -> StepRequest:
    """Ends the request undecided, and the clock of its decision; the caller saves the dispute under its lock."""
    request = pending_request(dispute)
    request.voided_at = now
    request.save(update_fields=["voided_at"])
    dispute.pending, dispute.pending_org = "", None
    clocks.cancel(dispute, DECISION_CLOCKS[request.kind], by=by, now=now)
    return request


@in_house_language
def void_and_tell(dispute: Dispute, *, by: Actor, now: datetime) -> StepRequest:
    """The same, and whom it waited for is told that there is nothing left to decide."""
    waited_for, role = dispute.pending_org_id, whose_turn.decider_role(dispute)
    request = void(dispute, by=by, now=now)
    users = notices.holders(waited_for, role, now) if waited_for else []
    notices.tell(
        dispute,
        [user for user in users if user != by.user_id],
        kind="request.ended",
        title=_("%(number)s 的%(asked)s申请已终止，不用再审批")
        % {"number": dispute.display_number, "asked": request.get_kind_display()},
        key=f"request_ended:{request.pk}",
        now=now,
    )
    return request
