"""预警报告单: what a leader is handed on paper. Always in Chinese, never a party's name, number or words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.clock import SHANGHAI, shanghai_date
from core.language import in_house_language
from core.templatetags.components import sh_time
from disputes.models import Dispute
from disputes.selectors.papers import Paper
from disputes.wording_danger import told_or_not
from early_warning.models import DisputeWarning
from early_warning.selectors.chain_story import Chain, chains_of, who
from early_warning.selectors.evidence import labels_of, mask, names_of, rule_of
from early_warning.wording_screens import level_label

KIND = "warning"


@in_house_language
def build(dispute: Dispute, warning: DisputeWarning, now: datetime) -> Paper:
    chains = chains_of(warning, dispute.category.hot_field, now)
    today = shanghai_date(now)
    return Paper(
        kind=KIND,
        title=_("矛盾纠纷预警报告单"),
        unit=dispute.managing_org.name,
        number=dispute.display_number,
        recipient=_recipients(chains),
        paragraphs=_paragraphs(dispute, warning, chains),
        rows=_rows(dispute, warning),
        routes_title=_("报告与处理情况："),
        routes=[_line(chain, station) for chain in chains for station in chain.stations],
        closing=[_("本单不写当事人姓名和联系方式；详情请在系统内查看。")],
        day=f"{today.year}年{today.month}月{today.day}日",
        signatures=[_("领导批示："), _("签收人及时间：")],
    )


def _recipients(chains: list[Chain]) -> str:
    asked = [who(row) for chain in chains for row in chain.asked]
    return _("、").join(dict.fromkeys(asked)) or _("县级综治中心")


def _paragraphs(dispute: Dispute, warning: DisputeWarning, chains: list[Chain]) -> list[str]:
    title = mask(dispute.title, names_of(dispute))
    told = _("现将“%(title)s”一事按%(level)s报告，请立即处理。") % {
        "title": title,
        "level": level_label(warning.level),
    }
    return [told, *_limits(chains)]


def _limits(chains: list[Chain]) -> list[str]:
    lines = []
    for row in [row for chain in chains for row in chain.asked]:
        if row.due_at is None:
            continue
        words = (
            _("请%(who)s于 %(at)s 前反馈处理结果。")
            if row.acknowledged_at
            else _("请%(who)s于 %(at)s 前知悉。")
        )
        lines.append(words % {"who": who(row), "at": _moment(row.due_at)})
    return lines


def _rows(dispute: Dispute, warning: DisputeWarning) -> list[tuple[str, str]]:
    handler = dispute.responsible_person
    unit = str(dispute.lead_unit) if dispute.lead_unit else _("未分流")
    level = f"{level_label(warning.level)}（{warning.get_state_display()}）"
    rows: list[tuple[str, Any]] = [
        (_("编号"), dispute.display_number),
        (_("预警级别"), level),
        (_("预警时间"), sh_time(warning.opened_at)),
        (_("事项类别"), dispute.category.name),
        (_("发生地"), dispute.place_name),
        (_("涉及人数"), _("%d 人") % dispute.people_count),
        (_("事件状态"), _("正在发生") if warning.happening else _("苗头、隐患")),
        (_("人身危险"), _danger(dispute)),
        (_("研判依据"), _("；").join(filter(None, (rule_of(warning.reading), _spoke(warning))))),
        (_("责任领导"), dispute.responsible_leader or ""),
        (_("责任单位"), f"{unit} {handler.user.name}" if handler else unit),
        (_("化解时限"), sh_time(dispute.resolve_by) if dispute.resolve_by else ""),
    ]
    return [(term, str(value)) for term, value in rows if value]


def _danger(dispute: Dispute) -> str:
    """Whether there is, and who was told of it when: no name of a party even there."""
    if not dispute.danger:
        return _("未发现")
    return _("有，已报告：%s") % mask(told_or_not(dispute), names_of(dispute))


def _spoke(warning: DisputeWarning) -> str:
    return _("、").join(labels_of(warning.reading))


def _line(chain: Chain, station: Any) -> str:
    parts = _("，").join(part for part in (station.state_label, station.note) if part)
    return f"{chain.title}：{station.title}（{parts}）"


def _moment(value: datetime) -> str:
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
