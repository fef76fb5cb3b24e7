"""The kinds of way out of the system, one class each; every channel has its kind in `KINDS`."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _

from notifications.channels import gateway, mail
from notifications.channels.message import Message
from notifications.choices import Channel
from notifications.errors import Refused


class Kind(Protocol):
    """What the outbox, the sender and the administrator's page ask of a channel."""

    has_target: bool  # whether the county enters where it leads; if not, the operator has set it up

    def is_ready(self) -> bool:
        """Whether the machine it needs is set up."""

    def is_personal(self, target: str) -> bool:
        """Whether each recipient gets their own message; otherwise a group reads it and gets it once."""

    def reaches(self, user: Any, target: str, *, urgent: bool) -> bool:
        """Whether there is an address for this person, and whether they want it."""

    def problem_with(self, target: str) -> str:
        """Why this address cannot serve; empty when it can."""

    def send(self, message: Message, target: str) -> None:
        """Sends one message. Raises a SendingError that says whether it may have arrived."""


class Mail:
    """E-mail, to each in person, by the server the operator names in EMAIL_URL."""

    has_target = False

    def is_ready(self) -> bool:
        return mail.is_configured()

    def is_personal(self, target: str) -> bool:
        return True

    def reaches(self, user: Any, target: str, *, urgent: bool) -> bool:
        return bool(user.email) and (urgent or _wants_email(user))

    def problem_with(self, target: str) -> str:
        return ""

    def send(self, message: Message, target: str) -> None:
        if not message.email:
            raise Refused(_("收件人没有登记邮箱。"))
        mail.send(message)


class Gateway:
    """Whatever apprise speaks, at the address the county enters."""

    has_target = True

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def is_ready(self) -> bool:
        return True

    def is_personal(self, target: str) -> bool:
        return gateway.is_personal(target)

    def reaches(self, user: Any, target: str, *, urgent: bool) -> bool:
        needed = {"{phone}": user.phone, "{email}": user.email}
        return all(value for mark, value in needed.items() if mark in target)

    def problem_with(self, target: str) -> str:
        return gateway.problem_with(self.channel, target)

    def send(self, message: Message, target: str) -> None:
        gateway.send(message, target)


KINDS: dict[str, Kind] = {
    Channel.EMAIL: Mail(),
    Channel.SMS: Gateway(Channel.SMS),
    Channel.WECOM: Gateway(Channel.WECOM),
    Channel.DINGTALK: Gateway(Channel.DINGTALK),
    Channel.WEBHOOK: Gateway(Channel.WEBHOOK),
}


def _wants_email(user: Any) -> bool:
    preference = getattr(user, "notification_preference", None)
    return preference is None or bool(preference.email)
