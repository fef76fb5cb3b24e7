"""Opening a warning and taking it to a higher level. Every proposal of level 1 to 3 escalates at once (§7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.actor import Actor
from core.language import in_house_language
from disputes import public
from disputes.models import Dispute
from disputes.services import notices
from early_warning import events
from early_warning.choices import Outcome, ReadingOf, WarningState
from early_warning.models import DisputeWarning, Escalation, LevelRequest, PhoneTask, Reading
from early_warning.models.escalation import ended as ended_at
from early_warning.models.warning import OPEN
from early_warning.rules.levels import is_higher
from early_warning.services import escalating
from early_warning.services.escalation_notices import close_sight
from early_warning.services.handing_on import NOTHING_HANDED, Handed

OPENED, RAISED = "warning_opened", "level_raised"
BREAKS_OUT, CALLED_OFF = "warning_breaks_out", "warning_called_off"


def open_warning_of(dispute: Dispute) -> DisputeWarning | None:
    return DisputeWarning.objects.filter(OPEN, dispute=dispute).select_for_update().first()


def propose(
    dispute: Dispute,
    *,
    level: int,
    reading: Reading | None = None,
    happening: bool = False,
    by: Actor,
    now: datetime,
    reason: str = "",
    carried: DisputeWarning | None = None,
    handed: Handed = NOTHING_HANDED,
) -> DisputeWarning:
    """Opens a warning, or raises the open one; of one that is of this level it may say that the event happens now.

    A proposal of the system is unconfirmed; a person who grades confirms by that. One carried over by a merge keeps
    what a person confirmed of it, and whoever it asks is not told again. Needs the dispute's lock.
    """
    warning = open_warning_of(dispute)
    if warning is None:
        return _open(dispute, level, reading, by, now, reason, carried, handed, happening=happening)
    if is_higher(level, warning.level):
        warning.reading = reading or warning.reading
        said: dict[str, Any] = {"reason": reason, "carried": carried, "handed": handed}
        restart(warning, dispute, level, happening=happening, by=by, now=now, **said)
    elif happening and warning.level == level == 1 and not warning.happening:
        warning.reading = reading or warning.reading
        break_out(warning, dispute, by=by, now=now, reason=reason)
    return warning


def break_out(
    warning: DisputeWarning, dispute: Dispute, *, by: Actor, now: datetime, reason: str = ""
) -> None:
    """The event of a level 1 happens now: head of government and police head are told at once (§10)."""
    warning.happening = True
    warning.version += 1
    warning.save()
    with public.working_on(dispute, by=by, now=now) as work:
        told = escalating.tell_at_once(warning, dispute, now=now)
        work.record(BREAKS_OUT, data=_data(warning, told), texts={"reason": reason})


def call_off(warning: DisputeWarning, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Nothing happens now, as was found: who was told for that alone is told so, and their row ends."""
    rows = Escalation.objects.filter(warning=warning, round=warning.round, ended_at=None)
    for_that_alone = rows.filter(parallel=True, town__isnull=False)
    released = list(for_that_alone.values_list("addressee_id", flat=True))
    _end(for_that_alone, Outcome.CALLED_OFF, now)
    warning.happening = False
    warning.version += 1
    warning.save()
    with public.working_on(dispute, by=by, now=now) as work:
        work.record(CALLED_OFF, data={"warning": warning.pk})
        close_sight([dispute], now)
    _tell_called_off(warning, dispute, [user for user in released if user], now)


def restart(
    warning: DisputeWarning,
    dispute: Dispute,
    level: int,
    *,
    happening: bool,
    by: Actor,
    now: datetime,
    reason: str = "",
    step: str = RAISED,
    carried: DisputeWarning | None = None,
    handed: Handed = NOTHING_HANDED,
) -> None:
    """Another level: the open rows end as superseded, the next round's chains begin. Needs the dispute's lock."""
    before = warning.level
    supersede(warning, Outcome.SUPERSEDED, now)
    warning.level, warning.round = level, warning.round + 1
    warning.happening = level == 1 and (happening or warning.happening)
    warning.version += 1
    if not by.is_system:
        confirm_by(warning, by, now)
    elif is_higher(level, before):
        warning.state, warning.confirmed_at, warning.confirmed_by = WarningState.UNCONFIRMED, None, None
        warning.proposed_level = level
        _keep_confirmed(warning, carried)
    warning.save()
    with public.working_on(dispute, by=by, now=now) as work:
        work.set_level(level, hurry=_wakes(warning, by))
        told = escalating.start(warning, dispute, now=now, handed=handed)
        work.record(step, data=_data(warning, told) | {"from": before}, texts={"reason": reason})
        close_sight([dispute], now)


