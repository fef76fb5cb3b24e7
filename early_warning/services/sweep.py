"""What time does to escalations: told again at half time, climbed when due, phoned where nothing reached.

Safe to run twice and beside itself: candidates are found unlocked, their disputes locked SKIP LOCKED, the rows
checked again. Whatever an earlier run did not reach is found by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.among import Among
from core.batches import AT_ONCE, Done, in_batches
from core.language import in_house_language
from core.remembered import steady
from disputes import public
from disputes.services import notices
from early_warning.choices import Outcome, WarningState
from early_warning.models import Escalation
from early_warning.selectors.chains import posts_around
from early_warning.services import climbing, stand_ins
from early_warning.services.escalating import Batch
from early_warning.services.escalation_notices import open_calls
from notifications.choices import DeliveryState
from notifications.models import Delivery, Notice
from notifications.services import NewNotice

JOB = "escalations"
LATE = ":check-late"  # end of the key of a notice that is sent once
SHARED = ("town", "post__organization__place", "holder", "addressee")  # few behind many rows: read once each
NOT_OUT = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT)
Work = Callable[[list[Escalation], Batch], int]


@dataclass
class Report:
    passed_over: int = 0
    told_again: int = 0
    climbed: int = 0
    calls: int = 0
    checks: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return (
            f"{self.passed_over} passed over, {self.told_again} told again, {self.climbed} climbed, "
            f"{self.calls} calls, {self.checks} checks late, {self.failed} failed"
        )


def sweep(now: datetime) -> Report:
    """Everything in the order in which it matters: who acts comes before who is late."""
    report = Report()
    by = Actor.system(JOB)
    report.passed_over = _pass_over(by, report, now)
    running = _open().filter(rests_since=None)
    unseen = running.filter(acknowledged_at=None)
    report.told_again = _each(unseen.filter(remind_at__lte=now, due_at__gt=now), _remind, report, now)
    report.climbed = _each(running.filter(due_at__lte=now), _climb, report, now)
    report.calls = _each(_unreached(unseen), _call, report, now)
    report.checks = remind_of_checks(now)
    return report


def _pass_over(by: Actor, report: Report, now: datetime) -> int:
    @steady()
    def hand_over(appointments: list[int]) -> int:
        return sum(stand_ins.hand_over(appointment_id=pk, by=by, now=now) for pk in appointments)

    @steady()
    def follow(ids: list[int]) -> int:
        return stand_ins.follow_batch(ids, by=by, now=now)

    ended = in_batches(stand_ins.left_behind(now), hand_over)
    return _counted(ended, report) + _counted(in_batches(stand_ins.misplaced(now), follow), report)


def remind_of_checks(now: datetime) -> int:
    """The coordinator did not look in time: the county office hears it, once."""
    late = Escalation.objects.filter(outcome=Outcome.RISK_REMOVED, checked_at=None, check_due_at__lte=now)
    key = Concat(Value("escalation:"), Cast("pk", CharField()), Value(LATE), output_field=CharField())
    told = Notice.objects.filter(dedupe_key=OuterRef("late_key"))
    rows = late.exclude(warning__state=WarningState.LIFTED).annotate(late_key=key).exclude(Exists(told))
    said = [_check_late(row, now) for row in rows.select_related("dispute__town", "dispute__place")]
    notices.send(said, now=now)
    return len(said)


def _late_key(row: Escalation) -> str:
    return f"escalation:{row.pk}{LATE}"


def _check_late(row: Escalation, now: datetime) -> NewNotice:
    place = row.dispute.town or row.dispute.place
    users = posts_around([place], now).county_office(place)
    notice = notices.about(
        row.dispute,
        users,
        kind="warning.check_late",
        title=_late_words(row),
        url=reverse("early_warning:warning", args=[row.dispute.number]),
        key=_late_key(row),
        urgent=True,
        inner=True,
    )
    return replace(notice, body="", elsewhere=notices.NOTICES)


@in_house_language
def _late_words(row: Escalation) -> str:
    return _("%s 报告风险已消除，综治中心逾期未核实") % row.dispute.display_number


def _open() -> QuerySet[Escalation]:
    return Escalation.objects.filter(ended_at=None)


def _unreached(unseen: QuerySet[Escalation]) -> QuerySet[Escalation]:
    """No call was opened and every message that left for it, to whom is asked now, failed."""
    asked = unseen.filter(phone_task=None)
    rows = asked.order_by("pk").values_list("pk", "passed_as")
    keys = [(pk, f"escalation:{pk}:{passed_as or 'told'}") for pk, passed_as in rows]
    if not keys:
        return asked.none()
    sent = Delivery.objects.filter(notice=OuterRef("pk"))
    failed = Notice.objects.filter(dedupe_key__in=[key for _pk, key in keys])
    failed = failed.filter(Exists(sent)).exclude(Exists(sent.filter(state__in=NOT_OUT)))
    wanted = set(failed.values_list("dedupe_key", flat=True))
    return asked.filter(pk__in=[pk for pk, key in keys if key in wanted])


def _remind(rows: list[Escalation], batch: Batch) -> int:
    Escalation.objects.filter(pk=Among(row.pk for row in rows)).update(remind_at=None, reminded_at=batch.now)
    notices.send([batch.telling.notice(row, "again") for row in rows], now=batch.now)
    return len(rows)


def _climb(rows: list[Escalation], batch: Batch) -> int:
    by = Actor.system(JOB)
    return climbing.end_and_climb(rows, list(batch.disputes.values()), by=by, now=batch.now)


def _call(rows: list[Escalation], batch: Batch) -> int:
    open_calls(rows, batch.telling)
    batch.telling.send()
    return len(rows)


def _each(candidates: QuerySet[Escalation], work: Work, report: Report, now: datetime) -> int:
    @steady()
    def locked(pairs: list[tuple[int, int]]) -> int:
        return _locked(pairs, candidates, work, now)

    keys = candidates.order_by("due_at", "pk").values_list("pk", "dispute_id")
    return _counted(in_batches(keys.iterator(chunk_size=10 * AT_ONCE), locked), report)


def _counted(done: Done, report: Report) -> int:
    report.failed += done.failed
    return done.changed


def _locked(
    pairs: Sequence[tuple[int, int]], candidates: QuerySet[Escalation], work: Work, now: datetime
) -> int:
    """`work` on those rows whose dispute is not held elsewhere and that still are candidates."""
    disputes = public.lock_many({dispute_id for _pk, dispute_id in pairs})
    pks, held = Among(pk for pk, _dispute in pairs), Among(dispute.pk for dispute in disputes)
    again = candidates.filter(pk=pks, dispute=held).order_by("pk")
    again = again.select_related("warning").prefetch_related(*SHARED)
    rows = list(again.select_for_update(of=("self",)))
    if not rows:
        return 0
    kept = {row.dispute_id for row in rows}
    batch = Batch.over(
        [dispute for dispute in disputes if dispute.pk in kept], [row.town for row in rows if row.town], now
    )
    return work(rows, batch)
