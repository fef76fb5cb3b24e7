"""预警报告单: what a leader is handed on paper. Always in Chinese, never a party's name, number or words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.actor import Actor
from core.language import in_house_language
from disputes.entry_words import words_of
from disputes.models import Dispute, PaperNumber, TrailEntry
from disputes.rules.claims import claim_of
from disputes.selectors.masked import mask, mask_all, names_of, short
from disputes.selectors.paper_parts import Paper, as_on_paper, by_when, day_words, filled, moment_words
from disputes.wording_danger import told_or_not
from early_warning.models import DisputeWarning
from early_warning.selectors.chain_timeline import Chain, chains_of, station_of, who
from early_warning.selectors.evidence import labels_of, rule_of
from early_warning.wording_screens import level_label

KIND = "warning"
GIST = 300  # characters of the narrative
MEASURES = (
    "accept",
    "assign",
    "transfer",
    "sign_for",
    "report_progress",
    "report_up",
    "accept_report",
    "instruct",
)
ACCOUNT = 80  # characters of what was reported at a step
MOST_MEASURES = 5


@in_house_language
def build(dispute: Dispute, warning: DisputeWarning, given: PaperNumber, by: Actor, now: datetime) -> Paper:
    chains = chains_of(warning, dispute.category.hot_field, now)
    names = names_of(dispute)
    return Paper(
        kind=KIND,
        title=_("矛盾纠纷预警报告单"),
        unit=given.book.organization.name,
        number=given.printed,
        recipient=_recipients(chains),
        paragraphs=_paragraphs(dispute, warning, chains, names),
        rows=_rows(dispute, warning, names),
        routes_title=_("报告与处理情况："),
        routes=[_line(chain, row, now) for chain in chains for row in chain.told],
        closing=[_("本单不写当事人姓名和联系方式；详情请在系统内查看。")],
        day=day_words(now),
        signatures=[
            _("报告人：%s") % (by.user.name if by.user else ""),
            _("联系电话：%s") % given.book.organization.phone,
            _("签发人："),
            _("签收人及时间："),
        ],
        boxes=_boxes(dispute, names),
    )


def _recipients(chains: list[Chain]) -> str:
    asked = [who(row) for chain in chains for row in chain.asked]
    return _("、").join(dict.fromkeys(asked)) or _("县级综治中心")


def _paragraphs(
    dispute: Dispute, warning: DisputeWarning, chains: list[Chain], names: list[str]
) -> list[str]:
    told = _("现将“%(title)s”一事按%(level)s报告，请立即处理。") % {
        "title": mask(dispute.title, names),
        "level": level_label(warning.level),
    }
    return [told, *_limits(chains)]


def _limits(chains: list[Chain]) -> list[str]:
    lines = []
    for row in [row for chain in chains for row in chain.asked]:
        if row.due_at is None:
            continue
        words = _("请%(who)s于%(by)s反馈处理结果。") if row.acknowledged_at else _("请%(who)s于%(by)s知悉。")
        lines.append(words % {"who": who(row), "by": by_when(row.due_at)})
    return lines


def _rows(dispute: Dispute, warning: DisputeWarning, names: list[str]) -> list[tuple[str, str]]:
    handler = dispute.responsible_person
    unit = str(dispute.lead_unit) if dispute.lead_unit else _("未分流")
    level = f"{level_label(warning.level)}（{warning.get_state_display()}）"
    return filled(
        (_("登记编号"), dispute.display_number),
        (_("预警级别"), level),
        (_("预警时间"), moment_words(warning.opened_at)),
        (_("事项类别"), dispute.category.name),
        (_("发生地"), dispute.place_name),
        (_("涉及人数"), _("%d 人") % dispute.people_count),
        (_("事件状态"), _("正在发生") if warning.happening else _("苗头、隐患")),
        (_("人身危险"), _danger(dispute, names)),
        (_("研判依据"), _("；").join(filter(None, (rule_of(warning.reading), _spoke(warning))))),
        (_("责任领导"), dispute.responsible_leader or ""),
        (_("责任单位"), f"{unit} {handler.user.name}" if handler else unit),
        (_("化解时限"), day_words(dispute.resolve_by)),
    )


def _boxes(dispute: Dispute, names: list[str]) -> list[tuple[str, str]]:
    """基本情况 with what is known; what a person has to judge is room to write in."""
    claim = mask_all(claim_of(dispute.narrative), names)
    return [
        (_("基本情况"), short(mask_all(dispute.narrative, names), GIST)),
        *filled((_("主要诉求"), claim)),
        (_("发展趋势"), ""),
        (_("已采取措施"), "\n".join(_measures(dispute, names))),
        (_("工作建议"), ""),
        (_("领导批示"), ""),
        (_("办理结果"), ""),
    ]


def _measures(dispute: Dispute, names: list[str]) -> list[str]:
    """What was done so far, the latest steps, with the beginning of what was reported."""
    rows = dispute.trail.filter(step__in=MEASURES).prefetch_related("texts").order_by("-seq")[:MOST_MEASURES]
    return [_measure(row, names) for row in reversed(rows)]


def _measure(row: TrailEntry, names: list[str]) -> str:
    account = next((text.text for text in row.texts.all() if text.name in ("account", "instruction")), "")
    said = short(mask_all(account, names), ACCOUNT)
    return f"{day_words(row.at)} {words_of(row.step).name}" + (f"：{said}" if said else "")


def _danger(dispute: Dispute, names: list[str]) -> str:
    """Whether there is, and who was told of it when: no name of a party even there."""
    if not dispute.danger:
        return _("未发现")
    return _("有，已报告：%s") % as_on_paper(mask(told_or_not(dispute), names))


def _spoke(warning: DisputeWarning) -> str:
    return _("、").join(labels_of(warning.reading))


def _line(chain: Chain, row: Any, now: datetime) -> str:
    """What became of a notice. Who would come after is nothing for a paper: it tells a leader who watches them."""
    station = station_of(row, now)
    parts = _("，").join(part for part in (station.state_label, station.note) if part)
    town = chain.town.name if chain.town else _("责任领导")
    return as_on_paper(f"{town}：{station.title}（{parts}）")
