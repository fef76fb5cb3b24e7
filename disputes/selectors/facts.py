"""What was stated of a dispute, and who answers for it, as rows of terms and values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.templatetags.components import money, sh_date, sh_time
from core.wording import with_aside
from disputes.correction_words import CONSENT_WORDS
from disputes.disclosure import Disclosure
from disputes.models import Dispute
from disputes.selectors.merged import marks_of
from disputes.selectors.origins import origin_of, rows_of
from disputes.wording_danger import told_or_not
from jurisdictions.models import Organization, Place, Sector

Row = dict[str, Any]


def facts_of(dispute: Dispute, *, inner: bool = False, until: datetime | None = None) -> list[Row]:
    """What was stated at intake; empty facts are left out.

    `inner`: with what a unit that is a party does not read, whom it is about and who was told of danger. `until`:
    nothing that came later, for who gave the case back.
    """
    rows: list[tuple[Any, Any]] = [
        (_("类别"), dispute.category.label),
        (_("来源"), dispute.get_source_display()),
        *rows_of(origin_of(dispute), Disclosure(trail_until=until)),
        (_("发生地"), dispute.place_name),
        (_("发生日期"), sh_date(dispute.occurred_on)),
        (_("涉及人数"), _("%d 人") % dispute.people_count),
        (_("涉及金额"), money(dispute.amount_fen) if dispute.amount_fen is not None else ""),
        (_("涉及乡镇"), _names(Place, dispute.involved_towns)),
        (_("涉及行业"), _names(Sector, dispute.involved_sectors)),
        (_("涉事单位"), _unit(dispute)),
        (_("被反映的单位或人员"), _accused(dispute, until) if inner else ""),
        (_("人身危险已报告"), told_or_not(dispute) if dispute.danger and inner else ""),
        (pgettext("fact", "登记"), f"{dispute.registered_by} {sh_time(dispute.registered_at)}"),
        (_("化解情况"), dispute.result_summary),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]


def _unit(dispute: Dispute) -> str:
    """The unit concerned, how it is concerned and, inside of it, whether it may be told."""
    if not dispute.unit_name:
        return ""
    answer = None if dispute.unit_consent is None else CONSENT_WORDS[dispute.unit_consent]
    asides = [dispute.get_unit_relation_display(), *([str(answer)] if answer else [])]
    return with_aside(dispute.unit_name, _("，").join(asides))


def _accused(dispute: Dispute, until: datetime | None) -> str:
    marks = marks_of(dispute, Disclosure(trail_until=until))
    return _("、").join(str(mark.organization or (mark.user and mark.user.name)) for mark in marks)


def responsibility_of(dispute: Dispute, helping: list[Organization], instruction: str = "") -> list[Row]:
    """责任领导, 责任单位, 责任人: three answers to who, in three fields; and what the unit was asked to do."""
    person = dispute.responsible_person
    helpers = _("、").join(str(unit) for unit in helping)
    rows: list[tuple[Any, Any]] = [
        (_("管理中心"), dispute.managing_org),
        (_("交办中心"), dispute.handed_down_by),
        (_("县级要求办结"), sh_time(dispute.county_due_at) if dispute.county_due_at else None),
        (_("责任领导"), dispute.responsible_leader),
        (_("责任单位"), dispute.lead_unit),
        (_("责任人"), person.user.name if person else None),
        (_("协办单位"), helpers),
        (_("化解时限"), sh_time(dispute.resolve_by) if dispute.resolve_by else None),
        (_("拟办意见"), instruction),
    ]
    seldom = (_("协办单位"), _("拟办意见"), _("交办中心"), _("县级要求办结"))
    return [{"term": term, "value": value} for term, value in rows if value or term not in seldom]


def _names(model: type[Place] | type[Sector], codes: list[str]) -> str:
    return _("、").join(model.objects.filter(code__in=codes).values_list("name", flat=True)) if codes else ""
