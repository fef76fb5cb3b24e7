"""Versions of the policy: drafted as a copy, edited, proposed by one person, published by another.

A published version never changes; from its moment on it reads what is registered then. Locks the version's row.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Appointment
from audit.services import record_change
from classifier.choices import PolicyState
from classifier.models import WarningPolicy
from classifier.rights import require_manage
from classifier.rules import check
from classifier.wording import fault_words
from core.actor import Actor
from core.errors import Conflict, InvalidInput, NotFound, StaleVersion, WrongState
from core.language import in_house_language
from core.transactions import retried

Document = dict[str, Any]
OPEN = (PolicyState.DRAFT, PolicyState.PROPOSED)


@retried
def draft(*, copy_of: int, note: str, by: Actor, now: datetime) -> WarningPolicy:
    """A draft that starts as a copy of version `copy_of`. Raises NotPermitted, NotFound."""
    by = require_manage(by)
    source = _locked(copy_of)
    version = (WarningPolicy.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    row = WarningPolicy.objects.create(
        version=version,
        document=deepcopy(source.document) | {"version": version},
        note=note.strip(),
        created_by=_person(by),
        created_at=now,
    )
    _record(row, {}, {"state": row.state, "copy_of": source.version}, by, now)
    return row


@retried
def change(*, version: int, revision: int, document: Document, by: Actor) -> WarningPolicy:
    """Writes an edited document into a draft; it may be unfinished, `faults_of` says what is missing.

    Raises NotPermitted, NotFound, WrongState, or StaleVersion when somebody else changed the draft meanwhile.
    """
    require_manage(by)
    row = _locked(version)
    _require(row, PolicyState.DRAFT)
    if row.revision != revision:
        raise StaleVersion(_("这份草案刚刚被别人修改过。请核对最新内容后再改。"))
    row.document = document | {"version": row.version}
    row.revision += 1
    row.save(update_fields=["document", "revision"])
    return row


@retried
def propose(*, version: int, note: str, by: Actor, now: datetime) -> WarningPolicy:
    """Asks a second person to publish. Raises InvalidInput with every rule that is wrong."""
    by = require_manage(by)
    row = _locked(version)
    _require(row, PolicyState.DRAFT)
    _require_usable(row)
    row.state, row.note = PolicyState.PROPOSED, note.strip()
    row.proposed_by, row.proposed_at = _person(by), now
    row.save(update_fields=["state", "note", "proposed_by", "proposed_at"])
    _record(row, {"state": PolicyState.DRAFT}, {"state": row.state}, by, now)
    return row


@retried
def take_back(*, version: int, by: Actor, now: datetime) -> WarningPolicy:
    """Back to a draft, to be changed once more."""
    by = require_manage(by)
    row = _locked(version)
    _require(row, PolicyState.PROPOSED)
    row.state, row.proposed_by, row.proposed_at = PolicyState.DRAFT, None, None
    row.save(update_fields=["state", "proposed_by", "proposed_at"])
    _record(row, {"state": PolicyState.PROPOSED}, {"state": row.state}, by, now)
    return row


@retried
def publish(*, version: int, effective_from: datetime | None, by: Actor, now: datetime) -> WarningPolicy:
    """Puts a proposed version into force, at once or from a later moment, under a second person's name.

    Raises NotPermitted, WrongState, Conflict for the proposer, InvalidInput for a past moment or faults.
    """
    by = require_manage(by)
    row = _locked(version)
    _require(row, PolicyState.PROPOSED)
    if row.proposed_by is None or row.proposed_by.user_id == by.user_id:
        raise Conflict(_("提请和发布必须是两个人。请另一位负责人来发布。"))
    if effective_from is not None and effective_from < now:
        raise InvalidInput({"effective_from": [_("生效时间不能早于现在。")]})
    _require_usable(row)
    row.state, row.published_by, row.published_at = PolicyState.PUBLISHED, _person(by), now
    row.effective_from = effective_from or now
    row.save(update_fields=["state", "published_by", "published_at", "effective_from"])
    after = {"state": row.state, "effective_from": row.effective_from.isoformat()}
    _record(row, {"state": PolicyState.PROPOSED}, after, by, now)
    return row


@retried
def withdraw(*, version: int, by: Actor, now: datetime) -> WarningPolicy:
    """A draft nobody wants any more; it stays in the list."""
    by = require_manage(by)
    row = _locked(version)
    _require(row, *OPEN)
    before, row.state = row.state, PolicyState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(row, {"state": before}, {"state": row.state}, by, now)
    return row


def _locked(version: int) -> WarningPolicy:
    rows = WarningPolicy.objects.select_related("proposed_by").select_for_update(of=("self",))
    row = rows.filter(version=version).first()
    if row is None:
        raise NotFound(_("没有这个版本。"))
    return row


def _require(row: WarningPolicy, *states: str) -> None:
    if row.state not in states:
        raise WrongState(_("这个版本现在是“%s”，不能这样办理。") % row.get_state_display())


def _require_usable(row: WarningPolicy) -> None:
    faults = check(row.document)
    if faults:
        raise InvalidInput({"__all__": [fault_words(fault, row.document) for fault in faults]})


def _person(by: Actor) -> Appointment:
    """Whose name stands there: the person who acts, never the one they stand in for."""
    person: Appointment = by.appointment or by.acting
    return person


@in_house_language
def _record(
    row: WarningPolicy, before: dict[str, Any], after: dict[str, Any], by: Actor, now: datetime
) -> None:
    record_change(
        by=by,
        now=now,
        target_type="warning_policy",
        target_id=row.pk,
        label=_("第 %d 版") % row.version,
        before=before,
        after=after,
    )
