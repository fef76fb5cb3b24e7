"""The page of one escalation, as far as its reader may see the dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from calendars.models import Deadline
from core.actor import Actor
from core.templatetags.components import sh_time
from core.wording import with_aside
from disputes import presenters
from disputes.choices import DeadlineKind
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.services import clocks
from disputes.wording_danger import told_or_not
from early_warning import rights
from early_warning.choices import Outcome
from early_warning.errors import NotFound
from early_warning.models import DisputeWarning, Escalation, Instruction
from early_warning.selectors.chain_timeline import Chain, chains_of, seat_words, who
from early_warning.selectors.evidence import Passage, passages_of
from early_warning.selectors.queue import Call, call_of
from early_warning.wording_screens import level_label, people

HISTORY = 40
HISTORY_STEPS = ("warning", "escalation", "level")
DISPUTE_WITH = (
    "town",
    "place",
    "category",
    "book",
    "lead_unit",
    "managing_org__place",
    "responsible_person__user",
    "responsible_person__post__organization",
    "responsible_leader__organization",
    "unit",
)
WITH = ("warning__reading__policy", "town", "post__organization", "organization", "holder__user", "addressee")


@dataclass(frozen=True)
class EscalationPage:
    escalation: Escalation
    dispute: Dispute
    chain: Chain | None
    facts: list[dict[str, Any]]
    evidence: list[Passage]
    instructions: list[Instruction]
    history: list[presenters.Entry]
    call: Call | None
    may_answer: bool
    may_check: bool
    may_set_resolve_by: bool

    @property
    def warning(self) -> DisputeWarning:
        return self.escalation.warning

    @property
    def level_label(self) -> str:
        return level_label(self.escalation.level)

    @property
    def who(self) -> str:
        return who(self.escalation)

    @property
    def next_told(self) -> str:
        """Who is told next if nothing happens, in one sentence; empty when this step is over."""
        return next_told(self.escalation, self.chain) if self.escalation.is_open else ""


def seen_dispute(number: str, by: Actor | None) -> Dispute:
    """The dispute, if the actor sees it and its level. A unit that is a party meets a 404, as for one that is not."""
    rows = Dispute.objects.visible_to(by).select_related(*DISPUTE_WITH).defer("search")
    return _with_level(rows.filter(number=number).first(), by)


def _with_level(dispute: Dispute | None, by: Actor | None) -> Dispute:
    if dispute is not None and by is not None:
        shown = disclosure(by, dispute)
        if shown.level and shown.trail_until is None:
            return dispute
    raise NotFound(_("没有找到这件预警，或您无权查看。"))


def seen_escalation(escalation_id: int, by: Actor | None) -> tuple[Escalation, Dispute]:
    row = Escalation.objects.select_related(*WITH).filter(pk=escalation_id).first()
    if row is None:
        raise NotFound(_("没有找到这件预警，或您无权查看。"))
    disputes = Dispute.objects.visible_to(by).select_related(*DISPUTE_WITH).defer("search")
    return row, _with_level(disputes.filter(pk=row.dispute_id).first(), by)


def goes_on_as(escalation_id: int, by: Actor | None) -> int | None:
    """The open row of the same person on the case a dispute was merged into; what an earlier notice leads to."""
    ended = Escalation.objects.filter(
        pk=escalation_id, outcome=Outcome.SUPERSEDED, dispute__survivor__isnull=False
    )
    survivor = ended.values_list("dispute__survivor", flat=True).first()
    if survivor is None or by is None:
        return None
    rows = Escalation.objects.filter(dispute=survivor, addressee=by.user_id, ended_at=None)
    return rows.order_by("parallel", "pk").values_list("pk", flat=True).first()


def escalation_page(escalation_id: int, by: Actor, now: datetime) -> EscalationPage:
    row, dispute = seen_escalation(escalation_id, by)
    may_answer, resolve = (
        row.is_open and rights.may_answer(by, row),
        clocks.running(dispute, DeadlineKind.RESOLVE),
    )
    return EscalationPage(
        escalation=row,
        dispute=dispute,
        chain=chain_of(row, dispute, now),
        facts=facts_of(row, dispute, resolve),
        evidence=passages_of(row.warning.reading, dispute),
        instructions=list(row.instructions.select_related("given_by")),
        history=history_of(dispute),
        call=call_of(dispute),
        may_answer=may_answer,
        may_check=waits_for_check(row) and rights.may_check(by, row),
        may_set_resolve_by=may_answer and resolve is not None and not dispute.suspended,
    )


def waits_for_check(row: Escalation) -> bool:
    return row.outcome == Outcome.RISK_REMOVED and row.checked_at is None


def chain_of(row: Escalation, dispute: Dispute, now: datetime) -> Chain | None:
    """The chain the row stands in, when it belongs to the warning's present round."""
    chains = chains_of(row.warning, dispute.category.hot_field, now)
    return next((chain for chain in chains if any(told.pk == row.pk for told in chain.told)), None)


def next_told(row: Escalation, chain: Chain | None) -> str:
    """Exactly who is told next, for the page and for the confirmation of 处理未果."""
    if row.parallel:
        return _("这是同时报告的一路，不逐级上报；没有结果的，报告县综治中心。")
    following = chain.next if chain else None
    if following is not None:
        return _("下一级：%s") % seat_words(following)
    return _("已是最后一级：再上报时报告县综治中心。")


def after_no_result(row: Escalation, chain: Chain | None) -> str:
    following = chain.next if chain and not row.parallel else None
    if following is not None:
        return _("提交后立即报告%s，并记入流转记录，不能撤回。") % seat_words(following)
    return _("链条上没有下一级可报。提交后报告县综治中心，并记入流转记录，不能撤回。")


def facts_of(row: Escalation, dispute: Dispute, resolve: Deadline | None) -> list[dict[str, Any]]:
    handler = dispute.responsible_person
    unit = str(dispute.lead_unit) if dispute.lead_unit else _("未分流")
    rows: list[tuple[Any, Any]] = [
        (_("编号"), dispute.display_number),
        (_("类别"), dispute.category.label),
        (_("发生地"), dispute.place_name),
        (_("涉及人数"), people(dispute.people_count)),
        *([(_("人身危险已报告"), told_or_not(dispute))] if dispute.danger else []),
        (_("责任单位"), f"{unit} {handler.user.name}" if handler else unit),
        (_("管理中心"), dispute.managing_org),
        (_("化解时限"), _resolve_by(dispute, resolve)),
        (_("通知时间"), sh_time(row.notified_at)),
        (_("依据"), row.get_basis_display()),
    ]
    return [{"term": term, "value": value} for term, value in rows]


def _resolve_by(dispute: Dispute, resolve: Deadline | None) -> str:
    """The day, and whether a leader's word stands behind it (§8)."""
    if resolve is None:
        return sh_time(dispute.resolve_by) if dispute.resolve_by else _("尚未受理")
    by_leader = resolve.rule.get("why") == "leader"
    return with_aside(sh_time(resolve.due_at), _("领导已明确") if by_leader else _("待领导明确"))


def history_of(dispute: Dispute) -> list[presenters.Entry]:
    """What the trail says about the warning, newest first."""
    of_level = Q()
    for prefix in HISTORY_STEPS:
        of_level |= Q(step__startswith=prefix)
    rows = dispute.trail.filter(of_level).prefetch_related("texts").order_by("-seq")
    return presenters.entries(list(rows[:HISTORY]))
