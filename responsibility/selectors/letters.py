"""Letters as lists and as papers. A paper is always in Chinese, whoever prints it."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor
from core.errors import NotFound
from core.language import in_house_language
from disputes.disclosure import disclosure
from disputes.models import Dispute, PaperNumber
from disputes.selectors.filters import without_hidden_levels
from disputes.selectors.paper_parts import Paper, attached_line, contact, copied_line, day_words
from jurisdictions.models import Organization
from responsibility.models import EntrustmentLetter

PER_PAGE = 30
WITH = (
    "dispute__book",
    "dispute__category",
    "dispute__managing_org",
    "dispute__lead_unit",
    "organization",
    "issued_by__user",
    "issued_by__post__organization",
)


def visible(by: Actor) -> QuerySet[EntrustmentLetter]:
    """Letters of disputes in the actor's sight that their centre manages; the county office sees all of them."""
    cases = without_hidden_levels(Dispute.objects.visible_to(by), by)
    if not (by.organization and by.organization.is_county_level):
        cases = cases.filter(managing_org=by.organization)
    return EntrustmentLetter.objects.filter(dispute__in=cases).select_related(*WITH)


def outstanding(by: Actor) -> QuerySet[EntrustmentLetter]:
    """Without a reply, the most urgent first; letters that asked for none by a day come last."""
    rows = visible(by).filter(replied_at=None)
    return rows.order_by(F("reply_by").asc(nulls_last=True), "issued_at", "pk")


def page(by: Actor, *, replied: bool, number: str) -> Page[EntrustmentLetter]:
    rows = visible(by).exclude(replied_at=None).order_by("-replied_at") if replied else outstanding(by)
    return Paginator(rows, PER_PAGE).get_page(number)


def is_late(letter: EntrustmentLetter, today: date) -> bool:
    return letter.replied_at is None and letter.reply_by is not None and letter.reply_by < today


def letter_of(letter_id: int, by: Actor) -> EntrustmentLetter:
    """A letter of a dispute in sight, for those who read plans. Raises NotFound."""
    rows = EntrustmentLetter.objects.filter(dispute__in=Dispute.objects.visible_to(by))
    letter = rows.select_related(*WITH).filter(pk=letter_id).first()
    if letter is None or not may(by, Permission.VIEW_DISPUTES):
        raise NotFound(_("没有找到这封函。"))
    shown = disclosure(by, letter.dispute)
    if not shown.level or shown.trail_until is not None:
        raise NotFound(_("没有找到这封函。"))
    return letter


@in_house_language
def paper_of(letter: EntrustmentLetter, given: PaperNumber) -> Paper:
    """交办函 to a unit, 商请函 to a body that is managed from above. Category and place; no party is named."""
    dispute, unit = letter.dispute, letter.organization
    asked = unit is not None and unit.vertically_managed
    rows = [
        (_("登记编号"), dispute.display_number),
        (_("事项类别"), dispute.category.name),
        (_("发生地"), dispute.place_name),
        (_("涉及人数"), _("%d 人") % dispute.people_count),
        (_("登记时间"), day_words(dispute.registered_at)),
    ]
    if letter.reply_by:
        rows.append((_("请于此日前回复"), day_words(letter.reply_by)))
    rows += contact(dispute.managing_org)
    opening = (
        _("现有一件矛盾纠纷，属贵单位职责范围，商请协助办理。")
        if asked
        else _("现有一件矛盾纠纷，请贵单位负责化解。")
    )
    law = _("依据：县实施意见（八）“单位内部的矛盾由单位负责人或法定代表人负责化解”。")
    return Paper(
        kind="letter",
        title=_("商请函") if asked else _("矛盾纠纷交办函"),
        unit=given.book.organization.name,
        number=given.printed,
        recipient=letter.addressed_to,
        paragraphs=[opening, _("请办事项："), *letter.request.splitlines()],
        rows=rows,
        routes_title="",
        routes=[],
        closing=[
            *([law] if not asked and dispute.unit_relation == "inside" else []),
            *attached_line(letter.enclosures.splitlines()),
            _("办理情况请书面回复我单位。本函所涉情况请勿向无关人员透露。"),
            *(copied_line(_copied(letter)) or [_("抄送：")]),
        ],
        day=day_words(letter.issued_at),
        signatures=[_("签发人："), _("经办人："), _("收件人签收：")],
    )


def _copied(letter: EntrustmentLetter) -> list[Organization]:
    """The unit that has the case, where another one is written to."""
    unit = letter.dispute.lead_unit
    return [unit] if unit is not None and unit.pk != letter.organization_id else []