def _wakes(warning: DisputeWarning, by: Actor) -> bool:
    """What the system reads in an old ledger hurries nobody; a person who grades does."""
    return not by.is_system or warning.reading is None or warning.reading.of != ReadingOf.IMPORT


def supersede(warning: DisputeWarning, outcome: str, now: datetime) -> None:
    """Ends every open row of the warning, its calls, and a level change that waits."""
    rows = Escalation.objects.filter(warning=warning, ended_at=None)
    _end(rows, outcome, now)
    waiting = LevelRequest.objects.filter(warning=warning, granted=None)
    waiting.update(granted=False, decided_at=now)  # overtaken: nobody decided it


def _end(rows: QuerySet[Escalation], outcome: str, now: datetime) -> None:
    PhoneTask.objects.filter(escalation__in=rows, closed_at=None).update(closed_at=now)
    rows.update(outcome=outcome, ended_at=ended_at(now), remind_at=None)


def confirm_by(warning: DisputeWarning, by: Actor, now: datetime) -> None:
    """Sets the fields; the caller saves."""
    warning.state, warning.confirmed_at, warning.confirmed_by = WarningState.CONFIRMED, now, by.acting


def _keep_confirmed(warning: DisputeWarning, carried: DisputeWarning | None) -> None:
    if carried is not None and carried.confirmed_at is not None:
        warning.state = WarningState.CONFIRMED
        warning.confirmed_at, warning.confirmed_by = carried.confirmed_at, carried.confirmed_by


@in_house_language
def _tell_called_off(warning: DisputeWarning, dispute: Dispute, users: list[int], now: datetime) -> None:
    notices.tell(
        dispute,
        users,
        kind="warning.called_off",
        title=_("%s 经核实事件没有发生，不用赶赴现场") % dispute.display_number,
        key=f"warning:{warning.pk}:{warning.version}:called_off",
        now=now,
        urgent=True,
        elsewhere=notices.NOTICES,  # who was told for that alone may have no other sight of it
    )


def _open(
    dispute: Dispute,
    level: int,
    reading: Reading | None,
    by: Actor,
    now: datetime,
    reason: str,
    carried: DisputeWarning | None,
    handed: Handed,
    *,
    happening: bool,
) -> DisputeWarning:
    warning = DisputeWarning(
        dispute=dispute,
        level=level,
        proposed_level=level,
        happening=happening and level == 1,
        reading=reading,
        opened_at=now,
        opened_by=by.acting,
    )
    if not by.is_system:
        confirm_by(warning, by, now)
    _keep_confirmed(warning, carried)
    warning.save()
    with public.working_on(dispute, by=by, now=now) as work:
        work.set_level(level, hurry=_wakes(warning, by))
        told = escalating.start(warning, dispute, now=now, handed=handed)
        work.record(OPENED, data=_data(warning, told), texts={"reason": reason})
    event = events.WarningOpened(warning.pk, dispute.pk, level, by, now)
    events.warning_opened.send(sender=events.WarningOpened, event=event)
    return warning


def _data(warning: DisputeWarning, told: list[Escalation]) -> dict[str, Any]:
    reading = warning.reading
    return {
        "warning": warning.pk,
        "level": warning.level,
        "confirmed": warning.state == WarningState.CONFIRMED,
        "happening": warning.happening,
        "rule": reading.rule if reading else "",
        "policy": reading.policy.version if reading and reading.policy else None,
        "told": escalating.entry_of(told),
    }
