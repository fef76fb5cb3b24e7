"""What a paper tells a party: only of the matter itself and of the one it is handed to; always in the county's
language."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from audit.choices import Action
from audit.models import AccessEvent
from calendars.errors import RuleMissing
from calendars.presenters import limit_words
from calendars.services.rules import rule_for
from core.clock import shanghai_date
from core.language import in_house_language
from disputes.choices import DeadlineKind, PartyRole, Route, Status
from disputes.models import Dispute, Party
from disputes.rules.claims import claim_of
from disputes.rules.lifecycle import MENDING
from disputes.rules.papers import PAPERS
from disputes.rules.refusals import ground_of
from disputes.rules.routes import routes_for, way_of
from disputes.selectors import clocks, no_result_paper
from disputes.selectors.masked import mask_all, names_of
from disputes.selectors.paper_parts import Paper, Rows, by_when, contact, day_words, filled, moment_words
from disputes.selectors.paper_parts import sender_rows as _sender
from disputes.wording_papers import (
    BASIS,
    DELIVERY_WAYS,
    REFUSED_BY,
    RIGHTS,
    ROUTES,
    TITLES,
    WAYS,
    route_words,
)
from jurisdictions.choices import OrganizationKind, PlaceKind
from jurisdictions.models import Organization

RECIPIENTS = (PartyRole.APPLICANT, PartyRole.REPRESENTATIVE)
WITH = (
    "book",
    "category",
    "town",
    "place__parent",
    "received_by__place",
    "managing_org__place",
    "survivor__book",
    "origin",
    "registered_by__user",
    "lead_unit",
    "responsible_person__user",
)
MOST_MATERIALS = 8
OBJECTION = "refusal_objection"
DELIVERED = ("acceptance", "refusal", no_result_paper.KIND)


@dataclass(frozen=True)
class Sheet:
    """What one paper for a party is built from. `delivers`: of 送达回证, the kind and number of what is delivered."""

    dispute: Dispute
    recipient: Party
    issuer: Organization
    number: str
    query_code: str
    now: datetime
    delivers: tuple[str, str] = ("", "")

    def masked(self, text: str) -> str:
        """The text with everybody's name but the recipient's masked."""
        return mask_all(text, names_of(self.dispute, but=self.recipient))


def kinds(dispute: Dispute, parties: Sequence[Party]) -> list[str]:
    """The papers this dispute has by now; none where nobody applied: a paper tells somebody what became of it."""
    if not any(party.role in RECIPIENTS for party in parties):
        return []
    if dispute.status == Status.DECLINED:
        return ["receipt", "refusal", "delivery"]
    if dispute.accepted_at and not settled_on_spot(dispute):
        told = [no_result_paper.KIND] if no_result_paper.told_in(dispute) else []
        return ["receipt", "acceptance", *told, "delivery"]
    return ["receipt"]


def delivered(dispute: Dispute, parties: Sequence[Party]) -> list[str]:
    """The papers whose delivery is to be signed for."""
    return [kind for kind in kinds(dispute, parties) if kind in DELIVERED]


def settled_on_spot(dispute: Dispute) -> bool:
    """当场化解: registered, accepted and settled in one moment; nothing to announce any more."""
    return dispute.registered_at == dispute.accepted_at == dispute.settled_at


def recipients(dispute: Dispute) -> list[Party]:
    """Each applicant and representative gets a sheet of their own."""
    return list(dispute.parties.filter(role__in=RECIPIENTS))


def about(dispute: Dispute, kind: str) -> str:
    """What the number of a party's paper is of: mostly the dispute, the same for each who applied."""
    return no_result_paper.about(dispute) if kind == no_result_paper.KIND else str(dispute.pk)


def issuer(dispute: Dispute, kind: str) -> Organization:
    """Whose paper it is, as long as it has no number yet."""
    return dispute.received_by if PAPERS[kind].by_receiver else dispute.managing_org


@in_house_language
def build(kind: str, sheet: Sheet) -> Paper:
    texts = TEXTS[kind](sheet)
    return Paper(
        kind=kind,
        title=str(TITLES[kind]),
        unit=sheet.issuer.name,
        number=sheet.number,
        recipient="" if kind == "delivery" else sheet.recipient.name,
        paragraphs=texts.paragraphs,
        rows=[(_("编号"), sheet.dispute.display_number), *_matter(sheet.dispute), *texts.rows],
        routes_title=texts.routes_title,
        routes=texts.routes,
        closing=[*_corrected(sheet.dispute), *texts.closing],
        day=day_words(shanghai_date(sheet.now)),
        signatures=[_("送达人："), _("见证人：")]
        if kind == "delivery"
        else [_("经办人："), _("当事人签收：")],
        boxes=texts.boxes,
    )


