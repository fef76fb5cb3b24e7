"""第一天: which of a newcomer's first things are done, by what the records say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, QuerySet
from django.urls import reverse

from accounts.models import Appointment, User
from accounts.rights import may
from core.actor import Actor
from dashboards.models import FirstDay
from dashboards.wording_first_day import ITEMS, Item
from disputes.models import Dispute, TrailEntry
from early_warning.models import Escalation
from notifications.models import Preference

RECENT = 200  # disputes whose trails are looked through: of a newcomer's own centre, or their own


@dataclass(frozen=True)
class Line:
    item: Item
    done: bool

    @property
    def url(self) -> str:
        return reverse(self.item.url_name)


def guide_of(by: Actor) -> FirstDay:
    """The person's own row, or an unsaved one of who ticked nothing yet. One query."""
    return FirstDay.objects.filter(user=by.user).first() or FirstDay(user=by.user)


def lines_of(by: Actor, guide: FirstDay) -> list[Line]:
    """The first things of the post acted in. One query for all facts, however long the records are."""
    items = items_of(by)
    facts = _facts(by, [item.name for item in items if item.name in RECORDED])
    return [Line(item, facts[item.name] or (item.by_hand and item.name in guide.ticked)) for item in items]


def items_of(by: Actor) -> list[Item]:
    """Whoever accepts disputes registers and signs for few: that is asked of those who do nothing else."""
    found = [item for item in ITEMS if item.permission is None or may(by, item.permission)]
    accepts = any(item.name == "accept" for item in found)
    return [item for item in found if not (accepts and item.name in ("sign_for", "register"))]


def _facts(by: Actor, recorded: list[str]) -> defaultdict[str, bool]:
    """What the person's account and the records say; False for what no record tells."""
    facts = defaultdict(bool, password=not by.user.must_change_password, phone=bool(by.user.phone))
    asked = {f"has_{name}": Exists(RECORDED[name](by)) for name in recorded}
    row = User.objects.filter(pk=by.user_id).values(**asked).first() or {}
    facts.update({name.removeprefix("has_"): found for name, found in row.items()})
    return facts


def _registered(by: Actor) -> QuerySet[Any]:
    return Dispute.objects.filter(registered_by__in=_held(by))


def _accepted(by: Actor) -> QuerySet[Any]:
    own = Dispute.objects.filter(managing_org=by.organization, accepted_at__isnull=False)
    return _took(by, own, "accept", "accept_report")


def _signed(by: Actor) -> QuerySet[Any]:
    return _took(by, Dispute.objects.filter(responsible_person__in=_held(by)), "sign_for")


def _took(by: Actor, disputes: QuerySet[Any], *steps: str) -> QuerySet[Any]:
    newest = disputes.order_by("-id").values("pk")[:RECENT]
    return TrailEntry.objects.filter(dispute__in=newest, step__in=steps, user_id=by.user_id)


def _held(by: Actor) -> QuerySet[Any]:
    return Appointment.objects.filter(user=by.user).values("pk")


RECORDED: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "notices": lambda by: Preference.objects.filter(user=by.user),
    "register": _registered,
    "accept": _accepted,
    "sign_for": _signed,
    "acknowledge": lambda by: Escalation.objects.filter(acknowledged_by=by.user),
}
