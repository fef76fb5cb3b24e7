"""Pages printed from the browser: who printed which dispute, or the ledger by which filter, goes into the access log
as papers and exports do. Without script the browser prints what it shows and tells nobody."""

from __future__ import annotations

from datetime import datetime

from accounts.permissions import Permission
from accounts.rights import require
from audit.choices import Action
from audit.services import record
from core.actor import Actor
from disputes.selectors import ledger_query
from disputes.selectors.detail import visible_dispute


def dispute_printed(*, number: str, by: Actor, now: datetime) -> None:
    """Raises NotFound, NotPermitted where the content is not in sight: nothing of it was on the page either."""
    dispute = visible_dispute(number, by)
    record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk,
        target_label=dispute.number,
        details={"page": "dispute"},
    )


def ledger_printed(*, query: str, by: Actor, now: datetime) -> None:
    """`query`: the page's own, of which filters and sort are kept. Raises NotPermitted."""
    require(by, Permission.VIEW_DISPUTES)
    asked = ledger_query.lasting(ledger_query.asked_in(query))
    record(
        action=Action.PRINTED,
        by=by,
        now=now,
        target_type="ledger",
        target_label=ledger_query.stored(asked),
        details={"page": "ledger", "query": asked},
    )
