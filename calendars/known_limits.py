"""Which limits there are: each app writes those of its own work in its `limits.py`, with the rows the product starts
with. The county edits the rows, not these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import models
from django.utils.module_loading import autodiscover_modules

from calendars.choices import LimitUnit
from core.registry import Registry

COUNTY = "系统默认值，请县里以文件确认"
FOUNDED = date(2020, 1, 1)


@dataclass(frozen=True)
class DefaultRule:
    key: models.TextChoices
    limit: int
    unit: LimitUnit
    source: str = COUNTY
    category: str = ""
    source_kind: str = ""
    effective_from: date = FOUNDED
    note: str = ""


keys: Registry[models.TextChoices] = Registry()
rows: Registry[DefaultRule] = Registry()


def register(of_app: type[models.TextChoices], *defaults: DefaultRule, order: int) -> None:
    """The keys of one app, shown in this order among those of others."""
    for key in of_app:
        keys.register(key, name=key.value, order=order)
    for row in defaults:
        rows.register(row, name=f"{row.key}/{row.category}/{row.source_kind}", order=order)


def all_keys() -> list[models.TextChoices]:
    _read()
    return list(keys)


def all_defaults() -> list[DefaultRule]:
    _read()
    return list(rows)


def key_choices() -> list[tuple[str, str]]:
    return [(key.value, str(key.label)) for key in all_keys()]


def label_of(key: str) -> str:
    """What pages call it; the key itself where no app knows it any more."""
    _read()
    known = keys.get(key)
    return str(known.label) if known is not None else key


@cache
def _read() -> None:
    """Once for each process: looking for a module that an app has not costs each time."""
    autodiscover_modules("limits")
