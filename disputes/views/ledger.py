"""The ledger page: filters, chips, saved views, search, one page of rows by keyset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from accounts.rights import may
from core import clock
from core.actor import Actor
from core.http import Request
from disputes.models import Dispute
from disputes.rules import numbers
from disputes.selectors import ledger, ledger_query
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.ledger import PAGE_SIZE, Cursor
from disputes.selectors.ledger_columns import heads_of
from disputes.selectors.saved_views import kept_by, tabs
from disputes.views.acting import acting
from disputes.views.query_code import typed_into_search

FIRST_FIELDS = ("q", "place", "category", "status", "level")
ARROWS = {"descending": "sort-down", "ascending": "sort-up", "none": "chevron-expand"}
FLAGS = (
    *("waiting", "mine", "followed", "overdue", "due_soon", "pending", "handed_down"),
    *("confidential", "restriction_open", "stub", "danger"),
    *("on_time", "kept"),
)
MORE_FIELDS = tuple(name for name in LedgerFilter.base_filters if name not in (*FIRST_FIELDS, *FLAGS, "name"))


@require_safe
@login_required
def page(request: Request) -> HttpResponse:
    """The list; with htmx only the part below the filters."""
    by, now = acting(request), clock.now()
    query = ledger_query.asked(request.GET)
    if may(by, Permission.REGISTER) and typed_into_search(request, query.get("q", "")):
        return redirect("disputes:query_code")
    rows = Dispute.objects.listed_to(by)
    found = LedgerFilter(query, rows, by=by, now=now)
    if target := _jump(found, query):
        return redirect("disputes:detail", target)
    context = _list_context(found, query, request.GET.get("cursor", ""), by, now)
    address = ledger_query.address(query, cursor=request.GET.get("cursor", ""))
    if request.htmx:
        response = render(request, "disputes/ledger.html#list", context)
        response["HX-Push-Url"] = address
        return response
    if any(not value for value in request.GET.values()):
        return redirect(address)
    return render(request, "disputes/ledger.html", context | _frame_context(found, by))


def _jump(found: LedgerFilter, query: dict[str, str]) -> str | None:
    """The number that was typed, when it is one the reader may see."""
    return found.one_meant() if set(query) == {"q"} else None


def _list_context(
    found: LedgerFilter, query: dict[str, str], cursor: str, by: Actor, now: datetime
) -> dict[str, Any]:
    matching = found.qs
    sort, kept = ledger_query.sort_in(query), kept_by(by)
    columns, shown_tabs = kept.columns, tabs(kept.views, query)
    also = [name for column in columns for name in column.fields]
    one = ledger.ledger_page(matching.for_ledger(also), sort=sort, cursor=Cursor.read(cursor), size=PAGE_SIZE)
    chips = ledger_query.chips(found, query, by)
    count_of = ledger.counted if len(chips) > 1 else ledger.counted_or_foreseen
    count = count_of(matching)
    helps = (
        [] if count.number or not chips else ledger_query.helps(found.queryset, query, chips, by=by, now=now)
    )
    return {
        "filter": found,
        "rows": ledger.ledger_rows(ledger.with_names(one.rows, columns), by),
        "count": _("%s 以上") % f"{count.number:,}" if count.more else str(count.number),
        "tabs": shown_tabs,
        "chips": chips,
        "helps": helps,
        "clear_url": ledger_query.address({}),
        "name_typed": _name_typed(query, found, by, count.number),
        "previous": _beside(query, one.previous),
        "next": _beside(query, one.next),
        "heads": heads_of(columns),
        "sorts": _sorts(query, sort),
        "query": query,
        "stored_query": ledger_query.stored(query),
        "saved_id": next((tab.saved_id for tab in shown_tabs if tab.active), None),
        "may_export": may(by, Permission.EXPORT),
        "may_bulk": may(by, Permission.BULK),
        "now": now,
    }


def _name_typed(query: dict[str, str], found: LedgerFilter, by: Actor, count: int) -> str:
    """The words that found nothing, when they may be a name and the reader may search by name."""
    words = query.get("q", "")
    if count or not found.is_valid() or numbers.parse(words) is not None:
        return ""
    return words if may(by, Permission.SEARCH_NAMES) else ""


def _frame_context(found: LedgerFilter, by: Actor) -> dict[str, Any]:
    return {
        "first_fields": FIRST_FIELDS,
        "more_fields": MORE_FIELDS,
        "flags": FLAGS,
        "more_open": any(name in found.form.errors for name in MORE_FIELDS),
        "may_register": may(by, Permission.REGISTER),
        "may_search_names": may(by, Permission.SEARCH_NAMES),
        "may_verify": may(by, Permission.VERIFY_LEDGER),
    }


def _beside(query: dict[str, str], cursor: Cursor | None) -> str:
    return ledger_query.address(query, cursor=str(cursor)) if cursor else ""


def _sorts(query: dict[str, str], sort: ledger.Sort) -> dict[str, dict[str, str]]:
    """Where the sortable column heads lead, what aria-sort they carry and which arrow."""
    registered = "registered" if sort.name == "-registered" else "-registered"
    aria = {"-registered": "descending", "registered": "ascending"}.get(sort.name, "none")
    due = "ascending" if sort.name == "due" else "none"
    return {
        "registered": {
            "url": ledger_query.address(query, sort=registered),
            "aria": aria,
            "icon": ARROWS[aria],
        },
        "due": {"url": ledger_query.address(query, sort="due"), "aria": due, "icon": ARROWS[due]},
    }
