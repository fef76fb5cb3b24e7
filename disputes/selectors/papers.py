"""What a paper tells: only of the matter itself and of the one it is handed to; always in the county's language."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.choices import Action
from audit.models import AccessEvent
from core.clock import SHANGHAI, shanghai_date
from core.language import in_house_language
from disputes.choices import DeadlineKind, PartyRole, Route, Status
from disputes.models import Dispute, Party
from disputes.rules.lifecycle import MENDING
from disputes.rules.routes import routes_for
from disputes.services import clocks
from disputes.wording_papers import ROUTES, TITLES
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
)
DAY = gettext_noop("Y年n月j日")


@dataclass(frozen=True)
class Paper:
    """One sheet for one recipient. No level, no evidence, nobody else's data."""

    kind: str
    title: str
    unit: str
    number: str
    recipient: str
    paragraphs: list[str]
    rows: list[tuple[str, str]]
    routes_title: str
    routes: list[str]
    closing: list[str]
    day: str
    signatures: list[str] = field(default_factory=list)


def kinds(dispute: Dispute, parties: Sequence[Party]) -> list[str]:
    """The papers this dispute has by now; none where nobody applied: a paper tells somebody what became of it."""
    if not any(party.role in RECIPIENTS for party in parties):
        return []
    if dispute.status == Status.DECLINED:
        return ["receipt", "refusal"]
    return ["receipt", "acceptance"] if dispute.accepted_at else ["receipt"]


def recipients(dispute: Dispute) -> list[Party]:
    """Each applicant and representative gets a sheet of their own."""
    return list(dispute.parties.filter(role__in=RECIPIENTS))


@in_house_language
def build(kind: str, dispute: Dispute, recipient: Party, *, query_code: str, now: datetime) -> Paper:
    paragraphs, rows, routes_title, routes, closing = TEXTS[kind](dispute, query_code)
    corrected_at = last_correction(dispute)
    if corrected_at is not None:
        told = _("登记内容已于%(day)s更正，此前交给您的同名文书以本件为准。")
        closing = [told % {"day": _day(corrected_at)}, *closing]
    return Paper(
        kind=kind,
        title=str(TITLES[kind]),
        unit=_issuer(dispute, kind).name,
        number=dispute.display_number,
        recipient=recipient.name,
        paragraphs=paragraphs,
        rows=[(_("编号"), dispute.display_number), *_matter(dispute), *rows],
        routes_title=routes_title,
        routes=routes,
        closing=closing,
        day=_day(shanghai_date(now)),
        signatures=[_("经办人："), _("当事人签收：")],
    )


def last_correction(dispute: Dispute) -> datetime | None:
    """When something on its papers was last put right; one query."""
    rows = dispute.trail.filter(step__in=MENDING).order_by("-seq")
    found: datetime | None = rows.values_list("at", flat=True).first()
    return found


def printed_before(dispute: Dispute, moment: datetime) -> set[str]:
    """The kinds of paper that were printed before that moment and not since: what was handed out is of an older
    state."""
    rows = AccessEvent.objects.filter(
        target_type="dispute", target_id=str(dispute.pk), action=Action.PRINTED
    ).values_list("details__paper", "at")
    last: dict[str, datetime] = {}
    for kind, at in rows:
        last[kind] = max(at, last.get(kind, at))
    return {kind for kind, at in last.items() if at < moment}


Texts = tuple[list[str], list[tuple[str, str]], str, list[str], list[str]]


def _receipt(dispute: Dispute, query_code: str) -> Texts:
    paragraphs = [
        _("您于%(day)s反映的事项已经登记。登记不等于受理。") % {"day": _day(dispute.registered_at)},
        next_step(dispute),
    ]
    code = query_code or _("登记时已告知")
    rows = [
        (_("登记时间"), _moment(dispute.registered_at)),
        (_("查询码"), code),
        *_contact(dispute.received_by),
    ]
    closing = [
        _("凭编号和查询码可以向登记单位查询办理情况，请妥善保管，不要告诉他人。"),
        _("如有人身危险，请立即拨打 110。"),
    ]
    return paragraphs, rows, *_other_routes(dispute), closing


