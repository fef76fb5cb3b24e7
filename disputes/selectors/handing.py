"""What was asked of whoever handles a dispute now, by the county or the town that gave it to them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.components import sh_time
from disputes.models import Dispute, TrailEntry
from disputes.rules.lifecycle import REGISTERED
from disputes.selectors.actors_shown import shown_actor

ORDERS = ("hand_down", "pass_to")
Row = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """交办、转交: who gave it, what they asked, by when, and who has the last word."""

    title: str
    rows: list[Row]


def order_of(dispute: Dispute, entries: Sequence[TrailEntry]) -> Order | None:
    """The county's order while it lasts, or the passing on to the town that still has it; what a town asked of its unit
    stands with who is responsible. `entries` as disclosed, oldest first, their texts prefetched: no query."""
    given = [(row, json.loads(row.payload)["data"]) for row in entries if row.step in ORDERS]
    holding = [(row, data) for row, data in given if _holds(dispute, data)][-1:]
    if not holding:
        return None
    rows = [line for row, _data in holding for line in _lines(row)]
    if dispute.handed_down_by is not None:
        rows += [
            (_("县级要求办结"), sh_time(dispute.county_due_at)),
            (_("办理结果"), _("由%s审结") % dispute.handed_down_by),
        ]
    title = _("县级交办") if dispute.handed_down_by is not None else _("转交")
    return Order(title, [{"term": term, "value": value} for term, value in rows if value])


def _holds(dispute: Dispute, data: dict[str, Any]) -> bool:
    """An order to another centre than the one that has it now is past."""
    return not data.get("lead_unit") and bool(dispute.managing_org.code == data.get("managing"))


def _lines(row: TrailEntry) -> list[tuple[str, str]]:
    said = {text.name: text.text for text in row.texts.all()}
    given = _("转交") if row.step == "pass_to" else _("交办")
    return [(given, f"{shown_actor(row)} {sh_time(row.at)}"), (_("拟办意见"), said.get("instruction", ""))]


def came_to_the_wrong_window(dispute: Dispute) -> bool:
    """Registered in one town, happened in another: then passing it on is what moves it."""
    town = dispute.town_id
    return town is not None and dispute.status == REGISTERED and town != dispute.managing_org.place_id
