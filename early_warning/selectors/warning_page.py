"""The warning page of a dispute: its chains, what waits for consent or a check, the incident record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.actor import Actor
from core.templatetags.components import sh_time
from disputes import presenters
from disputes.models import Dispute
from disputes.wording_danger import told_or_not
from early_warning import rights
from early_warning.choices import ChangeKind, IncidentKind
from early_warning.models import DisputeWarning, Escalation, IncidentRecord, LevelRequest
from early_warning.rights import offered_levels
from early_warning.selectors.chain_timeline import Chain, chains_of
from early_warning.selectors.escalation import history_of, waits_for_check
from early_warning.selectors.evidence import Passage, passages_of, rule_of
from early_warning.selectors.level_states import LevelState, level_state
from early_warning.wording_screens import (
    BREAKS_OUT,
    CHANGE_ICONS,
    CHANGES,
    CONFIRMS_NONE,
    level_label,
    people,
)

WITH = ("reading__policy", "confirmed_by__user", "confirmed_by__post__organization", "opened_by__user")
INCIDENT_ICONS = {
    IncidentKind.ON_SCENE: ("person-check", "accent"),
    IncidentKind.ORDER: ("pen", "warn"),
    IncidentKind.REPORT: ("chat-left-text", "neutral"),
    IncidentKind.ENDED: ("flag", "good"),
}


@dataclass(frozen=True)
class Change:
    """A button of the one who grades."""

    kind: str
    label: str
    icon: str


@dataclass(frozen=True)
class Request:
    """A change that waits for somebody's consent."""

    row: LevelRequest
    words: str
    may_decide: bool


@dataclass(frozen=True)
class Waiting:
    """A step whose result waits for the coordinator's check."""

    row: Escalation
    may_check: bool


@dataclass(frozen=True)
class WarningPage:
    dispute: Dispute
    warning: DisputeWarning | None
    chains: list[Chain]
    facts: list[dict[str, Any]]
    evidence: list[Passage]
    changes: list[Change]
    request: Request | None
    checks: list[Waiting]
    incident: list[presenters.Entry]
    may_record: bool
    state: LevelState | None  # where no warning is open: whether somebody found that none is needed
    history: list[presenters.Entry]

    @property
    def level_label(self) -> str:
        return level_label(self.warning.level) if self.warning else ""

    @property
    def is_open(self) -> bool:
        return self.warning is not None and self.warning.is_open

    @property
    def shows_incident(self) -> bool:
        return self.warning is not None and (self.warning.happening or bool(self.incident))


def current_warning(dispute: Dispute) -> DisputeWarning | None:
    """The open one, else the last that was lifted."""
    return DisputeWarning.objects.filter(dispute=dispute).select_related(*WITH).order_by("-opened_at").first()


def warning_page(dispute: Dispute, by: Actor, now: datetime) -> WarningPage:
    """A fixed number of queries, whatever the number of chains and entries."""
    warning = current_warning(dispute)
    state = None if warning is not None and warning.is_open else level_state(dispute)
    chains = chains_of(warning, dispute.category.hot_field, now) if warning else []
    told = [row for chain in chains for row in chain.told]
    incident = _incident(warning)
    may_grade = rights.may_grade(by, dispute)
    return WarningPage(
        dispute=dispute,
        warning=warning,
        chains=chains,
        facts=_facts(dispute, warning, state),
        evidence=passages_of(warning.reading, dispute) if warning else [],
        changes=changes_of(warning, state if dispute.is_open else None) if may_grade else [],
        request=pending_request(warning, by),
        checks=[Waiting(row, rights.may_check(by, row)) for row in told if waits_for_check(row)],
        incident=[_entry(row) for row in incident],
        may_record=_may_record(warning, told, incident, by, may_grade=may_grade),
        state=state,
        history=history_of(dispute),
    )


