"""What leaves the system. A dispute's title and text stay inside: only the notice's own line goes out."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Message:
    """One line for one person; `url` is absolute or empty."""

    message_id: UUID
    title: str
    url: str
    urgent: bool
    username: str = ""
    email: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.url}".strip()
