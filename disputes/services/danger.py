"""人身危险: fire, weapons, poison, explosives, suicide. The duty post is told at once, whatever the level."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor
from core.language import in_house_language
from core.transactions import retried
from disputes import events
from disputes.conflicts import Conflicts
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import Fault, clean_text, telling_faults
from disputes.services import access, alarm, in_hand, notices, urgency
from disputes.services.work import lock_visible, working_on
from disputes.wording_danger import notice_words
from disputes.wording_faults import FAULTS
from jurisdictions.choices import PostRole
from jurisdictions.models import Organization

MARKING = (Permission.REGISTER, Permission.ACCEPT, Permission.HANDLE, Permission.LEAD)


def may_mark(by: Actor | None, dispute: Dispute) -> bool:
    """Whoever works on a running dispute may say so, for everybody's safety."""
    return not dispute.danger and _works_on(by, dispute)


def may_say_whom(by: Actor | None, dispute: Dispute) -> bool:
    """Danger is marked, but not whom somebody told of it."""
    return dispute.danger and not dispute.danger_told and _works_on(by, dispute)


def _works_on(by: Actor | None, dispute: Dispute) -> bool:
    running = dispute.status not in lifecycle.ENDED
    return running and any(may(by, permission) for permission in MARKING)


@retried
def mark(*, dispute_id: int, told: str, told_at: datetime | None = None, by: Actor, now: datetime) -> Dispute:
    """Danger found after registration: marks the dispute and tells the duty posts. As at intake it must be said who
    was told; without `told_at` it was by `now`. Twice changes nothing; where danger stands without a name, of
    earlier days or by a merge, the name is taken down.

    Raises NotFound out of sight, NotPermitted, WrongState once the case has ended, InvalidInput (`told`, `told_at`).
    Locks the dispute's row.
    """
    dispute = lock_visible(by, pk=dispute_id)
    told = clean_text(told)
    if dispute.danger and dispute.danger_told:
        return dispute
    if dispute.status in lifecycle.ENDED:
        raise WrongState(_("本件已经结束，不能再标记人身危险。"))
    if not _works_on(by, dispute):
        raise NotPermitted(_("您当前的岗位不能标记人身危险。"))
    _check(told, told_at, now)
    with working_on(dispute, by=by, now=now) as work:
        dispute.danger, dispute.danger_told = True, told
        dispute.danger_told_at = told_at or now
        tell_duty(dispute, now=now)
        data, texts = {"danger_told_at": dispute.danger_told_at.isoformat()}, {"danger_told": told}
        work.record("danger_reported", data=data, texts=texts)
        urgency.hurry(dispute, by=by, now=now)
    return dispute


def carry_over(merged: Dispute, target: Dispute, *, now: datetime) -> None:
    """The duty posts that were told of a danger may open the case it was merged into, and are not told twice;
    those of other places are told now. Needs both locks."""
    if not merged.danger:
        return
    told = set(_duty_keys(merged))
    access.grant(target, told, access.Reason.DUTY, now=now)
    access.rebuild(target)
    target.save(update_fields=["access_keys"])
    here = {key for organization in _duty_of(target) for key in access.duty_posts(organization.pk)}
    if not here <= told | set(_duty_keys(target)):
        tell_duty(target, now=now)


def _duty_keys(dispute: Dispute) -> list[int]:
    rows = dispute.grants.filter(reason=access.Reason.DUTY, ends_at=None)
    return list(rows.values_list("key", flat=True))


def _duty_of(dispute: Dispute) -> list[Organization]:
    """The organizations of its places that keep a duty post."""
    places = {place for place in (dispute.managing_org.place_id, dispute.town_id) if place}
    return list(Organization.objects.filter(place_id__in=places, posts__role=PostRole.DUTY).distinct())


def _check(told: str, told_at: datetime | None, now: datetime) -> None:
    """The rule of intake, at the fields of this form. Raises InvalidInput."""
    errors: dict[str, list[object]] = {}
    for name, fault in telling_faults(told, told_at):
        errors.setdefault(name, []).append(FAULTS[fault])
    if told_at is not None and told_at > now:
        errors["told_at"] = [FAULTS[Fault.TOLD_IN_FUTURE]]
    if errors:
        raise InvalidInput(errors)


@in_house_language
def tell_duty(dispute: Dispute, *, now: datetime) -> None:
    """Opens it to the duty posts of the place and of the managing centre, and tells them urgently; what is restricted
    opens to the leaders of the place as well."""
    organizations = _duty_of(dispute)
    if dispute.is_restricted:
        alarm.follow(dispute, now=now)
    access.open_to_duty(dispute, [organization.pk for organization in organizations], now=now)
    in_hand.save(dispute, "access_keys")
    recipients = [
        user
        for organization in organizations
        for user in notices.holders(organization.pk, PostRole.DUTY, now)
    ]
    tell(dispute, recipients, now=now)
    events.danger_told.send(sender=events.DangerTold, event=events.DangerTold(dispute, now))


@in_house_language
def tell(dispute: Dispute, recipients: Iterable[int], *, now: datetime) -> None:
    """One urgent notice to each who need not keep out. People of a unit that is a party do not read who was told."""
    people = list(dict.fromkeys(recipients))
    conflicts = Conflicts([dispute], now, people)
    of_party = {user for user in people if conflicts.keeps_from_level(dispute, user)}
    for told, more in (
        ([user for user in people if user not in of_party], notice_words(dispute)),
        ([user for user in people if user in of_party], ""),
    ):
        notices.tell(
            dispute,
            told,
            kind="danger",
            title=_("%s 有人身危险：请先报 110/派出所，并电话报告值班领导") % dispute.display_number,
            more=more,
            key=f"danger:{dispute.pk}",
            now=now,
            urgent=True,
        )