def _acceptance(dispute: Dispute, query_code: str) -> Texts:
    paragraphs = [
        _("您反映的事项，我们已于%(day)s决定受理。") % {"day": _day(dispute.accepted_at)},
    ]
    if dispute.resolve_by:
        paragraphs.append(
            _("我们将在%(day)s前办理完毕。确需延长的，会提前告知您新的日期和理由。")
            % {"day": _day(dispute.resolve_by)}
        )
    closing = [_("调解以双方自愿为前提。您可以随时要求终止调解，改走其他途径。")]
    return paragraphs, _contact(dispute.managing_org), *_other_routes(dispute), closing


def _refusal(dispute: Dispute, query_code: str) -> Texts:
    entry = dispute.trail.filter(step="decline").prefetch_related("texts").latest("seq")
    reason = next((text.text for text in entry.texts.all() if text.name == "reason"), "")
    told = json.loads(entry.payload)["data"].get("routes", [])
    paragraphs = [
        _("您反映的事项，我们于%(day)s决定不予受理。") % {"day": _day(entry.at)},
        _("理由：%s") % reason,
    ]
    routes = [str(ROUTES[Route(route)]) for route in told]
    return paragraphs, _contact(dispute.managing_org), _("您可以："), routes, [_objection(dispute)]


def _objection(dispute: Dispute) -> str:
    county = _county_centre(dispute)
    if county is None or county.pk == dispute.managing_org_id:
        return _("对本决定有异议的，可以依照《信访工作条例》向县信访部门提出。")
    where = "，".join(part for part in (county.address, county.phone) if part)
    named = f"{county.name}（{where}）" if where else county.name
    return _("对本决定有异议的，可以向%s提出。") % named


def _county_centre(dispute: Dispute) -> Organization | None:
    code = dispute.managing_org.place.county_code
    return Organization.objects.filter(
        kind=OrganizationKind.GOVERNANCE_CENTRE, place__kind=PlaceKind.COUNTY, place__code=code
    ).first()


TEXTS: dict[str, Callable[[Dispute, str], Texts]] = {
    "receipt": _receipt,
    "acceptance": _acceptance,
    "refusal": _refusal,
}


def next_step(dispute: Dispute) -> str:
    """What happens next and by when, as the receipt says it."""
    if dispute.survivor:
        return _("本件与 %s 是同一件事，已合并办理，本回执继续有效。") % dispute.survivor.display_number
    if dispute.settled_at and dispute.accepted_at == dispute.registered_at:
        return _("双方已当场达成一致。如对方没有履行，您可以凭本回执再来找我们，也可以走下列其他途径。")
    clock = clocks.latest(dispute, DeadlineKind.ACCEPT)
    if clock is None:
        return _("%s将告知您是否受理。") % dispute.managing_org.name
    return _("%(centre)s将在 %(moment)s 前告知您是否受理。") % {
        "centre": dispute.managing_org.name,
        "moment": _moment(clock.due_at),
    }


def _matter(dispute: Dispute) -> list[tuple[str, str]]:
    """Category and place; never the title, which may name others."""
    return [(_("事项类别"), dispute.category.name), (_("发生地"), dispute.place_name), *_sender(dispute)]


def _sender(dispute: Dispute) -> list[tuple[str, str]]:
    """Under which number the office that handed it on knows it: who applied there finds it again."""
    origin = getattr(dispute, "origin", None)
    if origin is None or not origin.sender:
        return []
    return [(_("来件"), " ".join(part for part in (origin.sender, origin.number) if part))]


def _contact(unit: Organization) -> list[tuple[str, str]]:
    rows = [(_("联系单位"), unit.name), (_("地址"), unit.address), (_("电话"), unit.phone)]
    return [(term, value) for term, value in rows if value]


def _other_routes(dispute: Dispute) -> tuple[str, list[str]]:
    routes = [str(ROUTES[Route(route)]) for route in routes_for(dispute.category.code)]
    return _("您也可以同时选择其他途径："), routes


def _issuer(dispute: Dispute, kind: str) -> Organization:
    return dispute.received_by if kind == "receipt" else dispute.managing_org


def _day(value: datetime | date | None) -> str:
    if isinstance(value, datetime):
        value = shanghai_date(value)
    return date_format(value, _(DAY)) if value else ""


def _moment(value: datetime) -> str:
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
