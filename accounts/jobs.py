"""What begins or ends by the clock: appointments that end, stand-ins that begin."""

from datetime import datetime

from accounts.services import appointments, delegations, kept_forms, lockout
from core.jobs import job


@job("appointments", every=60, order=5)
def hand_over(now: datetime) -> str:
    """Hands over the open work of appointments that ended today."""
    return f"{appointments.hand_over_ended(now=now)} ended"


@job("delegations", every=60, order=6)
def announce(now: datetime) -> str:
    """Passes open rows to stand-ins whose period began."""
    return f"{delegations.announce_started(now=now)} started"


@job("login_attempts", every=21_600, order=90)
def forget_attempts(now: datetime) -> str:
    """Lets go of wrong passwords and codes that count no more."""
    return f"{lockout.forget_old(now=now)} forgotten"


@job("kept_forms", every=86_400)
def purge_kept_forms(now: datetime) -> str:
    """Forgets what was typed and never sent, after a week."""
    return f"{kept_forms.purge(now=now)} forgotten"
