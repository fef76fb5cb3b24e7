"""分流交办目录: for which sectors a town may assign to the county department directly. Dated rows with their source,
written only here."""

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
from disputes.models import DispatchCatalogue
from jurisdictions.models import Sector

ONE_DAY = timedelta(days=1)


@transaction.atomic
def allow(*, sector: str, effective_from: date, source: str, by: Actor, now: datetime) -> DispatchCatalogue:
    """From that day on, today at the earliest, towns may assign within the sector. Locks the sector's row.

    A row that holds on that day already is refused; one still to come ends the new row the day before.
    Raises NotPermitted, InvalidInput by field.
    """
    require(by, Permission.MANAGE_STRUCTURE)
    found = Sector.objects.select_for_update().filter(code=sector).first()
    errors: dict[str, list[object]] = {}
    if found is None:
        errors["sector"] = [_("请从列表中选择行业。")]
    if effective_from < shanghai_date(now):
        errors["effective_from"] = [_("生效日期不能早于今天。")]
    if not source.strip():
        errors["source"] = [_("请写明依据。")]
    if errors or found is None:
        raise InvalidInput(errors)
    rows = list(DispatchCatalogue.objects.filter(sector=found))
    if any(row.covers(effective_from) for row in rows):
        raise InvalidInput({"effective_from": [_("这一天该行业已在目录中。")]})
    after = min((row.effective_from for row in rows if row.effective_from > effective_from), default=None)
    row = DispatchCatalogue.objects.create(
        sector=found,
        effective_from=effective_from,
        effective_to=after - ONE_DAY if after else None,
        source=source.strip(),
    )
    _record(row, {}, by=by, now=now)
    return row


@transaction.atomic
def end(*, row_id: int, last_day: date, by: Actor, now: datetime) -> DispatchCatalogue:
    """After that day towns report such matters up again; what was assigned before stays. Locks the row."""
    require(by, Permission.MANAGE_STRUCTURE)
    row = (
        DispatchCatalogue.objects.select_for_update(of=("self",))
        .select_related("sector")
        .filter(pk=row_id)
        .first()
    )
    if row is None:
        raise NotFound(_("没有这条规定。"))
    today = shanghai_date(now)
    if row.effective_to is not None and row.effective_to < today:
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


def shown(row: DispatchCatalogue) -> dict[str, object]:
    """The row as the access log keeps it."""
    return {
        "sector": row.sector.name,
        "effective_from": row.effective_from.isoformat(),
        "effective_to": row.effective_to.isoformat() if row.effective_to else "",
        "source": row.source,
    }


def _record(row: DispatchCatalogue, was: dict[str, object], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="dispatch_catalogue",
        target_id=row.pk,
        label=row.sector.name,
        before=was,
        after=shown(row),
    )
