"""Choosing the columns of the ledger's list and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.actor import Actor
from core.errors import InvalidInput
from disputes.ledger_columns import COLUMNS, Column, in_order
from disputes.selectors import ledger_query
from disputes.selectors.ledger_columns import chosen_columns
from disputes.services import ledger_columns
from disputes.views.acting import acting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def columns(request: HttpRequest) -> HttpResponse:
    """GET shows what is chosen; POST keeps it, moves one column up or down without keeping it, or takes the usual
    ones again. The ledger's own query goes along, so that one comes back to the same list."""
    by, back = acting(request), ledger_query.address(ledger_query.asked(request.GET))
    if request.method != "POST":
        chosen = chosen_columns(by)
        return _page(request, [*chosen, *(one for one in COLUMNS if one not in chosen)], chosen)
    if "reset" in request.POST:
        ledger_columns.reset(by=by)
        messages.success(request, _("台账已恢复默认列。"))
        return redirect(back)
    return _typed(request, by, back)


def _typed(request: HttpRequest, by: Actor, back: str) -> HttpResponse:
    order, shown = _order(request.POST), request.POST.getlist("shown")
    name, _colon, way = request.POST.get("move", "").partition(":")
    if name:
        return _page(request, _moved(order, name, -1 if way == "up" else 1), in_order(shown))
    ordered = [column.name for column in order if column.name in shown]
    try:  # what no column is called is refused there
        ledger_columns.choose(names=[*ordered, *(one for one in shown if one not in ordered)], by=by)
    except InvalidInput as error:
        return _page(request, order, in_order(shown), str(error))
    messages.success(request, _("台账的列已保存。"))
    return redirect(back)


def _order(posted: QueryDict) -> list[Column]:
    order = in_order(posted.getlist("order"))
    return [*order, *(column for column in COLUMNS if column not in order)]


def _moved(order: list[Column], name: str, by: int) -> list[Column]:
    """The column one place up or down, where there is one."""
    names = [column.name for column in order]
    at = names.index(name) if name in names else -1
    if at >= 0 and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return order


def _page(
    request: HttpRequest, order: Sequence[Column], chosen: Sequence[Column], error: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "rows": [{"column": column, "is_chosen": column in chosen} for column in order],
        "back": ledger_query.address(ledger_query.asked(request.GET)),
        "error": error,
    }
    return render(request, "disputes/ledger_columns.html", context, status=422 if error else 200)
