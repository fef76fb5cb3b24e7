"""Every periodic job in one table. `manage.py sweep` runs the same jobs once, as of a given time.

The jobs themselves are in each app's `jobs.py`; a test holds this table to what they say.
"""

from typing import Any

# job name in core.jobs → seconds between runs
PERIODIC: dict[str, int] = {
    "appointments": 60,
    "delegations": 60,
    "login_attempts": 21_600,
    "deadlines": 60,
    "deliveries": 60,
    "dashboard_figures": 30,
    "ledger_exports": 60,
    "ledger_checks": 60,
    "ledger_imports": 60,
    "ledger_seal": 600,
    "ledger_erasure": 3600,
    "warning_replays": 60,
    "warning_readings": 60,
    "escalations": 60,
    "weekly_reviews": 3600,
    "intake_orphan_files": 21_600,
    "intake_purge": 86_400,
    "kept_forms": 86_400,
}


def beat_schedule() -> dict[str, dict[str, Any]]:
    """For Celery beat. A message older than its interval is dropped: the next one does the same work."""
    return {
        name: {"task": "core.run_job", "schedule": every, "args": (name,), "options": {"expires": every}}
        for name, every in PERIODIC.items()
    }
