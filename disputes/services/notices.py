"""Who is told what after a step. Recipients come from whose turn it is; texts never hold personal data."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Appointment, Delegation
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from disputes.conflicts import Conflicts
from disputes.disclosure import LEVEL_STEPS
from disputes.models import Dispute
from disputes.wording import ASKED, STEP_LABELS
from jurisdictions.choices import PostRole
from notifications.services import notify

ROLES_BEHIND: dict[str, tuple[str, ...]] = {
    "coordinator": (PostRole.COORDINATOR, PostRole.OFFICE),
    "clerk": (PostRole.CLERK, PostRole.COORDINATOR, PostRole.OFFICE),
    "handler": (PostRole.HANDLER, PostRole.VILLAGE_SECRETARY, PostRole.COORDINATOR, PostRole.MEDIATOR),
    "deputy": (PostRole.DEPUTY, PostRole.HEAD, PostRole.PARTY_SECRETARY),
}


def holders(organization_id: int, role: str, now: datetime) -> list[int]:
    """User ids of those who act for an organization in what is waited for, and of who stands in for them."""
    current = Appointment.objects.current(shanghai_date(now))
    rows = current.of_role(organization_id, *ROLES_BEHIND.get(role, (role,)))
    return with_stand_ins(list(rows.order_by("pk").values_list("pk", "user_id")), now)


def with_stand_ins(appointments: Sequence[tuple[int, int]], now: datetime) -> list[int]:
    """The users of these (appointment, user) pairs, then who stands in for them now."""
    delegations = Delegation.objects.current(now).filter(appointment__in=[pk for pk, _user in appointments])
    standing_in = delegations.order_by().values_list("stand_in_id", flat=True)
    return list(dict.fromkeys([*(user for _pk, user in appointments), *standing_in]))


def whose_turn(dispute: Dispute, now: datetime) -> list[int]:
    """User ids to tell: the responsible person where the unit must act, else the post's holders."""
    if dispute.waiting_org_id is None:
        return []
    person = dispute.responsible_person
    if dispute.waiting_role == "handler" and person is not None:
        return with_stand_ins([(person.pk, person.user_id)], now)
    return holders(dispute.waiting_org_id, dispute.waiting_role, now)


@in_house_language
def after_step(dispute: Dispute, step_id: str, *, by: Actor, now: datetime) -> None:
    """Tells whose turn it is now what happened and what is asked; never the one who just acted."""
    recipients = [user for user in whose_turn(dispute, now) if user != by.user_id]
    if not recipients:
        return
    asked = _("请审批") if dispute.pending else ASKED.get(dispute.status, "")
    tell(
        dispute,
        recipients,
        kind=f"step.{step_id}",
        title=_("%(number)s %(step)s：%(asked)s")
        % {"number": dispute.display_number, "step": STEP_LABELS[step_id], "asked": asked},
        key=f"step:{dispute.pk}:{dispute.version}",
        now=now,
    )


def tell(
    dispute: Dispute,
    recipients: Sequence[int],
    *,
    kind: str,
    title: str,
    key: str,
    now: datetime,
    urgent: bool = False,
    more: str = "",
) -> None:
    """One notice about a dispute, at most once for each key and recipient, to those who may hear of it.

    `more` follows the dispute's title.
    """
    title_of_dispute = dispute.title if not dispute.is_restricted else ""
    notify(
        recipients=_free(dispute, dict.fromkeys(recipients), kind, now),
        kind=kind,
        title=title,
        body="\n".join(part for part in (title_of_dispute, more) if part),
        url=f"/disputes/{dispute.number}/",
        dedupe_key=key,
        urgent=urgent,
        now=now,
    )


def _free(dispute: Dispute, recipients: Iterable[int], kind: str, now: datetime) -> list[int]:
    """Without whom it is about; of level, evidence and plans also without people of a unit that is a party."""
    people = list(recipients)
    conflicts = Conflicts([dispute], now, people)
    keeps_out = conflicts.keeps_from_level if kind.startswith(LEVEL_STEPS) else conflicts.bars
    return [user for user in people if not keeps_out(dispute, user)]
