"""`GET /disputes/`: filters and keyset paging."""

from typing import Any

import django_filters
from django.utils.translation import gettext as _
from rest_framework.request import Request

from core.actor import Actor
from core.clock import now
from core.numbers import whole
from disputes.choices import Status
from disputes.errors import InvalidInput
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet, opened
from disputes.selectors.filter_fields import CodeField
from disputes.selectors.filters import LedgerFilter, without_hidden_levels
from disputes.selectors.ledger_choices import Choice

PAGE = 25
MOST = 100
LEVELS = range(4)
KNOWN = {
    *("q", "status", "level", "place", "category", "overdue", "lead_unit", "handed_down"),
    *("cursor", "limit"),
}
WITH = (
    "category",
    "received_by",
    "managing_org",
    "handed_down_by",
    "lead_unit",
    "responsible_person__user",
    "responsible_leader__organization",
    "waiting_org",
)


class ChoicesFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One of the choices, or several separated by commas."""


class CodesField(CodeField):
    """One code, or several separated by commas; cleans to a list of Choices."""

    def clean(self, value: Any) -> Any:
        found = [super(CodesField, self).clean(code) for code in str(value or "").split(",")]
        return [choice for choice in found if choice is not None]


class CodesFilter(django_filters.Filter):
    field_class = CodesField


class ApiFilter(LedgerFilter):
    """The ledger's filters; the API takes several states, levels and categories at once."""

    status = ChoicesFilter(choices=Status.choices, method="by_statuses")
    level = ChoicesFilter(choices=[(str(level), level) for level in LEVELS], method="by_levels")
    category = CodesFilter(method="by_categories")

    def by_statuses(self, rows: DisputeQuerySet, _name: str, statuses: list[str]) -> DisputeQuerySet:
        return self.known_now(rows).filter(status__in=statuses)

    def by_levels(self, rows: DisputeQuerySet, _name: str, levels: list[str]) -> DisputeQuerySet:
        return without_hidden_levels(self.known_now(rows), self.by).filter(
            warning_level__in=[int(level) for level in levels]
        )

    def by_categories(self, rows: DisputeQuerySet, _name: str, categories: list[Choice]) -> DisputeQuerySet:
        return rows.filter(opened(self.by), category__in=[category.pk for category in categories])


def page(request: Request, by: Actor) -> tuple[list[Dispute], str | None]:
    """The rows after the cursor, newest first, and the address of what follows."""
    given = {name: str(value) for name, value in request.query_params.items() if value != ""}
    unknown = sorted(set(given) - KNOWN)
    if unknown:
        raise InvalidInput({name: [_("没有这个筛选条件。")] for name in unknown})
    found = ApiFilter(given, Dispute.objects.listed_to(by), by=by, now=now())
    if not found.is_valid():
        raise InvalidInput({name: list(messages) for name, messages in found.form.errors.items()})
    rows = found.qs
    cursor = whole_number(given, "cursor", 0)
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    size = max(1, min(whole_number(given, "limit", PAGE), MOST))
    shown = list(rows.select_related(*WITH).defer("search", "narrative").order_by("-pk")[: size + 1])
    if len(shown) <= size:
        return shown, None
    return shown[:size], address_after(request, shown[size - 1].pk)


def address_after(request: Request, pk: int) -> str:
    """The same question, from behind the row of that key."""
    query = request.query_params.copy()
    query["cursor"] = str(pk)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def whole_number(given: dict[str, str], name: str, default: int) -> int:
    """A parameter that must be a whole number. Raises InvalidInput at its name."""
    value = whole(given.get(name, str(default)))
    if value is None:
        raise InvalidInput({name: [_("请填写整数。")]})
    return value
