"""The silence rules: what a request becomes that nobody answers. Callers hold the dispute's lock."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.choices import DeadlineKind
from disputes.models import Dispute
from disputes.services import access, clocks, notices, whose_turn
from disputes.services.dispatch import county_centre
from disputes.services.requests import pending_request, void
from disputes.services.step_runner import Move, by_itself, finish
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Organization


def report_up(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The county did not accept a report: told again once, then its deputy is told. The town keeps custody."""
    case = by_itself(dispute, "told_again", by=by, now=now)
    request = pending_request(dispute)
    request.times_told += 1
    request.save(update_fields=["times_told"])
    clocks.restart(dispute, DeadlineKind.REPORT_ACCEPT, by=by, now=now)
    finish(case, Move(data={"times": request.times_told}))
    title = _("%s 上报后县级未接收，请尽快接收") % dispute.display_number
    recipients = notices.holders(request.decides_org_id, PostRole.COORDINATOR, now)
    if request.times_told > 2:
        recipients += county_deputies(dispute, now)
    notices.tell(
        dispute,
        recipients,
        kind="silence.report_up",
        title=title,
        key=f"told:{request.pk}:{request.times_told}",
        now=now,
        urgent=True,
        elsewhere=notices.NOTICES,
    )


def return_consent(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The dispatcher did not decide a return: their superior decides. At the county centre its deputy is told."""
    case = by_itself(dispute, "decision_moved_up", by=by, now=now)
    request = pending_request(dispute)
    superior = county_centre(dispute.managing_org.place)
    moved = request.decides_org_id != superior.pk
    request.times_told += 1
    request.decides_org = superior
    request.save(update_fields=["times_told", "decides_org"])
    dispute.pending_org = superior
    access.open_to_decider(dispute, superior, now=now)
    clocks.restart(dispute, DeadlineKind.RETURN_CONSENT, by=by, now=now)
    finish(case, Move(data={"to": superior.code, "times": request.times_told}))
    recipients = notices.holders(superior.pk, PostRole.COORDINATOR, now)
    if not moved:
        recipients += county_deputies(dispute, now)
    notices.tell(
        dispute,
        recipients,
        kind="silence.return_consent",
        title=_("%s 的退回申请无人审批，请您决定") % dispute.display_number,
        key=f"told:{request.pk}:{request.times_told}",
        now=now,
        urgent=True,
        elsewhere=notices.NOTICES,
    )


def extension(dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Not decided in time: who decides is late and told again. By expiry still not decided, the request is void."""
    resolve = clocks.running(dispute, DeadlineKind.RESOLVE)
    if resolve is not None and now <= resolve.due_at:
        _remind_decider(dispute, resolve.due_at, by=by, now=now)
        return
    case = by_itself(dispute, "request_voided", by=by, now=now)
    request = void(dispute, by=by, now=now)
    finish(case, Move(data={"request": request.pk, "kind": request.kind}))
    notices.tell(
        dispute,
        [request.asked_by.user_id],
        kind="silence.extension",
        title=_("%s 的延期申请到期未批，已失效") % dispute.display_number,
        key=f"voided:{request.pk}",
        now=now,
    )


def _remind_decider(dispute: Dispute, until: datetime, *, by: Actor, now: datetime) -> None:
    """The request stays and may be decided up to the expiry."""
    case = by_itself(dispute, "decider_reminded", by=by, now=now)
    request = pending_request(dispute)
    request.times_told += 1
    request.save(update_fields=["times_told"])
    clocks.restart(dispute, DeadlineKind.EXTENSION_DECISION, by=by, now=now, due_at=until)
    finish(case, Move(data={"times": request.times_told}))
    notices.tell(
        dispute,
        notices.holders(request.decides_org_id, whose_turn.decider_role(dispute), now),
        kind="silence.extension_reminder",
        title=_("%s 的延期申请超过规定期限未批，请您决定") % dispute.display_number,
        key=f"told:{request.pk}:{request.times_told}",
        now=now,
        urgent=True,
    )


def county_deputies(dispute: Dispute, now: datetime) -> list[int]:
    """User ids of the county's deputies for political and legal affairs, else of its deputies."""
    code = dispute.managing_org.place.county_code
    governing = Organization.objects.filter(
        place__code=code, kind__in=[OrganizationKind.GOVERNMENT, OrganizationKind.PARTY_COMMITTEE]
    )
    return [
        user for organization in governing for user in notices.holders(organization.pk, PostRole.DEPUTY, now)
    ]
