"""Notices of escalations their reader must keep out of by now, or may not open any more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.actor import Actor
from disputes.notices_in_sight import closed_to, kept_out
from early_warning.models import Escalation
from notifications.models import Notice

OF_ESCALATION = re.compile(r"^/warnings/escalations/([0-9]{1,18})/")


def hidden(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """Every one of them tells a level; three queries."""
    numbers = _numbers_of(notices)
    barred, party = kept_out(by, set(numbers.values()))
    return {pk for pk, number in numbers.items() if number in barred | party}


def out_of_sight(by: Actor, notices: Sequence[Notice]) -> set[int]:
    """Those that lead to a step of a dispute they do not see, or whose level is not for them; four queries."""
    numbers = _numbers_of(notices)
    asked = set(numbers.values())
    _barred, party = kept_out(by, asked)
    closed = closed_to(by, asked) | party
    return {pk for pk, number in numbers.items() if number in closed}


def _numbers_of(notices: Sequence[Notice]) -> dict[int, str]:
    found = {notice.pk: OF_ESCALATION.match(notice.url) for notice in notices}
    rows = {pk: int(match[1]) for pk, match in found.items() if match}
    if not rows:
        return {}
    numbers = dict(Escalation.objects.filter(pk__in=set(rows.values())).values_list("pk", "dispute__number"))
    return {pk: numbers[row] for pk, row in rows.items() if row in numbers}
