"""Who is told what after a step. Recipients come from whose turn it is; texts never hold personal data."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.keys import person_key, unit_key
from accounts.models import Appointment, Delegation
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
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


def not_barred(dispute: Dispute, users: Sequence[int], now: datetime) -> list[int]:
    """Without those the dispute is about, themselves or a unit of theirs, and without who stands in for one."""
    barred = set(dispute.barred_keys)
    if not barred:
        return list(users)
    held = Appointment.objects.current(shanghai_date(now)).filter(user__in=users).order_by()
    own = [(user, user, unit) for user, unit in held.values_list("user_id", "post__organization_id")]
    absent = Delegation.objects.current(now).filter(stand_in__in=users).order_by()
    own += absent.values_list("stand_in_id", "appointment__user_id", "appointment__post__organization_id")
    out = {user for user, person, unit in own if barred & {person_key(person), unit_key(unit)}}
    return [user for user in users if user not in out and person_key(user) not in barred]


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
        % {"number": dispute.number, "step": STEP_LABELS[step_id], "asked": asked},
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
    """One notice about a dispute, at most once for each key and recipient. `more` follows the dispute's title."""
    title_of_dispute = dispute.title if not dispute.is_restricted else ""
    notify(
        recipients=list(dict.fromkeys(recipients)),
        kind=kind,
        title=title,
        body="\n".join(part for part in (title_of_dispute, more) if part),
        url=f"/disputes/{dispute.number}/",
        dedupe_key=key,
        urgent=urgent,
        now=now,
    )
