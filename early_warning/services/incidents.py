"""现场处置记录 (§10): who was on scene when, what was ordered, when it ended."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.actor import Actor
from core.transactions import retried
from disputes import public
from early_warning import rights
from early_warning.choices import IncidentKind
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import DisputeWarning, Escalation, IncidentRecord


@retried
def add_entry(
    *, warning_id: int, kind: str, happened_at: datetime, who: str, text: str, by: Actor, now: datetime
) -> IncidentRecord:
    """One line, by whoever was told of the event or grades it. Locks the dispute.

    Raises NotFound, WrongState once the event ended, NotPermitted, InvalidInput (`happened_at`, `text`).
    """
    dispute = public.lock_told(by, warnings=warning_id)
    warning = DisputeWarning.objects.get(pk=warning_id)
    ended = warning.incident_entries.filter(kind=IncidentKind.ENDED).exists()
    if not warning.happening or not warning.is_open or ended:
        raise WrongState(_("这件纠纷没有正在发生的事件，不用记现场处置。"))
    told = Escalation.objects.filter(warning=warning, addressee=by.user_id).exists()
    if not told and not rights.may_grade(by, dispute):
        raise NotPermitted(_("现场处置记录由收到报告的领导和综治中心填写。"))
    _check(happened_at, who, text, now)
    row = IncidentRecord.objects.create(
        warning=warning,
        kind=kind,
        happened_at=happened_at,
        who=who.strip(),
        text=text.strip(),
        recorded_by=by.acting,
        recorded_at=now,
    )
    data = {"incident": row.pk, "kind": kind}
    texts = {"account": "\n".join(part for part in (row.who, row.text) if part)}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("warning_incident", data=data, texts=texts)
    return row


def _check(happened_at: datetime, who: str, text: str, now: datetime) -> None:
    if happened_at > now:
        raise InvalidInput({"happened_at": [_("时间不能晚于现在。")]})
    if not who.strip() and not text.strip():
        raise InvalidInput({"text": [_("请写明人员或内容。")]})
