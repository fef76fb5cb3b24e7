"""How long an archived dispute's texts and names are kept: dated rows with their source, written only here."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from audit.services import record_change
from core.actor import Actor
from core.clock import shanghai_date
from disputes.errors import InvalidInput, NotFound, WrongState
from safekeeping.models import RetentionRule

ONE_DAY = timedelta(days=1)
LONGEST = 100  # a sanity bound of the form, not a legal limit


@transaction.atomic
def add_rule(*, years: int, effective_from: date, source: str, by: Actor, now: datetime) -> RetentionRule:
    """A row for what is closed from that day on; the one before ends the day before.

    A day in the past is taken only where no other row holds: what was in force is never changed.
    """
    require(by, Permission.MANAGE_CALENDAR)
    _check(years, source)
    rows = list(RetentionRule.objects.select_for_update())
    before = next((row for row in rows if row.covers(effective_from)), None)
    if before is not None and (
        before.effective_from == effective_from or effective_from < shanghai_date(now)
    ):
        raise InvalidInput({"effective_from": [_("这一天已有生效的规定，不能改动，请另选日期。")]})
    was = shown(before)
    if before is not None:
        before.effective_to = effective_from - ONE_DAY
        before.save(update_fields=["effective_to"])
    after = min((row.effective_from for row in rows if row.effective_from > effective_from), default=None)
    row = RetentionRule.objects.create(
        years=years,
        effective_from=effective_from,
        effective_to=after - ONE_DAY if after else None,
        source=source.strip(),
    )
    _record(row, was, by=by, now=now)
    return row


@transaction.atomic
def end_rule(*, rule_id: int, last_day: date, by: Actor, now: datetime) -> RetentionRule:
    """What is closed after that day is kept until another row says otherwise."""
    require(by, Permission.MANAGE_CALENDAR)
    row = RetentionRule.objects.select_for_update().filter(pk=rule_id).first()
    if row is None:
        raise NotFound(_("没有这条规定。"))
    today = shanghai_date(now)
    if row.has_ended(today):
        raise WrongState(_("这条规定已经停用。"))
    if last_day < max(today, row.effective_from):
        raise InvalidInput({"last_day": [_("停用日期不能早于今天，也不能早于生效日期。")]})
    if row.effective_to is not None and last_day > row.effective_to:
        raise InvalidInput({"last_day": [_("这条规定本来就到 %s 为止。") % f"{row.effective_to:%Y-%m-%d}"]})
    was = shown(row)
    row.effective_to = last_day
    row.save(update_fields=["effective_to"])
    _record(row, was, by=by, now=now)
    return row


def _check(years: int, source: str) -> None:
    errors: dict[str, list[object]] = {}
    if not 1 <= years <= LONGEST:
        errors["years"] = [_("保管年数应在 1 至 %d 之间。") % LONGEST]
    if not source.strip():
        errors["source"] = [_("请写明依据。")]
    if errors:
        raise InvalidInput(errors)


def shown(row: RetentionRule | None) -> dict[str, object]:
    """The row as the access log keeps it."""
    if row is None:
        return {}
    ends = row.effective_to.isoformat() if row.effective_to else ""
    return {
        "years": row.years,
        "effective_from": row.effective_from.isoformat(),
        "effective_to": ends,
        "source": row.source,
    }


def _record(row: RetentionRule, was: dict[str, object], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="retention_rule",
        target_id=row.pk,
        label=str(row),
        before=was,
        after=shown(row),
    )