@dataclass(frozen=True)
class Texts:
    paragraphs: list[str]
    rows: Rows
    routes_title: str = ""
    routes: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    boxes: Rows = field(default_factory=list)


def _corrected(dispute: Dispute) -> list[str]:
    corrected_at = last_correction(dispute)
    if corrected_at is None:
        return []
    told = _("登记内容已于%(day)s更正，此前交给您的同名文书以本件为准。")
    return [told % {"day": day_words(corrected_at)}]


def last_correction(dispute: Dispute) -> datetime | None:
    """When something on its papers was last put right; one query."""
    rows = dispute.trail.filter(step__in=MENDING).order_by("-seq")
    found: datetime | None = rows.values_list("at", flat=True).first()
    return found


def printed_before(dispute: Dispute, moment: datetime) -> set[str]:
    """The kinds of paper that were printed before that moment and not since: what was handed out is of an older
    state."""
    rows = AccessEvent.objects.filter(
        target_type="dispute",
        target_id=str(dispute.pk),
        action=Action.PRINTED,
        details__has_key="paper",  # and no page from the browser
    ).values_list("details__paper", "at")
    last: dict[str, datetime] = {}
    for kind, at in rows:
        last[kind] = max(at, last.get(kind, at))
    return {kind for kind, at in last.items() if at < moment}


def _receipt(sheet: Sheet) -> Texts:
    dispute = sheet.dispute
    paragraphs = [
        _("您于%(day)s反映的事项已经登记。登记不等于受理。") % {"day": day_words(dispute.registered_at)},
        next_step(dispute),
    ]
    rows = [
        (_("登记时间"), moment_words(dispute.registered_at)),
        *filled((_("您的要求"), sheet.masked(claim_of(dispute.narrative)))),
        *filled((_("收到材料"), _materials(sheet))),
        (_("登记人"), dispute.registered_by.user.name),
        (_("查询码"), sheet.query_code or _("登记时已告知")),
        *contact(dispute.received_by),
    ]
    closing = [
        _(
            "要了解办理情况的，请带本回执到登记单位，请工作人员核对编号和查询码后告知。查询码请妥善保管，不要告诉他人。"
        ),
        _("如有人身危险，请立即拨打 110。"),
    ]
    return Texts(paragraphs, rows, *_other_routes(dispute), closing)


def _materials(sheet: Sheet) -> str:
    """What was handed over at the desk, by the names of its files."""
    rows = sheet.dispute.attachments.filter(uploaded_at__lte=sheet.dispute.registered_at)
    names = [sheet.masked(row.name) for row in rows]
    if not names:
        return ""
    shown = _("、").join(names[:MOST_MATERIALS])
    return _("%(names)s%(more)s，共%(n)d份") % {
        "names": shown,
        "more": _("等") if len(names) > MOST_MATERIALS else "",
        "n": len(names),
    }


def _acceptance(sheet: Sheet) -> Texts:
    dispute = sheet.dispute
    way = way_of(dispute.category.code, dispute.source)
    words = {"title": sheet.masked(dispute.title), "day": day_words(dispute.accepted_at)}
    paragraphs = [
        _("您反映的“%(title)s”一事，我们已于%(day)s决定受理。") % words,
        _("依据：%s。") % BASIS[way],
    ]
    if dispute.resolve_by:
        paragraphs.append(str(WAYS[way].until) % {"by": by_when(dispute.resolve_by)})
    person = dispute.responsible_person
    rows = filled(
        (_("办理方式"), WAYS[way].name),
        (_("承办单位"), dispute.lead_unit.name if dispute.lead_unit else ""),
        (_("联系人"), person.user.name if person and dispute.lead_unit else ""),
    )
    rights = [str(text) for text in RIGHTS[way]]
    return Texts(paragraphs, [*rows, *contact(sheet.issuer)], *_other_routes(dispute), rights)


