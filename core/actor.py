"""Who does something: a person in a post, for themselves or standing in, or a job of the system."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.language import in_house_language


@dataclass(frozen=True)
class Actor:
    """`by` of every service. `on_behalf_of` is the appointment a stand-in acts for.

    core knows no domain, so the types stay open: `user` is an accounts.User or None for the system,
    `appointment` and `on_behalf_of` are accounts.Appointment or None.
    """

    user: Any
    appointment: Any
    on_behalf_of: Any = None
    job: str = ""
    scope: Any = field(default=None, compare=False, repr=False)  # accounts.scoping.Scope: what they may see

    @classmethod
    def system(cls, job: str) -> Actor:
        """The system itself, in the named periodic job."""
        return cls(user=None, appointment=None, job=job)

    @property
    def is_system(self) -> bool:
        return self.user is None

    @property
    def acting(self) -> Any:
        """The appointment whose powers are used: the one stood in for, else the actor's own."""
        return self.on_behalf_of or self.appointment

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def appointment_id(self) -> int | None:
        return self.appointment.pk if self.appointment else None

    @property
    def post(self) -> Any:
        return self.acting.post if self.acting else None

    @property
    def organization(self) -> Any:
        return self.acting.post.organization if self.acting else None

    @property
    def label(self) -> str:
        """Post first, then name; the job's name for the system. Kept in records, so in one language."""
        return self.job if self.user is None else self._person_label()

    @in_house_language
    def _person_label(self) -> str:
        post = str(self.acting.post) if self.acting else ""
        return f"{post} {self.user.name}".strip()
