"""Papers: built from the dispute, numbered once, recorded when printed, also as docx."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from docxtpl import DocxTemplate

from accounts.permissions import Permission
from accounts.rights import require
from audit import services as audit
from audit.choices import Action
from core import crypto
from core.actor import Actor
from core.transactions import retried
from disputes.disclosure import Disclosure, disclosure
from disputes.errors import NotFound, NotPermitted, WrongState
from disputes.models import Dispute, Party
from disputes.querysets import DisputeQuerySet
from disputes.rules.papers import PAPERS, For, PaperKind
from disputes.selectors import house_papers, house_sheet, papers, trail
from disputes.selectors.house_sheet import Occasion
from disputes.selectors.paper_links import may_print
from disputes.selectors.paper_parts import Paper
from disputes.services import ledger, paper_numbers

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "disputes" / "papers" / "paper.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Asked:
    """Which sheet: of a party's papers for whom (the first without `party`), of 送达回证 of which paper; of the others
    about which entry of the trail (the latest without `seq`)."""

    kind: str
    party: int | None = None
    delivers: str = ""
    seq: int | None = None


@dataclass(frozen=True)
class Handed:
    """A sheet with what else there is of its kind."""

    paper: Paper
    dispute: Dispute
    recipients: list[Party]
    occasions: list[Occasion]
    about: int | None  # the party or the entry it is for
    delivers: tuple[str, ...] = ()


@transaction.atomic
def hand_out(
    *, number: str, asked: Asked, query_code: str = "", form: str, by: Actor, now: datetime
) -> Handed:
    """The sheet asked for, numbered if it was not yet, recorded as printed in that `form`.

    The query code is printed only while it is the dispute's present one. Raises NotFound, NotPermitted, WrongState.
    """
    kind = PAPERS.get(asked.kind)
    dispute, shown = _printable(number, by, Dispute.objects.all())
    if kind is None or kind.whom is For.ELSEWHERE:
        raise NotFound(_("没有这种文书。"))
    _require_any(by, kind)
    for_party = kind.whom is For.PARTY
    handed = (
        _for_party(dispute, asked, query_code, now) if for_party else _for_house(dispute, asked, shown, now)
    )
    audit.record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"paper": kind.id, "form": form, "party" if for_party else "entry": handed.about},
    )
    return handed


def _require_any(by: Actor, kind: PaperKind) -> None:
    if not may_print(by, kind.id):
        raise NotPermitted(_("您当前的岗位不能打印这种文书。"))


def _for_party(dispute: Dispute, asked: Asked, query_code: str, now: datetime) -> Handed:
    people = papers.recipients(dispute)
    if asked.kind not in papers.kinds(dispute, people):
        raise WrongState(_("该纠纷目前没有这种文书。"))
    recipient = next((row for row in people if asked.party in (None, row.pk)), None)
    if recipient is None:
        raise NotFound(_("没有找到这位当事人。"))
    delivered = papers.delivered(dispute, people) if asked.kind == "delivery" else []
    delivers = asked.delivers or next(iter(delivered), "")
    if delivers and delivers not in delivered:
        raise NotFound(_("没有这种文书。"))
    about = f"{dispute.pk}:{delivers}:{recipient.pk}" if delivers else papers.about(dispute, asked.kind)
    given = paper_numbers.number_for(
        asked.kind, about, organization=papers.issuer(dispute, asked.kind), now=now
    )
    sheet = papers.Sheet(
        dispute=dispute,
        recipient=recipient,
        issuer=given.book.organization,
        number=given.printed,
        query_code=query_code if is_present_code(dispute, query_code) else "",
        now=now,
        delivers=(delivers, _number_of(dispute, delivers, now)),
    )
    paper = papers.build(asked.kind, sheet)
    return Handed(paper, dispute, people, [], recipient.pk, tuple(delivered))


def _number_of(dispute: Dispute, kind: str, now: datetime) -> str:
    """The number of the paper whose delivery is signed for."""
    if not kind:
        return ""
    unit = papers.issuer(dispute, kind)
    return paper_numbers.number_for(kind, papers.about(dispute, kind), organization=unit, now=now).printed


def _for_house(dispute: Dispute, asked: Asked, shown: Disclosure, now: datetime) -> Handed:
    """Of what is disclosed to who prints it; a unit that is a party prints none."""
    if not shown.level:
        raise NotFound(_("没有找到这份文书。"))
    entries = trail.disclosed(dispute, shown)
    occasions = [row for row in house_sheet.occasions(entries) if row.kind.id == asked.kind]
    if not occasions:
        raise WrongState(_("该纠纷目前没有这种文书。"))
    chosen = next((row for row in occasions if asked.seq in (None, row.seq)), None)
    if chosen is None:
        raise NotFound(_("没有找到这份文书。"))
    given = paper_numbers.number_for(
        asked.kind, f"{dispute.pk}:{chosen.seq}", organization=papers.issuer(dispute, asked.kind), now=now
    )
    entry = next(row for row in entries if row.seq == chosen.seq)
    sheet = house_sheet.sheet_of(
        dispute, entry, trail=entries, issuer=given.book.organization, number=given.printed, now=now
    )
    return Handed(house_papers.build(asked.kind, sheet), dispute, [], occasions, chosen.seq)


@retried
def renew_query_code(*, number: str, by: Actor, now: datetime) -> str:
    """A new query code for a receipt that is printed again; the old one no longer opens anything. Locks the dispute."""
    dispute, _shown = _printable(number, by, Dispute.objects.select_for_update(of=("self",)))
    require(by, Permission.REGISTER)
    code = new_query_code()
    dispute.query_code_hash = code_hash(code)
    dispute.save(update_fields=["query_code_hash"])
    entry = ledger.NewEntry("query_code_renewed", dispute.status, dispute.status)
    ledger.append(dispute, entry, by=by, now=now)
    return code


def new_query_code() -> str:
    return f"{secrets.randbelow(10**8):08d}"


def code_hash(code: str) -> str:
    return crypto.search_hash("query_code", code)


def is_present_code(dispute: Dispute, code: str) -> bool:
    return bool(code) and secrets.compare_digest(dispute.query_code_hash, code_hash(code))


def as_docx(paper: Paper) -> bytes:
    """The same sheet as a Word document."""
    document = DocxTemplate(TEMPLATE)
    document.render({"paper": paper}, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _printable(number: str, by: Actor, rows: DisputeQuerySet) -> tuple[Dispute, Disclosure]:
    """Of these rows, locked or not."""
    dispute: Dispute = rows.defer("search").select_related(*papers.WITH).get_visible(by, number)
    shown = disclosure(by, dispute)
    if shown.trail_until is not None:
        raise NotFound(_("没有找到这份文书。"))
    return dispute, shown
