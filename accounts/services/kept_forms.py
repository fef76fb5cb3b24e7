"""What is being typed into a form, kept until it was sent with success: it survives a closed tab or a dead machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import KeptForm, User
from core.errors import InvalidInput
from core.transactions import retried

KEPT = timedelta(days=7)
MOST_FORMS = 40  # of one person; the oldest go
LONGEST = 100_000  # characters of JSON
KEY_LIMIT, PAGE_LIMIT = 300, 250


@retried
def keep(*, user: User, key: str, page: str, values: Mapping[str, Sequence[str]], now: datetime) -> None:
    """Overwrites what was kept of that form. Raises InvalidInput for what is too long to be typed by hand."""
    text = json.dumps(values, ensure_ascii=False)
    if len(text) > LONGEST or not 0 < len(key) <= KEY_LIMIT or not 0 < len(page) <= PAGE_LIMIT:
        raise InvalidInput({"__all__": [_("内容过长，没有暂存。请尽快提交，或把长材料作为附件上传。")]})
    given = {"page": page, "values": text, "updated_at": now}
    KeptForm.objects.update_or_create(user=user, key=key, defaults=given)
    mine = KeptForm.objects.filter(user=user).order_by("-updated_at", "-pk")
    too_old = list(mine.values_list("pk", flat=True)[MOST_FORMS : 2 * MOST_FORMS])
    if too_old:
        KeptForm.objects.filter(pk__in=too_old).delete()


def of_page(*, user: User, page: str) -> dict[str, dict[str, Any]]:
    """Key → values and the moment (milliseconds since 1970) of this person's forms of that page."""
    return {
        row.key: {"values": json.loads(row.values), "at": int(row.updated_at.timestamp() * 1000)}
        for row in KeptForm.objects.filter(user=user, page=page)
    }


def forget(*, user: User, key: str) -> None:
    """Sent with success, or thrown away by who typed it."""
    KeptForm.objects.filter(user=user, key=key).delete()


def purge(*, now: datetime) -> int:
    """Forgets what nobody came back to for a week; safe to run twice."""
    deleted, _rows = KeptForm.objects.filter(updated_at__lt=now - KEPT).delete()
    return deleted
