"""The state of warnings now, within the reader's sight: how many disputes at each level, how many nobody answers
and since when, how many with danger to life. Every number leads to its rows; it counts disputes, never people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.wording import shanghai
from disputes.choices import LEVEL_LABELS
from disputes.disclosure import known_now
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet, LevelTold
from disputes.selectors.ledger_query import address
from early_warning.choices import Level
from early_warning.selectors import board
from early_warning.selectors.board import Unanswered, duration_words


@dataclass(frozen=True)
class WarningFigure:
    """One number and the address of exactly the rows it counts; a `level` is shown as its pill."""

    label: str
    value: int
    url: str
    tone: str = ""
    note: str = ""
    level: int = 0


def warning_figures(by: Actor, now: datetime, known: DisputeQuerySet | None = None) -> list[WarningFigure]:
    """Danger, levels 1 to 3, unanswered, told to the last leader; three queries, two where `known` is at hand: what
    the reader sees as it is now."""
    known = known_now(Dispute.objects.listed_to(by), by) if known is None else known
    danger, at_level = _counted(known.open().order_by(), by)
    query = {"danger": "true", "status": "open"}
    return [
        WarningFigure(_("人身危险"), danger, address(query), "bad" if danger else ""),
        *(_of_level(one, at_level[one]) for one in Level),
        *_answers(board.unanswered(by, known), now),
    ]


def _counted(known: DisputeQuerySet, by: Actor) -> tuple[int, Counter[int]]:
    """How many are in danger, and how many at each level that is told to the reader."""
    units = by.scope.units if by.scope else ()
    either = known.filter(Q(danger=True) | Q(warning_level__gt=0)).annotate(told=LevelTold(units))
    danger, at_level = 0, Counter[int]()
    for in_danger, level, told, number in either.values_list("danger", "warning_level", "told").annotate(
        n=Count("pk")
    ):
        danger += number if in_danger else 0
        at_level[level] += number if told else 0
    return danger, at_level


def _of_level(level: int, number: int) -> WarningFigure:
    query = {"level": str(level), "status": "open"}
    return WarningFigure(str(LEVEL_LABELS[level]), number, address(query), level=level)


def _answers(found: Unanswered, now: datetime) -> list[WarningFigure]:
    here = reverse("early_warning:board")
    since = ""
    if found.since is not None:
        said = {"at": shanghai(found.since), "span": duration_words(now - found.since)}
        since = _("最早的自 %(at)s 起，已 %(span)s") % said
    return [
        WarningFigure(_("等待知悉"), found.number, f"{here}?show=unacknowledged#list", note=since),
        WarningFigure(
            _("报到最后一级"), found.at_end, f"{here}?show=end#list", "bad" if found.at_end else ""
        ),
    ]
