"""当场化解: one form registers, accepts, assigns to the own unit and settles, each step its own entry."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Appointment
from core.actor import Actor
from disputes.choices import DeadlineKind, Outcome
from disputes.models import Assignment, Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import SpotSettlement
from disputes.rules.lifecycle import ACCEPTED, ASSIGNED, IN_PROGRESS, REGISTERED, RESULT_SUBMITTED
from disputes.services import access, clocks, ledger
from disputes.services.step_runner import Move, StepRun, finish


def settle(dispute: Dispute, facts: SpotSettlement, *, by: Actor, now: datetime) -> None:
    """Takes a freshly registered dispute to settled within the caller's transaction. Revisit is optional then."""
    outcome = Outcome.WRITTEN_AGREEMENT if facts.way == "written" else Outcome.ORAL_AGREEMENT
    account = facts.account or _("双方当场达成一致，纠纷已化解。")
    person: Appointment = by.acting
    unit = person.post.organization
    clocks.meet(dispute, DeadlineKind.ACCEPT, by=by, now=now)
    resolve = clocks.start(dispute, DeadlineKind.RESOLVE, now=now)
    dispute.resolve_by = resolve.due_at
    clocks.meet(dispute, DeadlineKind.RESOLVE, by=by, now=now)
    clocks.meet_sender(dispute, by=by, now=now)
    Assignment.objects.create(
        dispute=dispute, lead_unit=unit, person=person, assigned_by=person, assigned_at=now, signed_at=now
    )
    access.open_to_unit(dispute, unit, person, now=now)
    dispute.lead_unit, dispute.responsible_person = unit, person
    dispute.accepted_at = dispute.submitted_at = dispute.settled_at = now
    dispute.settled_on_time = True
    dispute.reported_outcome, dispute.result_summary = outcome, account
    along = [
        ledger.NewEntry("accept", REGISTERED, ACCEPTED),
        ledger.NewEntry("assign", ACCEPTED, ASSIGNED, {"lead_unit": unit.code, "person": person.pk}),
        ledger.NewEntry("sign_for", ASSIGNED, IN_PROGRESS, {"person": person.pk}),
        ledger.NewEntry(
            "submit_result", IN_PROGRESS, RESULT_SUBMITTED, {"outcome": outcome}, {"account": account}
        ),
    ]
    run = StepRun(dispute, lifecycle.BY_ITSELF["settle_on_spot"], by, now, fresh=True)
    finish(run, Move(data={"way": facts.way, "single_post": True}, along=along, access_changed=True))
