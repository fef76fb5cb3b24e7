"""Open disputes of somebody who left their post pass to whoever takes over, and say so where nobody was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.events import AppointmentEnded
from accounts.models import Appointment
from accounts.open_work import OpenWork
from core.clock import shanghai_date
from core.language import in_house_language
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.rules import lifecycle
from disputes.services import access
from disputes.services.notices import holders, tell
from disputes.services.step_runner import LOCKED_WITH, Move, StepRun, finish

CHANGE = lifecycle.STEPS["change_person"]  # the entry a change of person has, whoever causes it


def open_of(appointment_id: int) -> DisputeQuerySet:
    """What an appointment still answers for: everything not at its end."""
    rows: DisputeQuerySet = Dispute.objects.filter(responsible_person_id=appointment_id)
    return rows.exclude(status__in=lifecycle.ENDED)


def open_work(appointment: Appointment) -> Sequence[OpenWork]:
    """Number and status only: an administrator sees no disputes."""
    rows = open_of(appointment.pk).order_by("number").only("number", "status")
    return [OpenWork(str(_("纠纷")), row.display_number, str(row.get_status_display())) for row in rows]


@in_house_language
def hand_over(event: AppointmentEnded) -> int:
    """Locks the disputes ascending by id, in the transaction that ended the appointment; the number of them."""
    successor = _appointment(event.successor_id)
    rows = open_of(event.appointment_id).select_related(*LOCKED_WITH).order_by("pk")
    disputes = list(rows.select_for_update(of=("self",)))
    conflicts = Conflicts(disputes, event.now)
    for dispute in disputes:
        fit = successor is not None and not conflicts.bars(dispute, successor.user_id)
        _pass_on(dispute, successor if fit else None, event)
    access.let_go(event.user_id, _units_of(event), now=event.now)
    return len(disputes)


def _units_of(event: AppointmentEnded) -> list[int]:
    """Where they still hold a post."""
    held = Appointment.objects.current(shanghai_date(event.now)).filter(user_id=event.user_id)
    others = held.exclude(pk=event.appointment_id)
    return list(others.values_list("post__organization_id", flat=True))


def _pass_on(dispute: Dispute, successor: Appointment | None, event: AppointmentEnded) -> None:
    """Without a successor who may see it the name stays until the dispatcher decides, and they are told."""
    if successor is None:
        _tell_dispatcher(dispute, _("责任人已离任，无人接手，请重新指定"), event.now)
        return
    assert dispute.lead_unit is not None
    dispute.responsible_person = successor
    dispute.assignments.filter(ended_at=None).update(person=successor)
    access.open_to_unit(dispute, dispute.lead_unit, successor, now=event.now)
    data = {"person": successor.pk, "before": event.appointment_id, "left": True, "chosen": event.chosen}
    finish(StepRun(dispute, CHANGE, event.by, event.now), Move(data=data, access_changed=True))
    if not event.chosen:
        _tell_dispatcher(dispute, _("责任人已离任，暂由单位负责人接手，待定责任人"), event.now)


def _tell_dispatcher(dispute: Dispute, words: str, now: datetime) -> None:
    tell(
        dispute,
        holders(dispute.managing_org_id, "coordinator", now),
        kind="person_left",
        title=f"{dispute.display_number} {words}",
        key=f"person_left:{dispute.pk}:{dispute.version}",
        now=now,
    )


def _appointment(appointment_id: int | None) -> Appointment | None:
    if appointment_id is None:
        return None
    return Appointment.objects.with_post().filter(pk=appointment_id).first()
