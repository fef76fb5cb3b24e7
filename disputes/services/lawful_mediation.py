"""The resolve clock where the law itself limits a mediation: by who has the case, from when the law counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from calendars.models import Deadline
from core.actor import Actor
from core.clock import shanghai_date, start_of_day
from disputes.choices import DeadlineKind, MediationGround
from disputes.errors import InvalidInput
from disputes.lawful_regimes import regime_of
from disputes.models import Dispute
from disputes.rules import lawful_mediation as rules
from disputes.rules.lawful_mediation import Regime
from disputes.rules.step_inputs import BeginMediation
from disputes.selectors.lawful_mediation import running_by_law
from disputes.services import clocks
from disputes.services.step_runner import Move, StepRun

COMMITTEE = "committee"  # why the clock runs so: a code of calendars.presenters.REASONS; else the ground


def begin_mediation(run: StepRun, given: BeginMediation) -> Move:
    """登记调解起算: where the police mediate a traffic accident, the lawful days count from this fact and no other.

    Stated anew, it takes the place of what was stated. Raises InvalidInput (`ground`, `on`).
    """
    if given.ground not in MediationGround.values:
        raise InvalidInput({"ground": [_("请从列表中选择起算的事由。")]})
    since = start_of_day(given.on)
    _require_lawful(run, given.on, since)
    clock = _run_by(run.dispute, rules.POLICE, since=since, why=given.ground, by=run.by, now=run.now)
    return Move(
        data={"ground": given.ground, "on": given.on.isoformat(), "resolve_by": clock.due_at.isoformat()}
    )


def on_signing(run: StepRun) -> dict[str, Any]:
    """The medical committee's time begins with its signature; what the entry keeps of it, nothing for other units."""
    if regime_of(run.dispute) is not rules.COMMITTEE:
        return {}
    clock = _run_by(run.dispute, rules.COMMITTEE, since=run.now, why=COMMITTEE, by=run.by, now=run.now)
    return {"resolve_by": clock.due_at.isoformat()}


def on_new_unit(dispute: Dispute, *, by: Actor, now: datetime) -> dict[str, Any]:
    """In other hands the law's limit of the former ones holds no more: the general one counts, from acceptance; time
    that was left beyond it stays."""
    return _general_again(dispute, by=by, now=now) if dispute.category.code in rules.CATEGORIES else {}


def on_new_category(dispute: Dispute, before: str, *, by: Actor, now: datetime) -> dict[str, Any]:
    """Of a matter that proves to be of another kind (`before`: its old category) the law limits no mediation: no later
    step would ask, for what it is by then."""
    if before not in rules.CATEGORIES or before == dispute.category.code:
        return {}
    return _general_again(dispute, by=by, now=now)


def _general_again(dispute: Dispute, *, by: Actor, now: datetime) -> dict[str, Any]:
    running = running_by_law(dispute)
    regime = regime_of(dispute)
    if running is None or (regime is not None and running.rule["key"] == regime.rule_key):
        return {}
    since = dispute.accepted_at or now
    if clocks.end_of_limit(dispute, "result", since=since) <= running.due_at:
        return {}
    clock = clocks.restart(dispute, DeadlineKind.RESOLVE, by=by, now=now, since=since)
    return {"resolve_by": clock.due_at.isoformat()}


def _require_lawful(run: StepRun, on: date, since: datetime) -> None:
    dispute = run.dispute
    if on > shanghai_date(run.now):
        raise InvalidInput({"on": [_("起算日期不能晚于今天。")]})
    if dispute.occurred_on is not None and on < dispute.occurred_on:
        raise InvalidInput({"on": [_("起算日期不能早于事故发生日期。")]})
    ends = clocks.end_of_limit(dispute, rules.POLICE.rule_key, since=since)
    if ends < run.now:
        said = _("自这一天起的调解期限已于 %s 届满。请按调解的结果报结，或者告知当事人其他途径。")
        raise InvalidInput({"on": [said % shanghai_date(ends).isoformat()]})


def _run_by(
    dispute: Dispute, regime: Regime, *, since: datetime, why: str, by: Actor, now: datetime
) -> Deadline:
    """The resolve clock by the law's limit; a day that a person named before it ends stays named."""
    running = clocks.running(dispute, DeadlineKind.RESOLVE)
    named = running.fixed_due_at if running is not None else None
    sooner = named is not None and named <= clocks.end_of_limit(dispute, regime.rule_key, since=since)
    return clocks.restart(
        dispute,
        DeadlineKind.RESOLVE,
        by=by,
        now=now,
        since=since,
        due_at=named if sooner else None,
        rule_key=regime.rule_key,
        why=why,
    )
