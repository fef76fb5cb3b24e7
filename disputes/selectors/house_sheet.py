"""What a paper between units is built from: the entry of the trail that gave occasion to it, and what stands around
it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.clock import SHANGHAI
from disputes.models import Dispute, TrailEntry
from disputes.rules import papers as rules
from disputes.rules.papers import For, PaperKind
from disputes.selectors.masked import mask_all, names_of
from disputes.selectors.paper_parts import Rows, by_when
from jurisdictions.models import Organization

Data = dict[str, Any]
GIVEN = ("assign", "transfer")


@dataclass(frozen=True)
class Occasion:
    """An entry that gave occasion to a paper, by its number in the trail."""

    kind: PaperKind
    seq: int
    at: datetime

    @property
    def day(self) -> str:
        return f"{self.at.astimezone(SHANGHAI):%Y-%m-%d}"


def occasions(entries: Iterable[TrailEntry]) -> list[Occasion]:
    """What may be printed by now, the latest of each kind first."""
    house = [kind for kind in rules.PAPERS.values() if kind.whom is For.HOUSE]
    rows = sorted(entries, key=lambda row: -row.seq)
    on_spot = next(
        (row.seq for row in rows if row.step == "settle_on_spot"), 0
    )  # nobody was given it until then
    return [
        Occasion(kind, row.seq, row.at)
        for kind in house
        for row in rows
        if rules.gives_occasion(kind, row.step, row.status_to)
        and (row.seq > on_spot or row.step not in GIVEN)
    ]


@dataclass(frozen=True)
class Sheet:
    """What one paper is built from: the entry it is about, and the whole trail with its texts, oldest first."""

    dispute: Dispute
    entry: TrailEntry
    trail: Sequence[TrailEntry]
    issuer: Organization
    number: str
    now: datetime
    names: list[str]

    @property
    def data(self) -> Data:
        return data_of(self.entry)

    def text(self, entry: TrailEntry | None, name: str) -> str:
        """Words of an entry, masked; empty where there are none or they were erased."""
        if entry is None:
            return ""
        found = next((row.text for row in entry.texts.all() if row.name == name), "")
        return mask_all(found, self.names)

    def after(self, *steps: str) -> TrailEntry | None:
        """The first entry of these steps after the one it is about: what was decided upon it."""
        return next((row for row in self.trail if row.seq > self.entry.seq and row.step in steps), None)

    def until_next(self, *steps: str) -> TrailEntry | None:
        """The last entry of these steps before the unit reported once more: what followed this result, not another."""
        again = self.after(self.entry.step)
        rows = [
            row for row in self.trail if row.seq > self.entry.seq and (again is None or row.seq < again.seq)
        ]
        return next((row for row in reversed(rows) if row.step in steps), None)

    def last(self, *steps: str) -> TrailEntry | None:
        return next((row for row in reversed(self.trail) if row.step in steps), None)

    def due_then(self) -> str:
        """化解时限 as it stood when the paper arose."""
        found = ""
        for row in self.trail:
            if row.seq <= self.entry.seq and row.step != "take_back":
                found = str(data_of(row).get("resolve_by") or found)
        moment = parse_datetime(found) if "T" in found else None
        return by_when(moment).removesuffix(_("前")) if moment else found


def data_of(entry: TrailEntry) -> Data:
    found: Data = json.loads(entry.payload)["data"]
    return found


def sheet_of(
    dispute: Dispute,
    entry: TrailEntry,
    *,
    trail: Sequence[TrailEntry],
    issuer: Organization,
    number: str,
    now: datetime,
) -> Sheet:
    return Sheet(dispute, entry, trail, issuer, number, now, names_of(dispute))


@dataclass(frozen=True)
class Texts:
    """`recipient` empty: a form for the file, addressed to nobody."""

    rows: Rows
    boxes: Rows
    signatures: list[str]
    recipient: str = ""
    paragraphs: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    copied: tuple[object, ...] = ()  # 抄送
