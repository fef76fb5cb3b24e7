"""Periodic jobs that keep the ledger; each finds by itself what an earlier run missed."""

from datetime import datetime

from core.jobs import job
from safekeeping.services import erasure, seal, verify


@job("ledger_seal", every=600, order=70)
def ledger_seal(now: datetime) -> str:
    """Seals every Shanghai day that is over."""
    return f"{len(seal.seal_complete_days(now=now))} days sealed"


@job("ledger_checks", every=60, order=81)
def ledger_checks(now: datetime) -> str:
    """Verifications whose message was lost."""
    return f"{verify.take_up_lost(now=now)} taken up"


@job("ledger_erasure", every=3600, order=90)
def ledger_erasure(now: datetime) -> str:
    """Texts and names whose time of keeping is over, by the dated rule."""
    return f"{erasure.erase_due(now=now)} disputes erased"
