"""A dispute with another centre: handed down by the county or passed on by a town, and taken up again.

It stays one dispute with one number. The only writer of `Handing` and of what a dispute knows of it. Callers hold the
dispute's row lock. The county's date bounds every clock of the town (`clocks.opening`); only the county moves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.actor import Actor
from core.clock import end_of_day, shanghai_date
from core.language import in_house_language
from disputes.choices import DeadlineKind, HandingKind
from disputes.errors import InvalidInput
from disputes.models import Dispute, Handing, Origin
from disputes.rules import lifecycle
from disputes.services import access, clocks, lawful_mediation, notices
from disputes.services.intake_checks import managing_centre
from disputes.services.step_runner import StepRun
from jurisdictions.models import Organization

# where a limit for settling runs or is about to; later the result has met it
BEFORE_A_RESULT = lifecycle.UNDISPATCHED | lifecycle.HANDLED | {lifecycle.REGISTERED, lifecycle.NOT_RESOLVED}


def out_of_hands(run: StepRun) -> dict[str, Any]:
    """No unit has it until the centre that takes it gives it to one: who had it sees it as it is now, and what the law
    limited in their hands is limited no more. Before any date is taken from the running clock; what belongs to it in
    the trail entry."""
    dispute = run.dispute
    access.freeze_former(dispute, now=run.now)
    dispute.lead_unit = dispute.responsible_person = None
    return lawful_mediation.on_new_unit(dispute, by=run.by, now=run.now)


def go_over(run: StepRun, to: Organization, kind: HandingKind, *, due_at: datetime | None = None) -> None:
    """The other centre manages from now on: its row, its sight, its clock for accepting. `due_at`: the county's."""
    dispute, left = run.dispute, run.dispute.managing_org
    _end_row(dispute, run.step.id, run.now)
    Handing.objects.create(
        dispute=dispute,
        kind=kind,
        from_centre=left,
        to_centre=to,
        due_at=due_at,
        handed_by=run.by.acting,
        handed_at=run.now,
    )
    dispute.managing_org = to
    dispute.handed_town = to.place if to.place_id != dispute.town_id else None
    dispute.county_due_at = due_at
    dispute.handed_down_by = left if due_at is not None else None
    access.open_to_town(dispute, to, now=run.now)
    # who hands it over has done their part; the receiver's time begins
    clocks.meet(dispute, DeadlineKind.ACCEPT, DeadlineKind.DISPATCH, by=run.by, now=run.now)
    if due_at is not None:
        clocks.cancel(dispute, DeadlineKind.RESOLVE, by=run.by, now=run.now)
        _start_county(dispute, due_at, now=run.now)
        dispute.resolve_by = due_at
    clocks.start(dispute, DeadlineKind.ACCEPT, now=run.now)


def take_up(dispute: Dispute, county: Organization, *, step: str, by: Actor, now: datetime) -> None:
    """The county manages it, again or for the first time. What it had handed down is its own once more, with its date;
    the town sees the case as it was until then, where nothing else opens it. The caller rebuilds the keys."""
    left, due = dispute.managing_org, dispute.county_due_at
    dispute.managing_org = county
    access.move_to_centre(dispute, county, now=now)
    if _end_row(dispute, step, now) and left.pk != dispute.received_by_id:
        access.close_to_town(dispute, left, now=now)
    dispute.handed_down_by = dispute.county_due_at = dispute.handed_town = None
    if due is not None:
        clocks.cancel(dispute, DeadlineKind.COUNTY, DeadlineKind.COUNTY_REVIEW, by=by, now=now)
        _run_to(dispute, due, by=by, now=now)


def close(dispute: Dispute, *, step: str, now: datetime) -> None:
    """It goes on in another dispute."""
    _end_row(dispute, step, now)
    dispute.handed_down_by = dispute.county_due_at = dispute.handed_town = None


def carry(target: Dispute, merged: Dispute, *, step: str, by: Actor, now: datetime) -> None:
    """What the county handed down goes on in another dispute of a town: so do its order and the earlier date."""
    due, county = merged.county_due_at, merged.handed_down_by
    if due is None or county is None or target.managing_org.is_county_level:
        return
    if target.status not in BEFORE_A_RESULT | {lifecycle.RESULT_SUBMITTED}:
        return
    if target.county_due_at is None:
        _end_row(target, step, now)
        Handing.objects.create(
            dispute=target,
            kind=HandingKind.DOWN,
            from_centre=county,
            to_centre=target.managing_org,
            due_at=due,
            handed_by=by.acting,
            handed_at=now,
        )
        target.handed_down_by = county
    elif target.county_due_at <= due:
        return
    target.county_due_at = due
    clocks.cancel(target, DeadlineKind.COUNTY, by=by, now=now)
    _start_county(target, due, now=now)
    clocks.bound_running(target)


def renew(run: StepRun) -> dict[str, object]:
    """Begun anew, it has a new date of the county's, by rule; what belongs to it in the trail entry."""
    dispute = run.dispute
    if dispute.county_due_at is None:
        return {}
    due = _by_rule(dispute, run.now)
    dispute.county_due_at = due
    clocks.cancel(dispute, DeadlineKind.COUNTY, by=run.by, now=run.now)
    _start_county(dispute, due, now=run.now)
    return {"county_due": due.isoformat()}


