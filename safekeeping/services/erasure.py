"""Erasure by dated rule or on request (个人信息保护法 art. 19, 47): texts, names and files go, the chain stays whole.

The trail keeps ids, codes and hashes. Without its salt a hash tells nothing; verification then says that the
text is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.clock import end_of_day, shanghai_date, start_of_day
from core.transactions import retried
from disputes import public
from disputes.errors import InvalidInput, WrongState
from disputes.models import Assignment, Attachment, Dispute, EntryText, Party, StepRequest
from disputes.rules import lifecycle
from safekeeping.models import RetentionRule

STEP = "texts_erased"
ERASED_TITLE = "（已按期删除）"  # stored, so one language
BATCH = 200
KEPT_STATES = (lifecycle.ARCHIVED, lifecycle.CLOSED)
_above: list[Callable[[Dispute], None]] = []


def register(erase: Callable[[Dispute], None]) -> None:
    """An upper app whose rows hold texts about a dispute says so when it is wired: `erase` empties them."""
    _above.append(erase)


def erase_due(*, now: datetime) -> int:
    """Erases every archived dispute whose period is over; how many. Each in its own transaction."""
    by, today, done = Actor.system("erasure"), shanghai_date(now), 0
    for rule in RetentionRule.objects.filter(effective_from__lte=today):
        for dispute_id in _due(rule, today):
            done += _erase_by_rule(dispute_id=dispute_id, rule=rule, by=by, now=now)
    return done


@retried
def erase_on_request(*, number: str, reason: str, by: Actor, now: datetime) -> Dispute:
    """A person asked for it and the county agrees. Only closed disputes; the reason stays in the trail."""
    require(by, Permission.VERIFY_LEDGER)
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明删除依据。")]})
    dispute: Dispute = Dispute.objects.lock_visible(by, number=number)
    if dispute.status not in KEPT_STATES:
        raise WrongState(_("只有已销号或已归档的纠纷才能删除文本。"))
    _erase(dispute, {"on_request": True}, reason=reason, by=by, now=now)
    return dispute


def _due(rule: RetentionRule, today: date) -> list[int]:
    """Archived under this rule and past its years. The rule in force on the day of closing decides."""
    rows = Dispute.objects.filter(
        status=lifecycle.ARCHIVED,
        closed_at__lte=end_of_day(_years_before(today, rule.years)),
        closed_at__gte=start_of_day(rule.effective_from),
    ).exclude(title=ERASED_TITLE)
    if rule.effective_to is not None:
        rows = rows.filter(closed_at__lte=end_of_day(rule.effective_to))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _erase_by_rule(*, dispute_id: int, rule: RetentionRule, by: Actor, now: datetime) -> int:
    rows = Dispute.objects.filter(pk=dispute_id, status=lifecycle.ARCHIVED).exclude(title=ERASED_TITLE)
    dispute = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if dispute is None:
        return 0
    _erase(dispute, {"rule": rule.pk, "years": rule.years, "source": rule.source}, by=by, now=now)
    return 1


def _erase(dispute: Dispute, why: Mapping[str, Any], *, reason: str = "", by: Actor, now: datetime) -> None:
    texts = EntryText.objects.filter(entry__dispute=dispute, erased_at=None)
    counts = {
        "texts": texts.update(text="", salt="", erased_at=now),
        "parties": Party.objects.filter(dispute=dispute).update(
            name="", name_hash="", id_number="", id_hash="", phone="", phone_hash="", address=""
        ),
        "attachments": Attachment.objects.filter(dispute=dispute).delete()[0],
    }
    Assignment.objects.filter(dispute=dispute).update(instruction="")
    StepRequest.objects.filter(dispute=dispute).update(reason="")
    for erase_above in _above:
        erase_above(dispute)
    with public.working_on(dispute, by=by, now=now) as work:
        dispute.title, dispute.narrative, dispute.search = ERASED_TITLE, "", None
        dispute.result_summary = dispute.danger_told = dispute.query_code_hash = ""
        work.record(STEP, data={**why, **counts}, texts={"reason": reason})


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
