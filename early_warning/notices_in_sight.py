"""Notices of escalations their reader must keep out of by now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.actor import Actor
from disputes.notices_in_sight import kept_out
from early_warning.models import Escalation
from notifications.models import Notice

OF_ESCALATION = re.compile(r"^/warnings/escalations/([0-9]{1,18})/")


def hidden(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """Every one of them tells a level; three queries."""
    found = {notice.pk: OF_ESCALATION.match(notice.url) for notice in notices}
    rows = {pk: int(match[1]) for pk, match in found.items() if match}
    if not rows:
        return set()
    numbers = dict(Escalation.objects.filter(pk__in=set(rows.values())).values_list("pk", "dispute__number"))
    barred, party = kept_out(by, set(numbers.values()))
    return {pk for pk, row in rows.items() if numbers.get(row) in barred | party}
