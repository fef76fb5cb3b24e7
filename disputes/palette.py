"""The palette's lines about disputes: one by its number, the steps open on the page's own, units, searches."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.rights import may
from core.actor import Actor
from core.clock import now, shanghai_date
from core.http import actor_of
from core.palette import Asked, Command, register
from disputes.models import Dispute
from disputes.models.shown_numbers import shown_number
from disputes.rules import numbers
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.ledger_choices import ledger_choices
from disputes.selectors.ledger_query import address
from disputes.selectors.open_steps import steps_open_to
from disputes.services import query_names
from jurisdictions.rules.typed import means

MOST_UNITS = 6


@register
def commands(request: HttpRequest, asked: Asked) -> Iterator[Command]:
    """Names of people are looked up nowhere here: they lead to the search that asks for a reason and is recorded."""
    by = actor_of(request)
    if by is None or not may(by, P.VIEW_DISPUTES):
        return
    yield from _steps(asked, by)
    if not asked.typed:
        return
    if numbers.with_code(asked.typed):  # a code stands in no address and in no list
        if may(by, P.REGISTER):
            yield Command(_("核对查询码"), reverse("disputes:query_code"), "patch-check", _("纠纷"), order=10)
        return
    yield from _numbered(asked.typed, by)
    yield from _units(asked.typed, by)
    yield from _searches(asked.typed, by)


def _numbered(typed: str, by: Actor) -> Iterator[Command]:
    """As the search of the frame reads a number: 61 is this year's case of the own town."""
    found = LedgerFilter({"q": typed}, Dispute.objects.listed_to(by), by=by, now=now()).one_meant()
    if found:
        number = shown_number(found)
        yield Command(
            number, reverse("disputes:detail", args=[found]), "journal-text", _("纠纷"), order=10, note=found
        )


def _steps(asked: Asked, by: Actor) -> Iterator[Command]:
    """What this person may do now with the dispute whose page is open."""
    number = _number_in(asked.path)
    for step in steps_open_to(by, number, now()) if number else ():
        if means(asked.typed, step.label):
            yield Command(
                step.label,
                reverse("disputes:step", args=[number, step.id]),
                "arrow-right-circle",
                group=_("本件可以办理"),
                order=20,
            )


def _number_in(path: str) -> str:
    """The dispute a page is about, empty where it is about none."""
    try:
        return str(resolve(path).kwargs.get("number", "")) if path else ""
    except Resolver404:
        return ""


def _units(typed: str, by: Actor) -> Iterator[Command]:
    """The own town's before those of others."""
    own = by.organization.code.partition(".")[0]
    known = ledger_choices(shanghai_date(now())).units
    fitting = [one for one in known if means(typed, one.name) or one.code.startswith(typed.lower())]
    fitting.sort(key=lambda unit: unit.code.partition(".")[0] != own)
    for unit in fitting[:MOST_UNITS]:
        yield Command(
            unit.name,
            address({"lead_unit": unit.code}),
            "building",
            group=_("单位"),
            order=40,
            note=_("责任单位的纠纷"),
        )


def _searches(typed: str, by: Actor) -> Iterator[Command]:
    if may(by, P.SEARCH_NAMES) and numbers.parse(typed) is None:
        yield Command(
            _("按姓名检索“%s”") % typed,
            reverse("disputes:name_search"),
            "person-lines-fill",
            group=_("检索"),
            order=50,
            note=_("须填事由，检索会被记录"),
            fill=typed[: query_names.LONGEST],
        )
    yield Command(_("在台账中检索“%s”") % typed, address({"q": typed}), "search", group=_("检索"), order=50)
