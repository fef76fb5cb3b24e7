"""What a merge means for leaders and warnings: nobody who must keep out stays asked, no open warning is dropped, and
whoever was told of one of both cases is not alarmed a second time.

For subscribers of `merge`: the rows of both disputes are locked by the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.language import in_house_language
from disputes import public
from disputes.conflicts import Conflicts
from disputes.events import StepTaken
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.services import notices
from early_warning.choices import Outcome, WarningState
from early_warning.models import DisputeWarning, Escalation, LevelRequest, PhoneTask
from early_warning.rules.levels import is_higher
from early_warning.services import escalating, imported_levels, stand_ins, warnings
from early_warning.services.climbing import climb_from
from early_warning.services.escalation_notices import close_sight, open_sight
from early_warning.services.handing_on import NOTHING_HANDED, Handed
from early_warning.services.resting import follow_higher
from notifications.services import withdraw
from responsibility.services import case_leaders, naming

CARRIED = "warning_carried_over"
BY = Actor.system("merge")
FRESH = ("told", "copy", "phone", "vacant", "unheard")  # ends of the keys of what a new row tells
ROW_WITH = ("warning", "town", "post__organization__place", "holder__user", "holder__post", "addressee")


def follow_step(event: StepTaken) -> None:
    """What was merged, corrected or marked changes whom warnings ask."""
    if event.step == "merge":
        carry_over(event.dispute, by=event.by, now=event.now)
    if event.step in (*lifecycle.MENDING, "mark_conflict", "restrict"):
        let_barred_go(dispute_id=event.dispute_id, now=event.now)


def carry_over(merged: Dispute, *, by: Actor, now: datetime) -> None:
    """Leaders first, so that who is named stands beside the chain; then the warning of the merged one."""
    if merged.survivor_id is None:
        return
    naming.reconsider(dispute_id=merged.survivor_id, now=now)
    (target,) = public.lock_many([merged.survivor_id])
    imported_levels.carry_over(merged, target)
    _let_go(target, now)
    warning = warnings.open_warning_of(merged)
    if warning is not None:
        _hand_over(warning, merged, target, by=by, now=now)
    still = Escalation.objects.filter(dispute=target, ended_at=None)
    open_sight(
        still.select_related("post__organization"), {target.pk: target}, now
    )  # if it is restricted by now
    close_sight([merged, target], now)
    follow_higher([target], now=now)


def let_barred_go(*, dispute_id: int, now: datetime) -> None:
    """For subscribers: somebody must keep out, or a unit turned out to be a party, since the step just taken."""
    for dispute in public.lock_many([dispute_id]):
        _let_go(dispute, now)
        still = Escalation.objects.filter(dispute=dispute, ended_at=None).select_related("post__organization")
        open_sight(still, {dispute.pk: dispute}, now)  # if it is restricted by now
        close_sight([dispute], now)


def _let_go(target: Dispute, now: datetime) -> None:
    case_leaders.end_where_barred(target, by=BY, now=now)
    _release_barred(target, now)


def _release_barred(target: Dispute, now: datetime) -> None:
    """Open rows asked of somebody who must keep out by now go to the next rung; from a stand-in, back to the leader.

    A change of level that waits for such a leader's consent is void.
    """
    rows = list(Escalation.objects.filter(dispute=target, ended_at=None).select_related(*ROW_WITH))
    conflicts = Conflicts([target], now, {row.holder.user_id for row in rows if row.holder})
    barred = [row for row in rows if row.holder and conflicts.keeps_from_level(target, row.holder.user_id)]
    for row in barred:
        row.outcome, row.ended_at, row.remind_at = Outcome.BARRED, now, None
        row.save()
    PhoneTask.objects.filter(escalation__in=barred, closed_at=None).update(closed_at=now)
    chains = [row for row in barred if not row.parallel]
    if chains:
        climb_from(chains, [target], by=BY, now=now)
    stand_ins.follow_batch([row.pk for row in rows if row not in barred], by=BY, now=now)
    _void_requests(target, now)


def _void_requests(target: Dispute, now: datetime) -> None:
    waiting = LevelRequest.objects.filter(warning__dispute=target, granted=None).select_related("consent_of")
    void = [row.pk for row in waiting if naming.must_keep_out(target, row.consent_of, now)]
    LevelRequest.objects.filter(pk__in=void).update(granted=False, decided_at=now)


def _hand_over(
    warning: DisputeWarning, merged: Dispute, target: Dispute, *, by: Actor, now: datetime
) -> None:
    """The target carries it on, at the higher of both levels; one open row for each leader."""
    fresh = warning.opened_at == now  # registered and merged in one go: nobody has read of it yet
    open_rows = list(Escalation.objects.filter(warning=warning, ended_at=None).select_related(*ROW_WITH))
    handed = NOTHING_HANDED if fresh else _handed(warning, open_rows)
    _end(warning, merged, target, by=by, now=now)
    if fresh:
        keys = (f"escalation:{row.pk}:{end}" for row in warning.escalations.all() for end in FRESH)
        withdraw(list(keys), now=now)
    present = warnings.open_warning_of(target)
    same = present is not None and present.level == warning.level
    joining = warnings.propose(
        target,
        level=warning.level,
        happening=warning.happening,
        by=BY,
        now=now,
        carried=warning,
        handed=handed,
    )
    if present is not None and not is_higher(warning.level, present.level):
        escalating.start_in_more_towns(joining, target, now=now, handed=handed if same else NOTHING_HANDED)
    _tell(open_rows, merged, target, now)


def _handed(warning: DisputeWarning, open_rows: Sequence[Escalation]) -> Handed:
    told: dict[int | None, set[int]] = {}
    past = Escalation.objects.filter(warning=warning, round=warning.round, addressee__isnull=False)
    for town, asked, holder in past.values_list("town_id", "addressee_id", "holder__user_id"):
        told.setdefault(town, set()).update(person for person in (asked, holder) if person)
    return Handed(tuple(open_rows), {town: frozenset(people) for town, people in told.items()})


def _end(warning: DisputeWarning, merged: Dispute, target: Dispute, *, by: Actor, now: datetime) -> None:
    warnings.supersede(warning, Outcome.SUPERSEDED, now)
    warning.state, warning.lifted_at, warning.lifted_by = WarningState.LIFTED, now, by.acting
    warning.save()
    data = {"warning": warning.pk, "level": warning.level, "into": target.number}
    with public.working_on(merged, by=BY, now=now) as work:
        work.set_level(0)
        work.record(CARRIED, data=data)


@in_house_language
def _tell(open_rows: Sequence[Escalation], merged: Dispute, target: Dispute, now: datetime) -> None:
    """No alarm: whoever answered for the merged one learns under which number it goes on."""
    before = {row.addressee_id for row in open_rows}
    asked = Escalation.objects.filter(dispute=target, ended_at=None, addressee__in=before)
    rows = {row.addressee_id: row for row in asked.order_by("-parallel") if row.addressee_id}
    title = _("%(other)s 已并入 %(number)s，请在 %(number)s 继续处理预警") % {
        "other": merged.display_number,
        "number": target.display_number,
    }
    notices.send(
        [
            notices.about(
                target,
                (user,),
                kind="warning.merged",
                title=title,
                url=reverse("early_warning:escalation", args=[row.pk]),
                key=f"escalation:{row.pk}:merged:{merged.pk}",
                inner=True,
            )
            for user, row in rows.items()
        ],
        now=now,
    )
