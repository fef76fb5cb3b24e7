"""Papers for the parties: built from the dispute, recorded when printed, also as docx."""

import secrets
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from docxtpl import DocxTemplate

from accounts.permissions import Permission
from accounts.policies import require
from audit import services as audit
from audit.choices import Action
from core import crypto
from core.actor import Actor
from core.transactions import retried
from disputes.disclosure import disclosure
from disputes.errors import NotFound, WrongState
from disputes.models import Dispute, Party
from disputes.selectors import papers, stubs
from disputes.selectors.papers import Paper
from disputes.services import ledger

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "disputes" / "papers" / "paper.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def hand_out(
    *, number: str, kind: str, party_id: int | None, query_code: str, form: str, by: Actor, now: datetime
) -> tuple[Paper, Dispute, list[Party]]:
    """The sheet for one recipient (the first without `party_id`), recorded as printed in that `form`.

    The query code is printed only while it is the dispute's present one. Raises NotFound, NotPermitted, WrongState.
    """
    dispute = _printable(number, by)
    if kind not in papers.TEXTS:
        raise NotFound(_("没有这种文书。"))
    people = papers.recipients(dispute)
    if kind not in papers.kinds(dispute, people):
        raise WrongState(_("该纠纷目前没有这种文书。"))
    recipient = next((row for row in people if party_id in (None, row.pk)), None)
    if recipient is None:
        raise NotFound(_("没有找到这位当事人。"))
    code = query_code if is_present_code(dispute, query_code) else ""
    paper = papers.build(kind, dispute, recipient, query_code=code, now=now)
    audit.record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"paper": kind, "form": form, "party": recipient.pk},
    )
    return paper, dispute, people


@retried
def renew_query_code(*, number: str, by: Actor, now: datetime) -> str:
    """A new query code for a receipt that is printed again; the old one no longer opens anything. Locks the dispute."""
    dispute = _printable(number, by, lock=True)
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


def _printable(number: str, by: Actor, *, lock: bool = False) -> Dispute:
    rows = Dispute.objects.visible_to(by).filter(number=number).defer("search", "narrative")
    rows = rows.select_related(*papers.WITH)
    dispute: Dispute | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if dispute is None:
        raise stubs.unseen(number, by)
    require(by, Permission.REGISTER)
    if disclosure(by, dispute).trail_until is not None:
        raise NotFound(_("没有找到这份文书。"))
    return dispute
