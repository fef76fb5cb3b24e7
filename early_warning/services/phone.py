"""电话报告领导: the duty post phones where nothing leaves the system. An answer is an acknowledgement on behalf."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from disputes.services import upper
from early_warning import policies
from early_warning.errors import InvalidInput, NotFound, NotPermitted, WrongState
from early_warning.models import Escalation, PhoneTask
from early_warning.services.answers import WITH, data_of, seen


@retried
def report_by_phone(*, task_id: int, reached: bool, answer: str, by: Actor, now: datetime) -> PhoneTask:
    """Who phoned, when, what was said. Not reached: the task stays open for another try.

    Locks the dispute, the row, the task. Raises NotFound, NotPermitted, WrongState, InvalidInput (`answer`).
    """
    found = PhoneTask.objects.filter(pk=task_id).first()
    if found is None:
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    if not policies.may_phone(by, found):
        raise NotPermitted(_("这项电话报告由其他值班岗位负责。"))
    dispute = Dispute.objects.select_for_update(of=("self",)).get(escalations__phone_task=found)
    if Conflicts([dispute], now).keeps_from_level(dispute, by.user_id or 0):
        raise NotFound(_("没有找到这项电话报告，或不归您的岗位。"))
    row = Escalation.objects.select_related(*WITH).select_for_update(of=("self",)).get(phone_task=found)
    task = PhoneTask.objects.select_for_update().get(pk=task_id)
    if task.closed_at is not None:
        raise WrongState(_("这项电话报告已经办结。"))
    if reached and not answer.strip():
        raise InvalidInput({"answer": [_("请写下领导的答复。")]})
    task.phoned_at, task.phoned_by, task.reached, task.answer = now, by.acting, reached, answer.strip()
    if reached:
        task.closed_at = now
    task.save()
    if reached and row.is_open and row.acknowledged_at is None:
        seen(row, row.addressee, now, by_phone=True)
        row.save()
    data = data_of(row) | {"reached": reached}
    upper.record(dispute, "escalation_phoned", data=data, texts={"note": task.answer}, by=by, now=now)
    return task