def _refusal(sheet: Sheet) -> Texts:
    dispute = sheet.dispute
    entry = dispute.trail.filter(step="decline").prefetch_related("texts").latest("seq")
    reason = next((text.text for text in entry.texts.all() if text.name == "reason"), "")
    ground = ground_of(reason)
    told = json.loads(entry.payload)["data"].get("routes", [])
    paragraphs = [
        _("您反映的事项，我们于%(day)s决定不予受理。") % {"day": day_words(entry.at)},
        _("理由：%s") % reason,
        _("依据：%s") % REFUSED_BY[ground, dispute.source == "petition"],
    ]
    routes = [str(route_words(Route(route), ground)) for route in told]
    return Texts(paragraphs, contact(sheet.issuer), _("您可以："), routes, [_objection(sheet)])


def _not_resolved(sheet: Sheet) -> Texts:
    dispute, row = sheet.dispute, no_result_paper.told_in(sheet.dispute)
    if row is None:
        return Texts([], [])
    return Texts(
        no_result_paper.paragraphs(dispute, row, sheet.masked(dispute.title)),
        no_result_paper.rows(dispute, row),
        _("您可以依法选择下列途径："),
        no_result_paper.routes(dispute, row),
        [_("选择哪一项由您自己决定，也可以不选。选定以后请告诉我们；经济上或者法律上需要帮助的，也请提出。")],
        no_result_paper.boxes(row),
    )


def _objection(sheet: Sheet) -> str:
    within = _time_to_object(sheet)
    county = _county_centre(sheet.dispute)
    if county is None or county.pk == sheet.dispute.managing_org_id:
        return _("对本决定有异议的，可以%(within)s依照《信访工作条例》向县信访部门提出。") % {
            "within": within
        }
    where = "，".join(part for part in (county.address, county.phone) if part)
    named = f"{county.name}（{where}）" if where else county.name
    return _("对本决定有异议的，可以%(within)s向%(unit)s提出。") % {"within": within, "unit": named}


def _time_to_object(sheet: Sheet) -> str:
    """自收到本告知书之日起30日内, by the dated rule; nothing where the county keeps none."""
    dispute = sheet.dispute
    try:
        rule = rule_for(
            key=OBJECTION,
            on=shanghai_date(sheet.now),
            category=dispute.category.code,
            source_kind=dispute.source,
        )
    except RuleMissing:
        return ""
    return _("自收到本告知书之日起%s内") % limit_words(rule.limit, rule.unit)


def _county_centre(dispute: Dispute) -> Organization | None:
    code = dispute.managing_org.place.county_code
    return Organization.objects.filter(
        kind=OrganizationKind.GOVERNANCE_CENTRE, place__kind=PlaceKind.COUNTY, place__code=code
    ).first()


def _delivery(sheet: Sheet) -> Texts:
    kind, number = sheet.delivers
    rows = [
        (_("受送达人"), sheet.recipient.name),
        (_("送达文书"), _("%(title)s（%(number)s）") % {"title": TITLES[kind], "number": number}),
        (_("送达方式"), str(DELIVERY_WAYS)),
    ]
    boxes = [
        (str(term), "")
        for term in (_("送达地点"), _("收件人签名及时间"), _("代收人及与受送达人关系"), _("备注"))
    ]
    return Texts([], rows, boxes=boxes)


TEXTS: dict[str, Callable[[Sheet], Texts]] = {
    "receipt": _receipt,
    "acceptance": _acceptance,
    "refusal": _refusal,
    "not_resolved": _not_resolved,
    "delivery": _delivery,
}


def next_step(dispute: Dispute) -> str:
    """What happens next and by when, as the receipt says it."""
    if dispute.survivor:
        return _("本件与 %s 是同一件事，已合并办理，本回执继续有效。") % dispute.survivor.display_number
    if settled_on_spot(dispute):
        return _("双方已当场达成一致。如对方没有履行，您可以凭本回执再来找我们，也可以走下列其他途径。")
    clock = clocks.latest(dispute, DeadlineKind.ACCEPT)
    if clock is None:
        return _("%s将告知您是否受理。") % dispute.managing_org.name
    return _("%(centre)s将在%(by)s告知您是否受理。") % {
        "centre": dispute.managing_org.name,
        "by": by_when(clock.due_at),
    }


def _matter(dispute: Dispute) -> Rows:
    """Category and place; never the title, which may name others."""
    return [(_("事项类别"), dispute.category.name), (_("发生地"), dispute.place_name), *_sender(dispute)]


def _other_routes(dispute: Dispute) -> tuple[str, list[str]]:
    routes = [str(ROUTES[Route(route)]) for route in routes_for(dispute.category.code)]
    return _("您也可以同时选择其他途径："), routes
