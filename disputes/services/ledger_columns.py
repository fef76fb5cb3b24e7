"""A person's own choice of columns for the ledger's list."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.ledger_columns import BY_NAME, in_order
from disputes.models import LedgerColumns


def choose(*, names: Sequence[str], by: Actor) -> list[str]:
    """Keeps the columns in this order, each once, for the person in every post; returns their names. Raises
    InvalidInput where none is left or one is unknown."""
    if unknown := [name for name in names if name not in BY_NAME]:
        raise InvalidInput({"names": [_("没有“%s”这一列，请从列表中选择。") % unknown[0][:30]]})
    chosen = [column.name for column in in_order(names)]
    if not chosen:
        raise InvalidInput({"names": [_("请至少选择一列。")]})
    LedgerColumns.objects.update_or_create(user=by.user, defaults={"names": chosen})
    return chosen


def reset(*, by: Actor) -> None:
    """The usual columns again."""
    LedgerColumns.objects.filter(user=by.user).delete()
