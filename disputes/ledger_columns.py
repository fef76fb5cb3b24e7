"""The columns the ledger's list can show. Number and title always stand first; the exported table is the official one
and knows nothing of this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Column:
    """`fields` are what its cell reads beside those of every row (`querysets.ROW`), `units` those of them that are
    organizations. `usual`: shown as long as nobody chose. `is_number`: set to the right."""

    name: str
    label: Any
    usual: bool = False
    fields: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    is_number: bool = False


COLUMNS = (
    Column("place", _("发生地"), usual=True),
    Column("category", _("类别"), usual=True),
    Column("warning", _("预警"), usual=True),
    Column("status", _("状态"), usual=True),
    Column("unit", _("责任单位/责任人"), usual=True),
    Column("due", _("时限"), usual=True),
    Column("registered", _("登记时间"), usual=True),
    Column(
        "turn",
        _("现在轮到"),
        fields=("waiting_org",),
        units=("waiting_org",),
    ),
    Column("source", _("来源"), fields=("source",)),
    Column(
        "managing",
        _("管理中心"),
        fields=("managing_org",),
        units=("managing_org",),
    ),
    Column("people", _("涉及人数"), fields=("people_count",), is_number=True),
    Column("amount", _("涉及金额"), fields=("amount_fen",), is_number=True),
    Column("occurred", _("发生日期"), fields=("occurred_on",)),
    Column("accepted", _("受理时间"), fields=("accepted_at",)),
    Column("resolve_by", _("化解时限"), fields=("resolve_by",)),
    Column("settled", _("化解时间"), fields=("settled_at",)),
    Column("closed", _("销号时间"), fields=("closed_at",)),
)
BY_NAME = {column.name: column for column in COLUMNS}
USUAL = tuple(column for column in COLUMNS if column.usual)


def in_order(names: Sequence[str]) -> list[Column]:
    """The columns of these names, each once; names that mean none are left out."""
    return [BY_NAME[name] for name in dict.fromkeys(names) if name in BY_NAME]
