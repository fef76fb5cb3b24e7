"""What a clerk is typing, and turning it into a dispute exactly once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from core.actor import Actor
from core.transactions import retried
from core.written_once import written_once
from disputes.errors import InvalidInput, NotFound
from disputes.models import IntakeDraft
from disputes.rules.intake import TITLE_LIMIT, IntakeFacts
from disputes.services import attachments, idempotency, intake, intake_merge

KEPT = timedelta(days=30)
DATA_LIMIT = 2_000_000  # characters of JSON


@dataclass(frozen=True)
class Registered:
    """What the page after saving shows. The query code is told only there."""

    number: str
    query_code: str
    merged_into: str = ""


def mine(by: Actor) -> list[IntakeDraft]:
    """The open drafts of the post acted in, newest first."""
    return list(IntakeDraft.objects.filter(owner=by.acting).defer("data"))


def find(*, key: UUID, by: Actor) -> IntakeDraft | None:
    """The draft of that key; somebody else's is not found."""
    draft = IntakeDraft.objects.filter(key=key).first()
    if draft is not None and draft.owner_id != by.acting.pk:
        raise NotFound(_("没有找到这份草稿。"))
    return draft


def content(draft: IntakeDraft | None) -> dict[str, Any]:
    return json.loads(draft.data) if draft and draft.data else {}


@retried
def save(
    *, key: UUID, data: Mapping[str, Any] | None, title: str, by: Actor, now: datetime
) -> IntakeDraft | None:
    """Creates or overwrites the draft; None when it has been registered already. `data` None keeps what is there."""
    require(by, Permission.REGISTER)
    if idempotency.answered(by=by, key=str(key)) is not None:
        return None
    text = "" if data is None else json.dumps(data, ensure_ascii=False)
    if len(text) > DATA_LIMIT:
        raise InvalidInput({"__all__": [_("内容过长，草稿没有保存。请把长材料作为附件上传。")]})
    start = {"owner": by.acting, "created_at": now, "updated_at": now}
    draft, _made = IntakeDraft.objects.get_or_create(key=key, defaults=start)
    if draft.owner_id != by.acting.pk:
        raise NotFound(_("没有找到这份草稿。"))
    if data is not None:
        draft.data, draft.title, draft.updated_at = text, title[:TITLE_LIMIT], now
        draft.save(update_fields=["data", "title", "updated_at"])
    return draft


@retried
def discard(*, key: UUID, by: Actor) -> None:
    """Deletes the draft with its file rows; the contents go with the next orphan sweep."""
    IntakeDraft.objects.filter(key=key, owner=by.acting).delete()


def register(
    *, key: UUID, facts: IntakeFacts, request_hash: str, merge_into: str = "", by: Actor, now: datetime
) -> Registered:
    """登记 what was drafted, once for its key; with `merge_into` it is registered and merged in one go.

    A repeated request gets the first one's number and code. Raises what intake.register raises, and KeyReused.
    """

    def make() -> idempotency.Answer:
        return _register(key, facts, merge_into, by, now)

    answer = idempotency.once(by=by, key=str(key), request_hash=request_hash, now=now, make=make)
    return Registered(**answer.body)


def faults(*, facts: IntakeFacts, merge_into: str = "", by: Actor, now: datetime) -> dict[str, list[object]]:
    """What `register` would refuse of these facts, by field; writes nothing. Raises NotPermitted."""
    return intake_merge.faults(facts=facts, into=merge_into, by=by, now=now)


def registered(*, key: UUID, by: Actor) -> Registered | None:
    """What registering this draft answered, for 7 days."""
    answer = idempotency.answered(by=by, key=str(key))
    return Registered(**answer.body) if answer and answer.body else None


def _register(key: UUID, facts: IntakeFacts, merge_into: str, by: Actor, now: datetime) -> idempotency.Answer:
    draft = next(iter(_locked(key, by.acting.pk)), None)
    if merge_into:
        dispute, code = intake_merge.register_into(facts=facts, into=merge_into, by=by, now=now)
    else:
        dispute, code = intake.register(facts=facts, by=by, now=now)
    if draft is not None:
        attachments.take_over(draft, dispute, by=by, now=now)
        draft.delete()
    goes_on = dispute.merged_into.number if dispute.merged_into else ""
    body = {"number": dispute.number, "query_code": code, "merged_into": goes_on}
    return idempotency.Answer(body=body, dispute_id=dispute.pk)


@written_once
def _locked(key: Any, owner: Any) -> QuerySet[IntakeDraft]:
    return IntakeDraft.objects.select_for_update().filter(key=key, owner=owner).order_by()


def purge(now: datetime) -> int:
    """Forgets drafts nobody has touched for 30 days; safe to run twice."""
    deleted, _rows = IntakeDraft.objects.filter(updated_at__lt=now - KEPT).delete()
    return deleted
