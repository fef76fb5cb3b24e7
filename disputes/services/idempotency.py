"""Doing something once for one key: the twin of a request waits and gets the first one's answer."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core import crypto
from core.actor import Actor
from core.transactions import retried
from disputes.errors import KeyReused
from disputes.models import IdempotencyKey

KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    """What the first request got. `body` is JSON; it is kept encrypted for 7 days."""

    body: Mapping[str, Any] = field(default_factory=dict)
    dispute_id: int | None = None


@retried
def once(*, by: Actor, key: str, request_hash: str, now: datetime, make: Callable[[], Answer]) -> Answer:
    """Runs `make` for a new key, in the same transaction as the key; answers a known key from its row.

    The row is inserted first, so a twin in another transaction waits for it: it then gets the same answer, or,
    if the first one failed, its own turn. Raises KeyReused (409) when the key came with another request.
    """
    row_id = _claim(by, key, request_hash, now)
    if row_id is None:
        return _known(by, key, request_hash)
    answer = make()
    _keep(row_id, answer)
    return answer


def answered(*, by: Actor, key: str) -> Answer | None:
    """The answer this post already got for the key, if it is still kept."""
    row = IdempotencyKey.objects.filter(appointment=by.acting, key=key).first()
    return _answer(row) if row else None


def request_hash(parts: Mapping[str, Any]) -> str:
    """The same for the same content, whatever its order."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def purge(now: datetime) -> int:
    """Forgets keys older than 7 days; safe to run twice."""
    deleted, _rows = IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()
    return deleted


def _claim(by: Actor, key: str, request_hash: str, now: datetime) -> int | None:
    """Inserts the key, waiting for a twin's transaction to end; None when it is there already."""
    table = connection.ops.quote_name(IdempotencyKey._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (appointment_id, key, request_hash, answer, created_at)"
            " VALUES (%s, %s, %s, '', %s) ON CONFLICT (appointment_id, key) DO NOTHING RETURNING id",
            [by.acting.pk, key, request_hash, now],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _keep(row_id: int, answer: Answer) -> None:
    said = json.dumps(answer.body, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disputes_idempotencykey SET answer = %s, dispute_id = %s WHERE id = %s",
            [crypto.encrypt(said), answer.dispute_id, row_id],
        )


def _known(by: Actor, key: str, request_hash: str) -> Answer:
    row = IdempotencyKey.objects.get(appointment=by.acting, key=key)
    if row.request_hash != request_hash:
        raise KeyReused(_("这份登记已经提交过，内容与本次不同。如需另行登记，请重新开始。"))
    return _answer(row)


def _answer(row: IdempotencyKey) -> Answer:
    return Answer(body=json.loads(row.answer or "{}"), dispute_id=row.dispute_id)
