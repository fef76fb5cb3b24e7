"""Which lawful limit the mediation of a dispute has in the hands it lies in now, and whether its clock runs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from calendars.models import Deadline
from calendars.presenters import reason_words
from core.clock import shanghai_date
from disputes.choices import SUBJECT, DeadlineKind, Status
from disputes.lawful_regimes import regime_of
from disputes.models import Dispute
from disputes.rules import lawful_mediation as rules


def running_by_law(dispute: Dispute) -> Deadline | None:
    """The resolve clock, if it runs by one of these limits."""
    rows = Deadline.objects.of(SUBJECT, dispute.pk).unmet().filter(kind=DeadlineKind.RESOLVE)
    return next((row for row in rows if row.rule.get("key") in rules.REGIMES), None)


def waits_for_its_start(dispute: Dispute) -> bool:
    """The police have it and nobody has stated from when the law counts."""
    in_hand = dispute.status in (Status.ASSIGNED, Status.IN_PROGRESS)
    return in_hand and regime_of(dispute) is rules.POLICE and running_by_law(dispute) is None


def not_started(dispute: Dispute) -> str:
    """One sentence for the page; empty where nothing waits."""
    if not waits_for_its_start(dispute):
        return ""
    return _(
        "公安机关调解期限尚未起算：自办理丧葬事宜结束、治疗终结、定残或者损失确定之日起算，请承办单位登记。"
        "在此之前按一般化解时限办理。"
    )


def api_of(dispute: Dispute) -> dict[str, Any] | None:
    """For the API: the limit of the law, and from when it counts; null `started_on` while it has not begun."""
    regime = regime_of(dispute)
    if regime is None:
        return None
    row = running_by_law(dispute)
    return {
        "rule": regime.rule_key,
        "started_on": shanghai_date(row.starts_at).isoformat() if row else None,
        "explanation": reason_words(row.rule.get("why", "")) if row else not_started(dispute),
    }
