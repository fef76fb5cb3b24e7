"""Several disputes at once: accept, assign to one unit, remind whose turn it is. Each row is its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.clock import shanghai_date, start_of_day
from core.errors import DomainError
from core.language import in_house_language
from core.transactions import retried
from disputes.errors import InvalidInput, WrongState
from disputes.models import Dispute, TrailEntry
from disputes.services import ledger, notices, step_runner, steps

MOST = 100
LONGEST_NOTE = 300


@dataclass(frozen=True)
class RowResult:
    """What became of one row, in words."""

    number: str
    done: bool
    message: str


def accept(
    *,
    versions: Mapping[str, int],
    levels: Mapping[str, int | None],
    reason: str = "",
    by: Actor,
    now: datetime,
) -> list[RowResult]:
    """批量受理, each with the warning level answered for it; `reason` goes with those that differ from the proposal.

    `versions` as in `assign`; a number without a level leaves what was proposed unconfirmed.
    """
    require(by, Permission.BULK)
    if len(reason) > LONGEST_NOTE:
        raise InvalidInput({"reason": [_("理由不超过 300 个字。")]})

    def take(number: str) -> str:
        level = levels.get(number)
        data = {"level": level, "reason": reason.strip() or None if level is not None else None}
        done = steps.take("accept", number=number, data=data, by=by, now=now, version=versions[number])
        return _("已受理，化解时限 %s") % (shanghai_date(done.resolve_by) if done.resolve_by else "")

    return _each(list(versions), take)


def assign(
    *,
    versions: Mapping[str, int],
    lead_unit: str,
    person: str = "",
    resolve_by: date | None = None,
    instruction: str = "",
    by: Actor,
    now: datetime,
) -> list[RowResult]:
    """批量交办. `versions` are the numbers with the version that was on the confirmation page."""
    require(by, Permission.BULK)
    data = {
        "lead_unit": lead_unit,
        "person": person or None,
        "resolve_by": resolve_by,
        "instruction": instruction or None,
    }

    def take(number: str) -> str:
        done = steps.take("assign", number=number, data=data, by=by, now=now, version=versions[number])
        return _("已交办给%(unit)s，责任人%(person)s") % {
            "unit": done.lead_unit,
            "person": done.responsible_person.user.name if done.responsible_person else "",
        }

    return _each(list(versions), take)


def remind(*, numbers: Sequence[str], note: str, by: Actor, now: datetime) -> list[RowResult]:
    """批量催办: whose turn it is gets a notice in working hours; each dispute at most once a day."""
    require(by, Permission.BULK)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": [_("催办内容不超过 300 个字。")]})

    def take(number: str) -> str:
        told = remind_one(number=number, note=note, by=by, now=now)
        return _("已催办，将通知 %(count)d 人") % {"count": told}

    return _each(numbers, take)


@retried
def remind_one(*, number: str, note: str, by: Actor, now: datetime) -> int:
    """One reminder with its trail entry; answers how many people are told. Locks the dispute's row."""
    require(by, Permission.BULK)
    rows = Dispute.objects.select_related("responsible_person").select_for_update(of=("self",))
    dispute: Dispute = rows.get_visible(by, number)
    if step_runner.is_past(dispute, by):
        raise step_runner.gave_it_back()
    recipients = [user for user in notices.whose_turn(dispute, now) if user != by.user_id]
    _require_remindable(dispute, recipients, now)
    data = {"organization": dispute.waiting_org_id, "role": dispute.waiting_role, "told": len(recipients)}
    entry = ledger.NewEntry("reminded", dispute.status, dispute.status, data, {"note": note})
    row = ledger.append(dispute, entry, by=by, now=now)
    _tell(dispute, recipients, key=f"reminded:{dispute.pk}:{row.seq}", now=now)
    return len(recipients)


@in_house_language
def _tell(dispute: Dispute, recipients: list[int], *, key: str, now: datetime) -> None:
    title = _("%s 被催办，请尽快办理") % dispute.display_number
    notices.tell(dispute, recipients, kind="reminder", title=title, key=key, now=now)


def _require_remindable(dispute: Dispute, recipients: list[int], now: datetime) -> None:
    if not dispute.is_open:
        raise WrongState(_("该纠纷已经办结，无需催办。"))
    if not recipients:
        raise WrongState(_("目前轮到您自己办理，或承办岗位无人任职，没有可以催办的人。"))
    today = start_of_day(shanghai_date(now))
    if TrailEntry.objects.filter(dispute=dispute, step="reminded", at__gte=today).exists():
        raise WrongState(_("今天已经催办过。"))


def _each(numbers: Sequence[str], take: Callable[[str], str]) -> list[RowResult]:
    """A row that cannot be done says why and keeps no other from being done."""
    if len(numbers) > MOST:
        raise InvalidInput({"__all__": [_("一次最多办理 100 件，请分批选择。")]})
    results = []
    for number in dict.fromkeys(numbers):
        try:
            results.append(RowResult(number, True, take(number)))
        except DomainError as error:
            results.append(RowResult(number, False, str(error)))
    return results
