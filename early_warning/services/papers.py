"""The report sheet of a warning: built, numbered, recorded as printed, also as docx."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from disputes.selectors.paper_parts import Paper
from disputes.services import paper_numbers
from disputes.services.papers import as_docx
from early_warning.errors import NotFound
from early_warning.selectors import report_sheet as sheets
from early_warning.selectors.escalation import seen_dispute
from early_warning.selectors.warning_page import current_warning


@transaction.atomic
def report_sheet(*, number: str, form: str, by: Actor, now: datetime) -> Paper:
    """The sheet, recorded as printed in that `form`. Raises NotFound out of sight and without a warning."""
    dispute = seen_dispute(number, by)
    warning = current_warning(dispute)
    if warning is None:
        raise NotFound(_("这件纠纷没有预警，没有报告单。"))
    audit.record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"paper": sheets.KIND, "form": form},
    )
    about = f"{dispute.pk}:{warning.pk}"
    given = paper_numbers.number_for(sheets.KIND, about, organization=dispute.managing_org, now=now)
    return sheets.build(dispute, warning, given, by, now)


__all__ = ["as_docx", "report_sheet"]
