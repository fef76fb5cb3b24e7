"""Periodic jobs of imports; each finds by itself what an earlier run missed."""

from datetime import datetime

from core.jobs import job
from imports.services import importing


@job("ledger_imports", every=60, order=82)
def ledger_imports(now: datetime) -> str:
    """Imports whose message was lost; refused lines past their time."""
    return f"{importing.take_up_lost(now=now)} taken up, {importing.forget_cells(now=now)} forgotten"
