"""电话报告领导: the duty post phones where nothing leaves the system. An answer is an acknowledgement on behalf."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from early_warning import rights
from early_warning.errors import InvalidInput, NotFound, NotPermitted, WrongState
from early_warning.models import Escalation, PhoneTask
from early_warning.selectors.phone_tasks import calls_of
from early_warning.services.answers import WITH, data_of, seen
from early_warning.services.resting import follow_higher


@retried
def report_by_phone(*, task_id: int, reached: bool, answer: str, by: Actor, now: datetime) -> PhoneTask:
    """Who phoned, when, what was said. Not reached: the call stays open for another try.

    Locks the dispute, the rows, the tasks. Raises NotFound, NotPermitted, WrongState, InvalidInput (`answer`).
    """
    found = PhoneTask.objects.filter(pk=task_id).first()
    if found is None:
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    if not rights.may_phone(by, found):
        raise NotPermitted(_("这项电话报告由其他值班岗位负责。"))
    dispute = Dispute.objects.select_for_update(of=("self",)).get(escalations__phone_task=found)
    if Conflicts([dispute], now).keeps_from_level(dispute, by.user_id or 0):
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    rows, tasks = _of_the_call(found)
    if task_id not in tasks:
        raise WrongState(_("这项电话报告已经办结。"))
    if reached and not answer.strip():
        raise InvalidInput({"answer": [_("请写下领导的答复。")]})
    for task in tasks.values():
        _phoned(task, answer.strip(), by, now, reached=reached)
    if reached:
        _acknowledged(rows, now)
    data = data_of(rows[0]) | {"leader": _posts(rows), "rows": [row.pk for row in rows], "reached": reached}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("escalation_phoned", data=data, texts={"note": answer.strip()})
    follow_higher([dispute], now=now)
    return tasks[task_id]


def _of_the_call(found: PhoneTask) -> tuple[list[Escalation], dict[int, PhoneTask]]:
    """What one leader is asked in one case, for several towns or posts, is one call: its rows and its open tasks,
    locked, the rows first. The dispute's lock is held."""
    one = Escalation.objects.get(pk=found.escalation_id)
    same = calls_of(found.duty_post_id).filter(
        escalation__dispute=one.dispute_id, escalation__addressee=one.addressee_id
    )
    rows = Escalation.objects.filter(phone_task__in=same.order_by()).order_by("pk")
    locked = list(rows.select_related(*WITH).select_for_update(of=("self",)))
    tasks = {task.pk: task for task in same.order_by("pk").select_for_update(of=("self",))}
    return sorted(locked, key=lambda row: row.pk != found.escalation_id), tasks


def _phoned(task: PhoneTask, answer: str, by: Actor, now: datetime, *, reached: bool) -> None:
    task.phoned_at, task.phoned_by, task.reached, task.answer = now, by.acting, reached, answer
    if reached:
        task.closed_at = now
    task.save()


def _acknowledged(rows: Sequence[Escalation], now: datetime) -> None:
    """On behalf of the leader, whatever they are asked in this case."""
    for row in rows:
        if row.is_open and row.acknowledged_at is None:
            seen(row, row.addressee, now, by_phone=True)
            row.save()


def _posts(rows: Sequence[Escalation]) -> str:
    """In what capacity they were phoned, each once."""
    return _("、").join(dict.fromkeys(data_of(row)["leader"] for row in rows))
