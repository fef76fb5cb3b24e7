"""Papers between units and for the file: one for each entry of the trail that gives occasion to it.

They name parties as pages do, masked; who needs more shows it in the system with a reason. Always in Chinese.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.clock import shanghai_date
from core.language import in_house_language
from disputes.choices import DeadlineKind, Outcome, RequestKind, ReturnGround, ReviewOutcome, RevisitWay
from disputes.models import Assignment, StepRequest, TrailEntry
from disputes.selectors.house_sheet import Sheet, Texts, data_of
from disputes.selectors.masked import mask_all, short
from disputes.selectors.no_result_boxes import boxes_of
from disputes.selectors.paper_parts import (
    Paper,
    Rows,
    attached_line,
    attached_until,
    by_when,
    copied_line,
    day_words,
    filled,
    moment_words,
    sender_rows,
)
from disputes.wording_papers import TITLES
from jurisdictions.models import Organization

GIST = 260  # characters of the narrative on a paper
ORDERS = ("instruct", "escalation_instructed")  # 批示, asked for by a warning or not


@in_house_language
def build(kind: str, sheet: Sheet) -> Paper:
    texts = TEXTS[kind](sheet)
    beside = _attached_and_copied(sheet, texts.copied) if kind in WITH_COPIES else []
    return Paper(
        kind=kind,
        title=str(TITLES[kind]),
        unit=sheet.issuer.name,
        number=sheet.number,
        recipient=texts.recipient,
        paragraphs=list(texts.paragraphs),
        rows=[*_matter(sheet), *texts.rows],
        routes_title="",
        routes=[],
        closing=[*texts.closing, *beside],
        day=day_words(shanghai_date(sheet.now)),
        signatures=texts.signatures,
        boxes=texts.boxes,
    )


def _attached_and_copied(sheet: Sheet, copied: Iterable[object]) -> list[str]:
    """附件 by name, as far as they were there when the paper arose, and 抄送; each where there is any."""
    names = [mask_all(row.name, sheet.names) for row in attached_until(sheet.dispute, sheet.entry.at)]
    return [*attached_line(names), *copied_line(copied)]


def _matter(sheet: Sheet) -> Rows:
    dispute = sheet.dispute
    return filled(
        (_("编号"), dispute.display_number),
        (_("事项"), mask_all(dispute.title, sheet.names)),
        (_("事项类别"), dispute.category.name),
        (_("发生地"), dispute.place_name),
    )


def _gist(sheet: Sheet) -> tuple[str, str]:
    return _("事由摘要"), short(mask_all(sheet.dispute.narrative, sheet.names), GIST)


def _parties(sheet: Sheet) -> str:
    rows = sheet.dispute.parties.all()
    return _("；").join(f"{row.get_role_display()} {row.masked_name}" for row in rows)


def _order(sheet: Sheet) -> Texts:
    """分流交办单: what the unit is given, with 拟办意见 and 批示."""
    row = _assignment(sheet)
    dispute = sheet.dispute
    unit = row.lead_unit.name if row else _centre_given(sheet)
    helpers = _("、").join(str(one) for one in row.co_units.all()) if row else ""
    facts = filled(
        (_("当事人"), _parties(sheet)),
        (_("涉及人数"), _("%d 人") % dispute.people_count),
        *sender_rows(dispute),
        (_("承办单位"), unit),
        (_("责任人"), row.person.user.name if row else ""),
        (_("协办单位"), helpers),
        (_("交办时间"), moment_words(sheet.entry.at)),
        (_("化解时限"), sheet.due_then()),
    )
    asked = sheet.text(sheet.entry, "instruction")
    boxes = [_gist(sheet), (_("拟办意见"), asked), (_("领导批示"), _orders(sheet)), (_("签收人及时间"), "")]
    closing = (_("请按时签收、办理并在系统内反馈。当事人姓名和联系方式请在系统内查看，不得外传。"),)
    return Texts(
        facts,
        boxes,
        [_("签发人："), _("经办人：")],
        unit,
        closing=closing,
        copied=(*(row.co_units.all() if row else ()), *_county_above(sheet)),
    )


def _county_above(sheet: Sheet) -> list[Organization]:
    """The county that handed it down, or hears of what a town passes over to another."""
    dispute = sheet.dispute
    if dispute.handed_down_by is not None and sheet.entry.step != "hand_down":
        return [dispute.handed_down_by]
    if sheet.entry.step == "pass_to" and not sheet.data.get("lead_unit"):
        code = dispute.received_by.place.county_code
        return list(Organization.objects.centres().filter(place__code=code))
    return []


def _centre_given(sheet: Sheet) -> str:
    """The centre a dispute was given to, down or over; empty where the entry names none."""
    code = str(sheet.data.get("to") or "")
    return Organization.objects.filter(code=code).values_list("name", flat=True).first() or "" if code else ""


def _assignment(sheet: Sheet) -> Assignment | None:
    rows = sheet.dispute.assignments.filter(assigned_at=sheet.entry.at)
    return rows.select_related("lead_unit", "person__user").prefetch_related("co_units").first()


def _orders(sheet: Sheet) -> str:
    """Every 批示 since the matter came in: who, when, what."""
    rows = [row for row in sheet.trail if row.step in ORDERS]
    said = (
        f"{sheet.text(row, 'instruction') or sheet.text(row, 'decision')}（{row.actor_label}，{day_words(row.at)}）"
        for row in rows
    )
    return "\n".join(said)


def _urging(sheet: Sheet) -> Texts:
    """催办单: after a reminder, or because a limit has run out."""
    dispute, data = sheet.dispute, sheet.data
    missed = sheet.entry.step == "deadline_missed"
    kind = str(DeadlineKind(data["kind"]).label) if missed else ""
    due = parse_datetime(data["due_at"]) if missed else dispute.next_due_at
    asked = int(data.get("organization") or 0)
    unit = Organization.objects.filter(pk=asked).first() if asked else None
    unit = unit or dispute.lead_unit or dispute.managing_org
    times = sum(row.step == "reminded" and row.seq <= sheet.entry.seq for row in sheet.trail)
    words = {"kind": kind, "day": day_words(due)}
    told = (
        _("贵单位承办的下列事项，%(kind)s时限为%(day)s，已经超期。请抓紧办理，并说明超期的原因。") % words
        if missed
        else _("贵单位承办的下列事项尚未办结，请抓紧办理。")
    )
    person = dispute.responsible_person
    facts = filled(
        (_("承办单位"), unit.name),
        (_("责任人"), person.user.name if person and unit.pk == dispute.lead_unit_id else ""),
        (_("应完成时间"), by_when(due) if due else ""),
        (_("催办次数"), _("第%d次") % times if times else ""),
    )
    boxes = [(_("催办要求"), sheet.text(sheet.entry, "note")), (_("办理情况反馈"), "")]
    return Texts(
        facts,
        boxes,
        [_("签发人："), _("签收人及时间：")],
        unit.name,
        (told,),
        copied=tuple(one for one in _county_above(sheet) if one.pk != unit.pk),
    )


def _handing_over(sheet: Sheet) -> Texts:
    """移送函: to another unit of the county, or to another authority whose name is written in."""
    dispute = sheet.dispute
    if sheet.entry.step in ("transfer", "pass_to"):
        row = _assignment(sheet)
        unit = row.lead_unit.name if row else _centre_given(sheet)
        reason = sheet.text(sheet.entry, "reason") or sheet.text(sheet.entry, "instruction")
    else:
        unit, reason = "________________", sheet.text(sheet.last("submit_result"), "account")
    told = _("经研究，下列事项属贵单位职责范围，现移送你们办理，请接收并将办理结果函告我单位。")
    facts = filled(
        (_("当事人"), _parties(sheet)), *sender_rows(dispute), (_("移送时间"), moment_words(sheet.entry.at))
    )
    boxes = [_gist(sheet), (_("移送理由"), reason), (_("随函材料"), ""), (_("接收单位签章及时间"), "")]
    return Texts(
        facts, boxes, [_("签发人："), _("经办人：")], unit, (told,), copied=tuple(_county_above(sheet))
    )


def _request(sheet: Sheet) -> StepRequest | None:
    kind = RequestKind.EXTENSION if sheet.entry.step == "request_extension" else RequestKind.RETURN
    return (
        sheet.dispute.requests.filter(kind=kind, asked_at=sheet.entry.at)
        .select_related("decides_org")
        .first()
    )


def _decision(sheet: Sheet, request: StepRequest | None, step: str) -> str:
    """同意 or 不同意 with reason, who and when; empty as long as nobody decided: room to sign."""
    entry = sheet.after(step)
    if request is None or request.decided_at is None or entry is None:
        return ""
    data = data_of(entry)
    until = parse_datetime(data["resolve_by"]) if data.get("resolve_by") else None
    said = [
        _("同意") if data["granted"] else _("不同意"),
        _("新的化解时限：%s") % by_when(until).removesuffix(_("前")) if until else "",
        sheet.text(entry, "reason"),
    ]
    signed = f"{entry.actor_label}，{day_words(entry.at)}"
    return _("。").join(part.rstrip(_("。")) for part in said if part) + f"（{signed}）"


def _unit_rows(sheet: Sheet) -> Rows:
    """Who had the case when the paper arose."""
    row = sheet.dispute.assignments.filter(assigned_at__lte=sheet.entry.at).order_by("-assigned_at")
    found = row.select_related("lead_unit", "person__user").first()
    if found is None:
        return []
    return [(_("承办单位"), found.lead_unit.name), (_("责任人"), found.person.user.name)]


def _extension(sheet: Sheet) -> Texts:
    request = _request(sheet)
    facts = [
        *_unit_rows(sheet),
        *filled(
            (_("原化解时限"), sheet.due_then()),
            (_("申请延长"), _("%d日") % sheet.data["days"]),
            (_("申请时间"), moment_words(sheet.entry.at)),
            (_("审批单位"), request.decides_org.name if request else ""),
        ),
    ]
    boxes = [
        (_("申请理由"), sheet.text(sheet.entry, "reason")),
        (_("承办单位负责人意见"), ""),
        (_("审批意见"), _decision(sheet, request, "decide_extension")),
    ]
    return Texts(facts, boxes, [_("申请人："), _("审批人：")])


def _return(sheet: Sheet) -> Texts:
    request = _request(sheet)
    facts = [
        *_unit_rows(sheet),
        *filled(
            (_("退回依据"), ReturnGround(sheet.data["ground"]).label),
            (_("申请时间"), moment_words(sheet.entry.at)),
            (_("审批单位"), request.decides_org.name if request else ""),
        ),
    ]
    boxes = [
        (_("退回理由"), sheet.text(sheet.entry, "reason")),
        (_("承办单位负责人意见"), ""),
        (_("审批意见"), _decision(sheet, request, "decide_return")),
    ]
    return Texts(facts, boxes, [_("申请人："), _("审批人：")])


def _conclusion(sheet: Sheet) -> Texts:
    dispute = sheet.dispute
    reviewed, revisited = sheet.after("approve_result", "reject_result"), sheet.until_next("revisit")
    facts = [
        (_("当事人"), _parties(sheet)),
        *_unit_rows(sheet),
        *filled(
            (_("登记时间"), moment_words(dispute.registered_at)),
            (_("受理时间"), moment_words(dispute.accepted_at) if dispute.accepted_at else ""),
            (_("报结时间"), moment_words(sheet.entry.at)),
            (_("化解时限"), sheet.due_then()),
            (_("办理结果"), Outcome(sheet.data["outcome"]).label),
        ),
    ]
    boxes = [
        (_("化解情况"), sheet.text(sheet.entry, "account")),
        (_("承办单位意见"), ""),
        (_("审结意见"), _reviewed(sheet, reviewed)),
        *boxes_of(sheet),
        (_("回访情况"), sheet.text(revisited, "account")),
        (_("领导审批"), ""),
    ]
    return Texts(facts, boxes, [_("承办人："), _("审结人：")])


def _reviewed(sheet: Sheet, entry: TrailEntry | None) -> str:
    if entry is None:
        return ""
    signed = f"（{entry.actor_label}，{day_words(entry.at)}）"
    if entry.step == "reject_result":
        return _("退回重办：%s") % sheet.text(entry, "reason") + signed
    found = str(ReviewOutcome(data_of(entry)["outcome"]).label)
    note = sheet.text(entry, "note")
    return (f"{found}。{note}" if note else found) + signed


def _revisit(sheet: Sheet) -> Texts:
    data = sheet.data
    answer = {True: _("满意"), False: _("不满意"), None: _("未联系上")}[data.get("satisfied")]
    waived = data["way"] == RevisitWay.WAIVED
    result = sheet.last("submit_result", "settle_on_spot")
    outcome = data_of(result).get("outcome") if result else None
    facts = [
        (_("当事人"), _parties(sheet)),
        *_unit_rows(sheet),
        *filled(
            (_("办理结果"), Outcome(outcome).label if outcome in Outcome.values else ""),
            (_("回访时间"), moment_words(sheet.entry.at)),
            (_("回访方式"), RevisitWay(data["way"]).label),
            (_("是否满意"), "" if waived else answer),
        ),
    ]
    boxes = [
        (_("回访情况"), sheet.text(sheet.entry, "account")),
        (_("协议履行情况"), ""),
        (_("有无反复、起诉"), ""),
    ]
    return Texts(facts, boxes, [_("回访人："), _("被回访人：")])


WITH_COPIES = ("dispatch_order", "urging", "handing_over")
TEXTS: dict[str, Callable[[Sheet], Texts]] = {
    "dispatch_order": _order,
    "urging": _urging,
    "handing_over": _handing_over,
    "extension": _extension,
    "return": _return,
    "conclusion": _conclusion,
    "revisit": _revisit,
}
