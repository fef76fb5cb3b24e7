"""The warning level beside a row of any list: one answer for the homes, meetings, notices, twins and bulk steps."""

from __future__ import annotations

from collections.abc import Sequence

from core.actor import Actor
from disputes.choices import LEVEL_LABELS
from disputes.disclosure import disclosures
from disputes.models import Dispute
from disputes.selectors.as_of import levels_then

NEEDED = ("unit", "warning_level", "confidentiality")  # a column left out is read once for each row


def shown_levels(disputes: Sequence[Dispute], by: Actor) -> dict[int, int | None]:
    """Level by id, 0 for none, None where the reader may not know it: a unit that is a party never does, and who gave
    the case back reads the one of the time. Two queries at most; needs the columns NEEDED of each row."""
    if not disputes:
        return {}
    shown = disclosures(by, disputes)
    then = levels_then(disputes, shown)
    return {row.pk: then.get(row.pk, row.warning_level) if shown[row.pk].level else None for row in disputes}


def level_words(level: int | None) -> str:
    """一级, 二级, 三级; empty where there is none."""
    return str(LEVEL_LABELS.get(level or 0, ""))
