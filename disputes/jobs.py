"""Periodic jobs of the ledger; each finds by itself what an earlier run missed."""

from datetime import datetime

from core.jobs import job
from disputes.services import attachments, drafts, export, idempotency


@job("ledger_exports", every=60, order=80)
def ledger_exports(now: datetime) -> str:
    """Exports whose message was lost, and files past their time."""
    return f"{export.take_up_lost(now=now)} taken up, {export.expire(now=now)} expired"


@job("intake_orphan_files", every=6 * 3600, order=92)
def intake_orphan_files(now: datetime) -> str:
    """Stored contents that no row has named for 24 hours."""
    return f"{attachments.sweep_orphans(now)} files removed"


@job("intake_purge", every=24 * 3600, order=93)
def intake_purge(now: datetime) -> str:
    """Idempotency keys after 7 days, drafts nobody touched for 30."""
    return f"{idempotency.purge(now)} keys, {drafts.purge(now)} drafts forgotten"
