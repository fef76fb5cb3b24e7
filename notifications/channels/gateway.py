"""Everything apprise speaks: SMS gateways, WeCom and DingTalk robots, webhooks."""

import logging
from urllib.parse import quote
from uuid import UUID

from apprise import Apprise, AppriseAsset, LogCapture, NotifyFormat
from django.utils.translation import gettext as _

from notifications.channels.message import Message
from notifications.choices import Channel
from notifications.errors import Refused, Unavailable, Unclear

PERSONAL = ("{phone}", "{email}", "{username}")
LONGEST_ANSWER = 300
SCHEMES: dict[str, frozenset[str]] = {
    Channel.WECOM: frozenset({"wecombot"}),
    Channel.DINGTALK: frozenset({"dingtalk"}),
    Channel.WEBHOOK: frozenset({"json", "jsons", "form", "forms", "xml", "xmls"}),
}
ON_THIS_MACHINE = frozenset(
    {"dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows", "file", "prowl"}
)


def is_personal(target: str) -> bool:
    """Whether each recipient gets their own message; otherwise a group reads it and gets it once."""
    return any(mark in target for mark in PERSONAL)


def problem_with(channel: str, target: str) -> str:
    """Why this address cannot serve the channel; empty when it can."""
    scheme = target.partition("://")[0].lower()
    allowed = SCHEMES.get(channel)
    if allowed is not None and scheme not in allowed:
        return _("该渠道的地址应以 %(schemes)s 开头。") % {
            "schemes": "、".join(f"{name}://" for name in sorted(allowed))
        }
    if scheme in ON_THIS_MACHINE or not _apprise().add(_filled(target, _example())):
        return _("地址格式不对，请对照渠道说明检查。")
    return ""


def send(message: Message, target: str) -> None:
    """One message. apprise says only yes or no: a no is repeated for urgent messages, else left to a person."""
    gate = _apprise()
    if not gate.add(_filled(target, message)):
        raise Refused(_("地址格式不对，请到渠道设置中修改。"))
    with LogCapture(level=logging.WARNING) as said:
        done = gate.notify(body=message.text, title="", body_format=NotifyFormat.TEXT)
        answer = said.getvalue()[-LONGEST_ANSWER:].strip()
    if done:
        return
    reason = answer or _("渠道没有确认收到。")
    raise Unavailable(reason) if message.urgent else Unclear(reason)


def _apprise() -> Apprise:
    return Apprise(asset=AppriseAsset(app_id="hejie", app_desc="hejie", app_url="", async_mode=False))


def _filled(target: str, message: Message) -> str:
    """The address with the recipient's own marks in it, quoted as parts of a URL."""
    for mark, value in zip(PERSONAL, (message.phone, message.email, message.username), strict=True):
        target = target.replace(mark, quote(value, safe=""))
    return target


def _example() -> Message:
    return Message(
        message_id=UUID(int=0),
        title="",
        url="",
        urgent=False,
        username="someone",
        email="someone@example.org",
        phone="13800138000",
    )
