"""What happens to rows whose time is over or that stayed without result: they end, and the next rung is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from django.utils.translation import gettext as _

from core.actor import Actor
from core.among import Among
from core.language import in_house_language
from disputes import public
from disputes.models import Dispute
from early_warning.choices import Outcome
from early_warning.models import Escalation, PhoneTask
from early_warning.models.escalation import ended as ended_at
from early_warning.selectors.told import told_in
from early_warning.services.escalating import NOBODY_THERE, Batch, climb, entry_of, nobody_words
from early_warning.services.escalation_notices import close_sight
from early_warning.services.resting import follow_higher

CLIMBED = "escalation_climbed"


def end_and_climb(
    rows: Sequence[Escalation], disputes: Sequence[Dispute], *, by: Actor, now: datetime
) -> int:
    """Ends open rows whose due moment has passed, by what was missing, and climbs. Set-wise, for the sweep."""
    for outcome, ended in _by_outcome(rows).items():
        keys = Among(row.pk for row in ended)
        Escalation.objects.filter(pk=keys).update(outcome=outcome, ended_at=ended_at(now), remind_at=None)
        PhoneTask.objects.filter(escalation=keys, closed_at=None).update(closed_at=now)
        for row in ended:
            row.outcome, row.ended_at = outcome, row.not_before(now)
    climb_from(rows, disputes, by=by, now=now)
    return len(rows)


def climb_from(
    rows: Sequence[Escalation], disputes: Sequence[Dispute], *, by: Actor, now: datetime
) -> list[Escalation]:
    """The next rung after each of these ended rows. Parallel rows have none: the county office is told."""
    towns = [row.town for row in rows if row.town is not None]
    batch = Batch.over(disputes, towns, now)
    told = told_in(rows)
    entries = []
    for row in rows:
        if row.outcome in NOBODY_THERE:
            batch.telling.office(row, nobody_words(row, batch.disputes[row.dispute_id]), row.outcome)
            batch.telling.leader(row, row.outcome)
        before, following = len(batch.new), False
        if not row.parallel and row.town is not None:
            people = told.setdefault((row.warning_id, row.town_id), set())
            following = climb(batch, row.warning, row.town, row.step + 1, people, came_from=row)
        if not following:
            batch.telling.office(row, _end_words(row, batch.disputes[row.dispute_id]), "end")
        entries.append((row, batch.new[before:]))
    with public.working_on_all(batch.disputes.values(), by=by, now=now) as works:
        new = batch.write()
        _note(entries, works)
        close_sight(batch.disputes.values(), now)
    follow_higher(batch.disputes.values(), now=now)
    return new


def _by_outcome(rows: Sequence[Escalation]) -> dict[str, list[Escalation]]:
    found: dict[str, list[Escalation]] = {}
    for row in rows:
        missing = Outcome.RESULT_OVERDUE if row.acknowledged_at else Outcome.UNACKNOWLEDGED
        found.setdefault(missing, []).append(row)
    return found


def _note(
    climbs: Sequence[tuple[Escalation, Sequence[Escalation]]], works: Mapping[int, public.Work]
) -> None:
    name = cache(str)
    for row, following in climbs:
        data = {
            "escalation": row.pk,
            "leader": name(row.post) if row.post else row.role,
            "outcome": str(row.outcome),
            "next": entry_of(following, name),
        }
        works[row.dispute_id].note(CLIMBED, data=data)


@in_house_language
def _end_words(row: Escalation, dispute: Dispute) -> str:
    said = {"number": dispute.display_number, "leader": str(row.post or row.get_role_display())}
    said["outcome"] = str(Outcome(row.outcome).label).partition("，")[0]
    if row.parallel:
        return _("%(number)s 预警：%(leader)s%(outcome)s，请县综治中心督促") % said
    return _("%(number)s 预警已报到最后一级，%(leader)s%(outcome)s，请县综治中心立即处理") % said
