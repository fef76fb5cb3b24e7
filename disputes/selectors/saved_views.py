"""The tabs of the ledger: three that everybody has, then the user's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.models import SavedView
from disputes.selectors import ledger_query


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    active: bool
    saved_id: int | None = None
    count: None = None


def tabs(by: Actor, query: Mapping[str, str]) -> list[Tab]:
    """One query; the tab whose filters are the present ones is marked."""
    built_in = [
        (_("全部"), {}),
        (_("待我办理"), {"waiting": "1", "sort": "due"}),
        (_("已超期"), {"overdue": "1", "sort": "due"}),
        (_("我经手的"), {"mine": "1"}),
        (_("我关注的"), {"followed": "1"}),
    ]
    made = [Tab(ledger_query.address(asked), label, asked == dict(query)) for label, asked in built_in]
    for view in SavedView.objects.filter(user=by.user):
        asked = ledger_query.asked_in(view.query)
        made.append(Tab(ledger_query.address(asked), view.name, asked == dict(query), view.pk))
    return made
