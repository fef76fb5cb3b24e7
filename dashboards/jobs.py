from datetime import datetime

from core.jobs import job
from dashboards.services import snapshots


@job("dashboard_figures", every=30, order=90)
def dashboard_figures(now: datetime) -> str:
    return f"{snapshots.refresh(now)} snapshots counted"
