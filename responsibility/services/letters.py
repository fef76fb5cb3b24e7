"""交办函: what is written to a unit without an account, or to a body that can be asked but not ordered (垂管)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import unit_key
from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from core.transactions import retried
from disputes import public
from disputes.choices import UnitRelation
from disputes.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.models import Dispute, PaperNumber
from disputes.rules.intake import REASON_LIMIT
from disputes.rules.unit_names import same_name
from disputes.selectors.paper_parts import attached_line
from disputes.services import paper_numbers, unit_consent
from jurisdictions.models import Organization
from responsibility import rights
from responsibility.models import EntrustmentLetter

ADDRESSEE_LIMIT, ENCLOSURES_LIMIT = 100, 500
NUMBERED = re.compile(
    r"^\s*(?:附件[:：])?\s*(?:\d{1,2}\s*(?:[.．](?!\d)|[、)）]))?"
)  # 1. 工资表; not 3.5万元收条


@dataclass(frozen=True)
class Writing:
    """`to` is a unit's code or name; a name that is not in the register is written to as it stands. `enclosures`: what
    goes with it, one in a line."""

    to: str
    request: str
    reply_by: date | None = None
    enclosures: str = ""


@retried
def issue(*, number: str, writing: Writing, by: Actor, now: datetime) -> EntrustmentLetter:
    """Writes the letter down and gives it its number; printing it is another step. Locks the dispute.

    Raises NotFound, NotPermitted, InvalidInput (`to`, `request`, `reply_by`).
    """
    dispute = public.lock_told(by, number=number)
    if not rights.may_write_letters(by, dispute):
        raise NotPermitted(_("函件由管理中心或县综治中心发出。"))
    unit = _addressee(dispute, writing, now)
    letter = EntrustmentLetter.objects.create(
        dispute=dispute,
        seq=dispute.letters.count() + 1,
        organization=unit,
        addressed_to=unit.name if unit else writing.to.strip(),
        request=writing.request.strip(),
        enclosures="\n".join(enclosed(writing.enclosures)),
        reply_by=writing.reply_by,
        issued_by=by.acting,
        issued_at=now,
    )
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("letter_issued", data=_data(letter), texts={"account": _said(letter)})
    return letter


@retried
def serve(*, letter_id: int, note: str = "", by: Actor, now: datetime) -> EntrustmentLetter:
    """送达: handed over, by post or in person. Locks the dispute, then the letter."""
    letter, dispute = _to_note(letter_id, by)
    if letter.served_at is not None:
        raise WrongState(_("这封函已经登记送达。"))
    letter.served_at, letter.served_by = now, by.acting
    letter.save(update_fields=["served_at", "served_by"])
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("letter_served", data=_data(letter), texts={"note": note.strip()})
    return letter


@retried
def reply(*, letter_id: int, account: str, by: Actor, now: datetime) -> EntrustmentLetter:
    """回复: what the unit answered. Locks the dispute, then the letter."""
    letter, dispute = _to_note(letter_id, by)
    if letter.served_at is None:
        raise WrongState(_("请先登记送达，再登记回复。"))
    if letter.replied_at is not None:
        raise WrongState(_("这封函的回复已经登记。"))
    if not account.strip():
        raise InvalidInput({"account": [_("请写明回复的内容。")]})
    letter.reply, letter.replied_at = account.strip(), now
    letter.save(update_fields=["reply", "replied_at"])
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("letter_replied", data=_data(letter), texts={"account": account.strip()})
    return letter


@transaction.atomic
def printed(letter: EntrustmentLetter, *, form: str, by: Actor, now: datetime) -> PaperNumber:
    """The number of a letter that is printed, given the first time. What leaves the system is in the access log."""
    dispute = letter.dispute
    audit.record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"paper": "letter", "form": form, "letter": letter.pk},
    )
    about = f"{dispute.pk}:{letter.seq}"
    return paper_numbers.number_for("letter", about, organization=dispute.managing_org, now=now)


def _to_note(letter_id: int, by: Actor) -> tuple[EntrustmentLetter, Dispute]:
    number = EntrustmentLetter.objects.filter(pk=letter_id).values_list("dispute__number", flat=True).first()
    if number is None:
        raise NotFound(_("没有找到这封函。"))
    dispute = public.lock_told(by, number=number)
    if not rights.may_note_letters(by, dispute):
        raise NotPermitted(_("函件的送达和回复由管理中心或县综治中心登记。"))
    return EntrustmentLetter.objects.select_for_update().get(pk=letter_id), dispute


def enclosed(lines: str) -> list[str]:
    """附件 by name: what stands in the lines, without the numbers somebody may have typed before them."""
    names = (NUMBERED.sub("", line).strip() for line in lines.splitlines())
    return [name for name in names if name]


def _addressee(dispute: Dispute, writing: Writing, now: datetime) -> Organization | None:
    """The unit of that code or name, if the register has it. Raises InvalidInput with every message."""
    errors, to = _faults(writing, now), writing.to.strip()
    unit: Organization | None = Organization.objects.named(to).exclude(code="").first()
    if to and (problem := _partial(dispute, to, unit)):
        errors["to"] = [problem]
    if errors:
        raise InvalidInput(errors)
    return unit


def _faults(writing: Writing, now: datetime) -> dict[str, list[object]]:
    """What is missing or too long, by field."""
    errors: dict[str, list[object]] = {}
    if not writing.to.strip():
        errors["to"] = [_("请填写致函的单位。")]
    elif len(writing.to.strip()) > ADDRESSEE_LIMIT:
        errors["to"] = [_("单位名称最多 %d 个字。") % ADDRESSEE_LIMIT]
    if not writing.request.strip():
        errors["request"] = [_("请写明请对方办理的事项。")]
    elif len(writing.request) > REASON_LIMIT:
        errors["request"] = [_("请办事项最多 %d 个字。") % REASON_LIMIT]
    if len(writing.enclosures) > ENCLOSURES_LIMIT:
        errors["enclosures"] = [_("附件名称合计最多 %d 个字。") % ENCLOSURES_LIMIT]
    if writing.reply_by is not None and writing.reply_by < shanghai_date(now):
        errors["reply_by"] = [_("回复日期不能早于今天。")]
    return errors


def _partial(dispute: Dispute, to: str, unit: Organization | None) -> str:
    """Why this one cannot be asked to settle the matter; empty where nothing speaks against it."""
    if dispute.unit_consent is False and _is_concerned(dispute, to, unit):
        return unit_consent.not_told(unit or to)
    if unit is not None and unit_key(unit.pk) in dispute.barred_keys:
        return _("%s 是被反映单位，不能由它办理，请改致它的上级单位。") % unit
    if dispute.unit_relation != UnitRelation.INSIDE and _is_party(dispute, to, unit):
        return _("%s 是本件的当事人，不能交给它化解，请改致它的主管单位。") % (unit or to)
    return ""


def _is_party(dispute: Dispute, to: str, unit: Organization | None) -> bool:
    """Whether the one written to is a side of the matter, by the register or by name. Within a unit (§8) that unit is
    asked nevertheless: there the order makes it answerable."""
    names = _names(to, unit)
    return _is_concerned(dispute, to, unit) or any(
        (unit is not None and row.organization_id == unit.pk) or same_name(row.name) in names
        for row in dispute.parties.all()
    )


def _is_concerned(dispute: Dispute, to: str, unit: Organization | None) -> bool:
    """Whether it is the unit the matter is about, by the register or by name."""
    if unit is not None and unit.pk == dispute.unit_id:
        return True
    return bool(dispute.unit_name) and same_name(dispute.unit_name) in _names(to, unit)


def _names(to: str, unit: Organization | None) -> set[str]:
    return {same_name(name) for name in (to, *((unit.name, unit.short_name) if unit else ())) if name}


def _data(letter: EntrustmentLetter) -> dict[str, object]:
    day = letter.reply_by.isoformat() if letter.reply_by else None
    return {
        "letter": letter.seq,
        "to": letter.organization.code if letter.organization else None,
        "reply_by": day,
    }


@in_house_language
def _said(letter: EntrustmentLetter) -> str:
    said = _("致 %(to)s：%(request)s") % {"to": letter.addressed_to, "request": letter.request}
    return "\n".join([said, *attached_line(letter.enclosures.splitlines())])
