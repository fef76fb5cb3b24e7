"""E-mail through Django's mail settings (EMAIL_URL)."""

import smtplib
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _

from notifications.channels.message import Message
from notifications.errors import Refused, Unavailable, Unclear

NOWHERE = frozenset({"console", "dummy"})  # backends of a machine that has no mail server


def is_configured() -> bool:
    """Whether EMAIL_URL names a server that really delivers."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in NOWHERE


def send(message: Message) -> None:
    """Connects, sends, hangs up. Raises a SendingError that says whether it may have arrived."""
    connection = get_connection()
    _open(connection)
    try:
        sent = connection.send_messages([_mail(message, connection)])
    except smtplib.SMTPRecipientsRefused as error:
        raise _answered(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise _answered(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unclear(str(error)) from error
    finally:
        _close(connection)
    if not sent:
        raise Refused(_("邮件服务器没有接收这封邮件。"))


def _open(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Refused(_("邮件服务器拒绝登录，请检查 EMAIL_URL 的账号。")) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(str(error)) from error


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return  # the message's fate is decided already


def _answered(code: int, said: bytes | str) -> Refused | Unavailable:
    """The server's no: for now (4xx) or for good (5xx)."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Refused(f"{code} {words}") if code >= 500 else Unavailable(f"{code} {words}")


def _mail(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.message_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        subject=message.title.replace("\n", " "),
        body=_("%(line)s\n\n详情请登录系统查看。这封邮件由系统自动发出，请勿回复。") % {"line": message.text},
        from_email=formataddr((str(_("和解")), settings.DEFAULT_FROM_EMAIL)),
        to=[message.email],
        headers=headers,
        connection=connection,
    )
