"""Lines of business with their competent departments. Who may call is asked by accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from core.errors import InvalidInput
from jurisdictions.models import Sector


@transaction.atomic
def add(*, code: str, name: str, alias: str, by: Actor, now: datetime) -> Sector:
    _require_free({"code": code, "alias": alias})
    sector = Sector.objects.create(code=code, name=name, alias=alias)
    _record(sector, {}, by=by, now=now)
    return sector


@transaction.atomic
def edit(*, sector_id: int, name: str, alias: str, by: Actor, now: datetime) -> Sector:
    """The code stays: disputes and interfaces name the sector by it."""
    sector = Sector.objects.select_for_update().get(pk=sector_id)
    _require_free({"alias": alias}, besides=sector.pk)
    before = _written(sector)
    sector.name, sector.alias = name, alias
    sector.save(update_fields=["name", "alias"])
    _record(sector, before, by=by, now=now)
    return sector


def _require_free(words: dict[str, str], *, besides: int | None = None) -> None:
    """A code and an alias stand for the same thing, so each word belongs to one sector only."""
    wrong = {
        field: [_("“%s”已被其他行业使用。") % word]
        for field, word in words.items()
        if Sector.objects.by_code(word).exclude(pk=besides or 0).exists()
    }
    if wrong:
        raise InvalidInput(wrong)


def _written(sector: Sector) -> dict[str, str]:
    return {"name": sector.name, "alias": sector.alias}


def _record(sector: Sector, before: dict[str, str], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="sector",
        target_id=sector.code,
        label=sector.name,
        before=before,
        after=_written(sector),
    )