def changes_of(warning: DisputeWarning | None, state: LevelState | None = None) -> list[Change]:
    """What the level can be changed to now; a change that waits for consent keeps the others away."""
    if warning is None or not warning.is_open:
        asked = state is not None and not (state.confirmed or state.proposed)
        none = [_change(ChangeKind.CONFIRM, *CONFIRMS_NONE)] if asked else []
        return [*none, _change(ChangeKind.RAISE, _("提出预警"))]
    if warning.requests.filter(granted=None).exists():
        return []
    kinds: list[ChangeKind] = [ChangeKind.CONFIRM] if warning.state == "unconfirmed" else []
    kinds += [kind for kind in (ChangeKind.RAISE, ChangeKind.LOWER) if offered_levels(kind, warning.level)]
    changes = [_change(kind) for kind in (*kinds, ChangeKind.LIFT)]
    return [_change(ChangeKind.CONFIRM, *BREAKS_OUT), *changes] if may_break_out(warning) else changes


def may_break_out(warning: DisputeWarning) -> bool:
    """A confirmed level 1 that was no event so far may become one (§10)."""
    return warning.level == 1 and warning.state == "confirmed" and not warning.happening


def _change(kind: str, label: Any = "", icon: str = "") -> Change:
    return Change(kind, str(label or CHANGES[kind]), icon or CHANGE_ICONS[kind])


def pending_request(warning: DisputeWarning | None, by: Actor) -> Request | None:
    if warning is None:
        return None
    rows = warning.requests.filter(granted=None).select_related("asked_by__user", "consent_of__organization")
    row = rows.first()
    return Request(row, request_words(row), rights.may_consent(by, row)) if row else None


def request_words(row: LevelRequest) -> str:
    """What is asked, of whom, in one sentence."""
    target = level_label(row.level_to) or _("解除预警")
    return _("由%(before)s改为%(after)s，须经%(post)s同意") % {
        "before": level_label(row.level_from),
        "after": target,
        "post": row.consent_of,
    }


def _facts(
    dispute: Dispute, warning: DisputeWarning | None, state: LevelState | None
) -> list[dict[str, Any]]:
    rows: list[tuple[Any, Any]] = [
        (_("发生地"), dispute.place_name),
        (_("类别"), dispute.category.label),
        (_("涉及人数"), people(dispute.people_count)),
        *([(_("人身危险已报告"), told_or_not(dispute))] if dispute.danger else []),
        (_("责任领导"), dispute.responsible_leader),
        (_("责任单位"), dispute.lead_unit or _("未分流")),
    ]
    if warning is not None:
        rows.append((_("预警时间"), sh_time(warning.opened_at)))
        rows += [(_("研判依据"), rule)] if (rule := rule_of(warning.reading)) else []
        if warning.confirmed_by:
            rows.append((_("核定"), f"{warning.confirmed_by} {sh_time(warning.confirmed_at)}"))
        if warning.lifted_at:
            rows.append((_("解除"), sh_time(warning.lifted_at)))
    if state is not None and (dispute.is_open or state.confirmed):
        rows.append((_("预警"), state.words))
    return [{"term": term, "value": value} for term, value in rows]


def _incident(warning: DisputeWarning | None) -> list[IncidentRecord]:
    if warning is None:
        return []
    rows = IncidentRecord.objects.filter(warning=warning)
    return list(rows.select_related("recorded_by__user", "recorded_by__post__organization"))


def _entry(row: IncidentRecord) -> presenters.Entry:
    icon, tone = INCIDENT_ICONS[IncidentKind(row.kind)]
    title = _("%(kind)s：%(who)s") % {"kind": row.get_kind_display(), "who": row.who} if row.who else None
    return presenters.Entry(
        at=row.happened_at,
        title=title or str(row.get_kind_display()),
        by="",
        text=row.text,
        note=_("%(by)s 于 %(at)s 记录") % {"by": row.recorded_by, "at": sh_time(row.recorded_at)},
        icon=icon,
        tone=tone,
    )


def _may_record(
    warning: DisputeWarning | None,
    told: list[Escalation],
    incident: list[IncidentRecord],
    by: Actor,
    *,
    may_grade: bool,
) -> bool:
    """Whoever was told of the event, or grades it, writes its record until it ends."""
    if warning is None or not warning.happening or not warning.is_open:
        return False
    if any(row.kind == IncidentKind.ENDED for row in incident):
        return False
    return may_grade or any(row.addressee_id == by.user_id for row in told)
