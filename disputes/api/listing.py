"""`GET /disputes/`: filters and keyset paging."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request

from core.actor import Actor
from core.clock import now
from disputes.choices import Status
from disputes.errors import InvalidInput
from disputes.filters import without_hidden_levels
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from jurisdictions.models import Place

PAGE = 25
MOST = 100
KNOWN = {"q", "status", "level", "place", "category", "overdue", "lead_unit", "cursor", "limit"}
TRUTH = {"true": True, "1": True, "false": False, "0": False}
WITH = (
    "category",
    "received_by",
    "managing_org",
    "lead_unit",
    "responsible_person__user",
    "responsible_leader__organization",
    "waiting_org",
)


def page(request: Request, by: Actor) -> tuple[list[Dispute], str | None]:
    """The rows after the cursor, newest first, and the address of what follows."""
    given = {name: str(value) for name, value in request.query_params.items() if value != ""}
    unknown = sorted(set(given) - KNOWN)
    if unknown:
        raise InvalidInput({name: [_("没有这个筛选条件。")] for name in unknown})
    rows = Dispute.objects.visible_to(by)
    if "level" in given:
        rows = without_hidden_levels(rows, by)
    rows = filtered(rows, given, now())
    cursor = _number(given, "cursor", 0)
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    size = min(_number(given, "limit", PAGE), MOST)
    found = list(rows.select_related(*WITH).defer("search", "narrative").order_by("-pk")[: size + 1])
    if len(found) <= size:
        return found, None
    query = request.query_params.copy()
    query["cursor"] = str(found[size - 1].pk)
    return found[:size], request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def filtered(rows: DisputeQuerySet, given: dict[str, str], moment: datetime) -> DisputeQuerySet:
    """Every condition by name; a value that cannot be is a message at its field."""
    if "status" in given:
        rows = rows.filter(status__in=_choices(given, "status", Status.values))
    if "level" in given:
        levels = _choices(given, "level", ["0", "1", "2", "3"])
        rows = rows.filter(warning_level__in=[int(level) for level in levels])
    if "place" in given:
        place = Place.objects.by_code(given["place"]).first()
        if place is None:
            raise InvalidInput({"place": [_("没有这个地方。")]})
        rows = rows.filter(place_code__startswith=place.code)
    if "category" in given:
        rows = rows.filter(category__code__in=given["category"].split(","))
    if "lead_unit" in given:
        rows = rows.filter(lead_unit__code=given["lead_unit"])
    if "overdue" in given:
        late = rows.overdue(moment)
        rows = late if _truth(given, "overdue") else rows.exclude(pk__in=late.values("pk"))
    return rows.matching(given["q"]) if "q" in given else rows


def _choices(given: dict[str, str], name: str, known: Any) -> list[str]:
    values = given[name].split(",")
    wrong = [value for value in values if value not in known]
    if wrong:
        raise InvalidInput({name: [_("没有这个取值：%s") % "、".join(wrong)]})
    return values


def _truth(given: dict[str, str], name: str) -> bool:
    value = TRUTH.get(given[name].lower())
    if value is None:
        raise InvalidInput({name: [_("请填写 true 或 false。")]})
    return value


def _number(given: dict[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        raise InvalidInput({name: [_("请填写整数。")]})
    return int(value)
