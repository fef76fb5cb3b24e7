"""What the policy's pages show: versions, one version's rows in words, and what a trial run found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from classifier.choices import PolicyState
from classifier.models import ReplayRow, ReplayRun, WarningPolicy
from classifier.rules import PolicyFault, check, policy_rows
from classifier.selectors.policy import row_in_force
from classifier.wording import (
    FIELDS,
    KINDS,
    LEVELS,
    PEOPLE,
    REACHES,
    SECTIONS,
    TABLE_ROWS,
    TOGETHER,
    fault_words,
    label_of,
)
from core.actor import Actor
from core.errors import NotFound
from disputes.choices import LEVEL_LABELS
from disputes.models import Dispute
from disputes.selectors import stubs
from disputes.selectors.filters import without_hidden_levels

PAGE = 50
WITH = ("created_by__user", "proposed_by__user", "published_by__user")
TONES = {
    PolicyState.DRAFT: "neutral",
    PolicyState.PROPOSED: "warn",
    PolicyState.PUBLISHED: "info",
    PolicyState.WITHDRAWN: "neutral",
}
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Version:
    """A version in the list; `in_force` for the one that reads now, `to_come` for a published later one."""

    row: WarningPolicy
    label: str
    tone: str
    in_force: bool


@dataclass(frozen=True)
class ShownRow:
    """One row of a section: its name, what it means in a line, and its lines in full."""

    id: str
    label: str
    level: int
    danger: bool
    facts: list[str]
    lines: list[str]

    @property
    def level_label(self) -> str:
        return level_name(self.level)


@dataclass(frozen=True)
class ShownChange:
    section: str
    label: str
    kind: str
    edits: list[tuple[str, tuple[str, ...], tuple[str, ...]]]


def versions(now: datetime) -> list[Version]:
    """Newest first, without the documents; two queries."""
    current = row_in_force(now)
    rows = WarningPolicy.objects.defer("document").select_related(*WITH)
    return [_version(row, current, now) for row in rows]


def _version(row: WarningPolicy, current: WarningPolicy | None, now: datetime) -> Version:
    in_force = current is not None and row.pk == current.pk
    if in_force:
        return Version(row, _("现行"), "good", True)
    label = str(row.get_state_display())
    if row.state == PolicyState.PUBLISHED:
        later = row.effective_from is not None and row.effective_from > now
        label = _("待生效") if later else _("已被取代")
    return Version(row, label, TONES[PolicyState(row.state)], False)


def version_of(number: int) -> WarningPolicy:
    row = WarningPolicy.objects.select_related(*WITH).filter(version=number).first()
    if row is None:
        raise NotFound(_("没有这个版本。"))
    return row


def faults_of(row: WarningPolicy) -> tuple[str, ...]:
    """What keeps a version from being used, in words; checked once for each change of it."""
    return tuple(fault_words(fault, row.document) for fault in _faults(row.pk, row.revision))


@lru_cache(maxsize=32)
def _faults(policy_id: int, _revision: int) -> tuple[PolicyFault, ...]:
    return tuple(check(WarningPolicy.objects.values_list("document", flat=True).get(pk=policy_id)))


def rows_of(document: Document, section: str) -> list[ShownRow]:
    """The rows of one section in words."""
    if section == "thresholds":
        return [
            ShownRow(name, str(TABLE_ROWS[name]), 0, False, [_("%s 人") % value], [])
            for name, value in document["thresholds"].items()
        ]
    if section in policy_rows.TABLES:
        return [
            ShownRow(name, str(TABLE_ROWS.get(name, name)), 0, False, [_("%d 个") % len(lines)], lines)
            for name, lines in document[section].items()
        ]
    return [SHOWN[section](document, row) for row in document[section]]


def _indicator(_document: Document, row: dict[str, Any]) -> ShownRow:
    facts = [_("%d 种说法") % len(row.get("patterns", ()))]
    facts += [str(FIELDS["ongoing"])] if row.get("ongoing") else []
    return _shown(row, facts, row.get("patterns", []))


def _trap(document: Document, row: dict[str, Any]) -> ShownRow:
    facts = [str(REACHES.get(row.get("reach", ""), ""))]
    facts += [
        f"{FIELDS[field]}：{_names(document, row[field])}" for field in ("only", "spares") if row.get(field)
    ]
    if row.get("needs"):
        facts.append(_("须同时有：%s") % label_of(document, row["needs"]))
    return _shown(row, facts, row.get("patterns", []))


def _rule(document: Document, row: dict[str, Any]) -> ShownRow:
    facts = [_needed(document, row.get("needs", ())), str(PEOPLE.get(row.get("people", ""), ""))]
    if row.get("together"):
        facts.append(_("须在%s") % TOGETHER.get(row["together"], ""))
    return _shown(row, facts, [])


def _needed(document: Document, needs: Sequence[list[str]]) -> str:
    """All of the requirements, each with its alternatives; in brackets where one could read them the other way."""
    words = [_names(document, alternatives, _("或")) for alternatives in needs]
    if len(needs) > 1:
        words = [f"（{each}）" if len(ids) > 1 else each for each, ids in zip(words, needs, strict=True)]
    return f" {_('并且')} ".join(words)


SHOWN = {"indicators": _indicator, "traps": _trap, "rules": _rule}


def _shown(row: dict[str, Any], facts: list[str], lines: list[str]) -> ShownRow:
    noted = [*facts, row["note"]] if row.get("note") else facts
    label = str(row.get("label") or row.get("id", ""))
    level = row.get("level", 0)
    danger = bool(row.get("danger"))
    return ShownRow(str(row.get("id", "")), label, level, danger, [fact for fact in noted if fact], lines)


def _names(document: Document, ids: list[str], joined: str = "") -> str:
    return (f" {joined} " if joined else "、").join(f"“{label_of(document, row_id)}”" for row_id in ids)


def changes_between(before: Document, after: Document) -> list[ShownChange]:
    return [
        ShownChange(
            str(SECTIONS[change.section]),
            str(TABLE_ROWS.get(change.id, change.label)),
            str(KINDS[change.kind]),
            [(str(FIELDS.get(edit.field, edit.field)), edit.removed, edit.added) for edit in change.edits],
        )
        for change in policy_rows.changes(dict(before), dict(after))
    ]


@dataclass(frozen=True)
class ReplayPage:
    """Rows of a trial run as far as their reader may see the disputes; keyset by dispute id."""

    rows: list[dict[str, Any]]
    next: int | None
    hidden: bool  # the reader sees no disputes at all


def replay_page(run: ReplayRun, by: Actor, *, before: int | None) -> ReplayPage:
    visible = without_hidden_levels(Dispute.objects.listed_to(by), by)
    rows = ReplayRow.objects.filter(run=run, dispute__in=visible).select_related("dispute")
    if before is not None:
        rows = rows.filter(dispute_id__lt=before)
    found = list(rows.only(*REPLAY_FIELDS).order_by("-dispute_id")[: PAGE + 1])
    shown, more = found[:PAGE], len(found) > PAGE
    for row, told in zip(shown, stubs.readable([row.dispute for row in shown], by), strict=True):
        row.dispute = told  # for reading
    return ReplayPage(
        [_replay_row(row) for row in shown], shown[-1].dispute_id if more else None, not by.scope
    )


REPLAY_FIELDS = (
    "run_id",
    "level_now",
    "level_then",
    "danger_now",
    "danger_then",
    "happening_now",
    "happening_then",
    "rule_then",
    "dispute__number",
    "dispute__title",
    "dispute__confidentiality",
)


def _replay_row(row: ReplayRow) -> dict[str, Any]:
    return {
        "number": row.dispute.number,
        "shown_number": row.dispute.display_number,
        "title": row.dispute.title,
        "level_now": row.level_now,
        "level_then": row.level_then,
        "label_now": LEVEL_LABELS.get(row.level_now, ""),
        "label_then": LEVEL_LABELS.get(row.level_then, ""),
        "danger_now": row.danger_now,
        "danger_then": row.danger_then,
        "happening_now": row.happening_now,
        "happening_then": row.happening_then,
    }


def level_name(level: int) -> str:
    return str(LEVELS[str(level)]) if level else _("不预警")