def date_for_the_town(run: StepRun, named: date | None) -> datetime:
    """By when the county wants it back: the named day, else its own limit, else the rule's; never after the county's
    running limit nor the date of who sent it. Raises InvalidInput at `resolve_by`."""
    dispute, now = run.dispute, run.now
    clock, theirs = clocks.running(dispute, DeadlineKind.RESOLVE), sender_date(dispute, now)
    ours = clock.due_at if clock is not None and clock.due_at > now else None
    if named is not None:
        return _within(named, ours, theirs)
    if clock is not None and ours is None:
        raise InvalidInput({"resolve_by": [_("县级的化解时限已过，请写明乡镇办结的日期。")]})
    return min(when for when in (ours or _by_rule(dispute, now), theirs) if when is not None)


def sender_date(dispute: Dispute, now: datetime) -> datetime | None:
    """By when who sent it wants it done, while that still lies ahead and no answer was given."""
    rows = Origin.objects.filter(dispute=dispute, due_at__gt=now, answered_on=None)
    due: datetime | None = rows.values_list("due_at", flat=True).first()
    return due


def goes_beyond(dispute: Dispute, due_at: datetime, days: int, now: datetime) -> bool:
    """Whether so many more days lead past the county's date. Raises InvalidInput at `days` where they would lead past
    the date of who sent it: that one is not the county's to move."""
    if dispute.county_due_at is None:
        return False
    day, theirs = shanghai_date(due_at) + timedelta(days=days), sender_date(dispute, now)
    if day <= shanghai_date(dispute.county_due_at):
        return False
    if theirs is not None and day > shanghai_date(theirs):
        said = _("来件单位要求 %s 前办结，延期不能晚于这一天。") % shanghai_date(theirs)
        raise InvalidInput({"days": [said]})
    return True


def lengthen(run: StepRun, days: int, reason: str) -> dict[str, object]:
    """The county grants so many days more on the town's limit: its own date moves along, then the bound of the town's
    clocks; what belongs to it in the trail entry."""
    dispute = run.dispute
    county, town = (clocks.running(dispute, kind) for kind in (DeadlineKind.COUNTY, DeadlineKind.RESOLVE))
    if county is None or town is None or dispute.county_due_at is None:
        return {}
    day = shanghai_date(town.due_at) + timedelta(days=days)
    more = (day - shanghai_date(dispute.county_due_at)).days
    if more > 0:
        county = clocks.extend(county, days=more, reason=reason, by=run.by, now=run.now)
        dispute.county_due_at = county.due_at
        clocks.bound_running(dispute)
    return {"county_due": dispute.county_due_at.isoformat()}


def told(dispute: Dispute) -> dict[str, object]:
    """What the trail keeps of an order of the county's that goes on; empty without one."""
    if dispute.handed_down_by is None or dispute.county_due_at is None:
        return {}
    return {"handed_by": dispute.handed_down_by.code, "county_due": dispute.county_due_at.isoformat()}


def owed_by(
    dispute: Dispute, units: Sequence[Organization], people: Sequence[User], now: datetime
) -> Organization | None:
    """The county's centre where it is about units or people of the town that received it or handles it; else None."""
    for centre in (dispute.received_by, dispute.managing_org):
        owed = managing_centre(centre, list(units), list(people), now)
        if owed.pk != centre.pk:
            return owed
    return None


@in_house_language
def tell_county(run: StepRun, county: Organization, title: str, *, kind: str) -> None:
    """The county hears of it, of restricted disputes by the title alone."""
    users = notices.holders(county.pk, "coordinator", run.now)
    notices.tell(
        run.dispute,
        [user for user in users if user != run.by.user_id],
        kind=kind,
        title=title,
        key=f"{kind}:{run.dispute.pk}:{run.dispute.version}",
        now=run.now,
        elsewhere=notices.NOTICES,
    )


def _end_row(dispute: Dispute, step: str, now: datetime) -> bool:
    return bool(
        Handing.objects.filter(dispute=dispute, ended_at=None).update(ended_at=now, ended_by_step=step)
    )


def _start_county(dispute: Dispute, due: datetime, *, now: datetime) -> None:
    clocks.start(
        dispute,
        DeadlineKind.COUNTY,
        now=now,
        due_at=due,
        since=min(now, due),
        latest_at=sender_date(dispute, now),
    )


def _by_rule(dispute: Dispute, now: datetime) -> datetime:
    by_rule, theirs = clocks.end_of_limit(dispute, "result", since=now), sender_date(dispute, now)
    return by_rule if theirs is None else min(by_rule, theirs)


def _within(named: date, ours: datetime | None, theirs: datetime | None) -> datetime:
    bounds = (
        (ours, _("不能晚于县级的化解时限 %s。")),
        (theirs, _("不能晚于来件单位要求的日期 %s。")),
    )
    for latest, said in bounds:
        if latest is not None and named > shanghai_date(latest):
            raise InvalidInput({"resolve_by": [said % shanghai_date(latest)]})
    return min(when for when in (end_of_day(named), ours, theirs) if when is not None)


def _run_to(dispute: Dispute, due: datetime, *, by: Actor, now: datetime) -> None:
    """The county's own limit: what it had set the town, or the town's where that ends sooner. What was missed stays."""
    if dispute.status not in BEFORE_A_RESULT and clocks.running(dispute, DeadlineKind.RESOLVE) is None:
        return
    clocks.end_rest(dispute, by=by, now=now)
    clock = clocks.running(dispute, DeadlineKind.RESOLVE)
    if clock is not None and clock.missed_at is not None:
        return
    due = due if clock is None else min(due, clock.due_at)
    clocks.cancel(dispute, DeadlineKind.RESOLVE, by=by, now=now)
    clocks.start(dispute, DeadlineKind.RESOLVE, now=now, due_at=due, since=min(now, due))
