"""Units that can be responsible. Who may call is asked by accounts, which lies above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from jurisdictions.models import Organization, Place, Sector

FIELDS = (
    "name",
    "short_name",
    "vertically_managed",
    "address",
    "phone",
    "paper_mark",
    "valid_from",
    "valid_to",
)


@dataclass(frozen=True)
class Facts:
    """What may change of an organization; code, kind and place stay, rights hang on them."""

    name: str
    short_name: str = ""
    parent: Organization | None = None
    sectors: Sequence[Sector] = ()
    vertically_managed: bool = False
    address: str = ""
    phone: str = ""
    paper_mark: str = ""


@transaction.atomic
def add(
    *, code: str, kind: str, place: Place, facts: Facts, valid_from: date, by: Actor, now: datetime
) -> Organization:
    if Organization.objects.filter(code=code).exists():
        raise InvalidInput({"code": [_("这个单位代码已经有了。")]})
    _require_own_mark(facts.paper_mark, but=None)
    organization = Organization(code=code, kind=kind, place=place, valid_from=valid_from)
    _apply(organization, facts)
    _record(organization, {}, by=by, now=now)
    return organization


@transaction.atomic
def edit(*, organization_id: int, facts: Facts, by: Actor, now: datetime) -> Organization:
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    before = _written(organization)
    _require_no_circle(organization, facts.parent)
    _require_own_mark(facts.paper_mark, but=organization.pk)
    _apply(organization, facts)
    _record(organization, before, by=by, now=now)
    return organization


@transaction.atomic
def end(
    *, organization_id: int, valid_to: date, successor_id: int | None, by: Actor, now: datetime
) -> Organization:
    """The last day of a unit and which one continues its work; its posts are closed with it.

    Refused while units below it go on. accounts refuses while somebody holds one of its posts.
    """
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    if valid_to < organization.valid_from:
        raise InvalidInput({"valid_to": [_("停用日期不能早于启用日期 %s。") % organization.valid_from]})
    children = organization.children.exclude(valid_to__lte=valid_to).count()
    if children:
        raise Conflict(_("还有 %d 个下级单位在用，请先改隶或停用。") % children)
    if successor_id == organization.pk:
        raise InvalidInput({"successor": [_("承接单位应是另一个单位。")]})
    before = _written(organization)
    organization.valid_to, organization.successor_id = valid_to, successor_id
    organization.save(update_fields=["valid_to", "successor"])
    organization.posts.update(is_active=False)
    _record(organization, before, by=by, now=now)
    return organization


def _require_no_circle(organization: Organization, parent: Organization | None) -> None:
    """A unit is not below itself, however many levels down."""
    above, seen = parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == organization.pk:
            raise InvalidInput({"parent": [_("上级单位不能是本单位或它的下级。")]})
        seen.add(above.pk)
        above = above.parent


def _require_own_mark(mark: str, *, but: int | None) -> None:
    """Two units that number their papers with the same letters give the same number twice."""
    others = Organization.objects.filter(Q(paper_mark=mark) | Q(paper_mark="", short_name=mark)).exclude(
        pk=but
    )
    if mark and (other := others.first()) is not None:
        raise InvalidInput({"paper_mark": [_("这个机关代字已由%s使用。") % other.name]})


def _apply(organization: Organization, facts: Facts) -> None:
    for name in ("name", "short_name", "parent", "vertically_managed", "address", "phone", "paper_mark"):
        setattr(organization, name, getattr(facts, name))
    organization.save()
    organization.sectors.set(facts.sectors)


def _written(organization: Organization) -> dict[str, str]:
    written = {name: str(getattr(organization, name) or "") for name in FIELDS}
    related = {
        "parent": organization.parent.code if organization.parent else "",
        "sectors": " ".join(sorted(organization.sectors.values_list("code", flat=True))),
        "successor": organization.successor.code if organization.successor else "",
    }
    return written | related


def _record(organization: Organization, before: dict[str, str], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="organization",
        target_id=organization.code,
        label=organization.name,
        before=before,
        after=_written(organization),
    )
