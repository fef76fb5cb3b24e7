"""Who may set up the empty county: whoever reads the terminal it was started in, or a superuser.

A code is printed once and used once; it lets one browser in, and a new code shuts the one before out.
"""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.services import lockout
from accounts.services.passwords import one_time_password
from core.errors import Conflict, InvalidInput
from first_start.models import FirstStart
from first_start.selectors import county_is_missing

GOOD_FOR = timedelta(hours=24)
SUBJECT = "first start"  # no account is called so: it has a space


@transaction.atomic
def issue_code(*, now: datetime) -> str:
    """A new code in place of any before it. Raises Conflict where a county is there already."""
    if not county_is_missing():
        raise Conflict(_("这里已经有县的数据，不再需要首次设置。"))
    code = one_time_password()
    row = locked()
    row.code_digest, row.code_expires_at = digest(_bare(code)), now + GOOD_FOR
    row.save(update_fields=["code_digest", "code_expires_at"])
    return code


def open_with(*, code: str, address: str, now: datetime) -> str:
    """The pass of the browser that typed the code, which is used up. Raises InvalidInput, TooManyAttempts.

    Counted like wrong passwords, for the address it was typed from, whether the rest of the request succeeds or not.
    """
    subject = lockout.password_of(SUBJECT)
    lockout.count(subject, address, now)
    granted = _use(code, now)
    lockout.forget(subject, address)
    return granted


@transaction.atomic
def _use(code: str, now: datetime) -> str:
    row = locked()
    expires = row.code_expires_at
    if not row.code_digest or expires is None or expires <= now:
        raise InvalidInput({"code": [_("启动码已用过或已过期，请在服务器上重新获取。")]})
    if not hmac.compare_digest(row.code_digest, digest(_bare(code))):
        raise InvalidInput({"code": [_("启动码不对，请照终端里显示的输入。")]})
    granted = secrets.token_urlsafe(32)
    row.code_digest, row.code_expires_at, row.pass_digest = "", None, digest(granted)
    row.save(update_fields=["code_digest", "code_expires_at", "pass_digest"])
    return granted


def is_pass(granted: str) -> bool:
    """Whether this browser is the one let in last."""
    known = FirstStart.objects.filter(pk=1).values_list("pass_digest", flat=True).first()
    return bool(granted and known) and hmac.compare_digest(str(known), digest(granted))


def locked() -> FirstStart:
    """The row, made when it is not there, locked until the transaction ends."""
    FirstStart.objects.get_or_create(pk=1)
    row: FirstStart = FirstStart.objects.select_for_update().get(pk=1)
    return row


def digest(text: str) -> str:
    return salted_hmac("first_start", text, algorithm="sha256").hexdigest()


def _bare(code: str) -> str:
    """However it is written: spaces and dashes do not count, nor do capitals."""
    return re.sub(r"[^a-z0-9]", "", code.lower())
