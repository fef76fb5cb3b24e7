"""What the intake form asks while typing: lists for the type-aheads, hints and likely duplicates."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from core.actor import Actor
from core.clock import now, shanghai_date
from disputes.choices import PartyKind
from disputes.forms.intake_entry import kept_of, parties_typed, title_proposed
from disputes.rules import intake_hints
from disputes.rules.intake import NAME_LIMIT, NARRATIVE_LIMIT, PartyFacts, is_old
from disputes.rules.protection import grounds_in
from disputes.rules.unit_names import names_a_unit
from disputes.selectors import intake
from disputes.selectors.intake import Option
from disputes.selectors.shown_levels import shown_levels
from disputes.services import drafts, duplicates
from disputes.views.acting import acting
from disputes.wording_protection import hints_of

TYPED_LIMIT = 60


@require_safe
@login_required
def places(request: HttpRequest) -> HttpResponse:
    by = acting(request, Permission.REGISTER)
    return answer(intake.places(typed(request), by, shanghai_date(now())))


@require_safe
@login_required
def units(request: HttpRequest) -> HttpResponse:
    by = acting(request, Permission.REGISTER)
    return answer(intake.units(typed(request), shanghai_date(now()), near=by.organization.place, free=True))


@require_safe
@login_required
def accused(request: HttpRequest) -> HttpResponse:
    by = acting(request, Permission.REGISTER)
    return answer(intake.accused(typed(request), shanghai_date(now()), by.organization.place))


@require_POST
@login_required
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """Hints and likely duplicates for what is typed; a likely twin in another town is reported to the county once."""
    by = acting(request, Permission.REGISTER)
    drafts.find(key=key, by=by)
    text = request.POST.get("narrative", "")
    kept = kept_of(request.POST)
    parties = parties_typed(kept)
    found = _duplicates(request, key, by, text, parties)
    levels = shown_levels([candidate.dispute for candidate in found.candidates], by)
    context = {
        "hints": [*_hints(request, text), *_party_hints(parties)],
        "found": found,
        "levels": levels,
        "proposed": title_proposed(kept),
        "few_asked": _asks_restriction(request, text),
    }
    return render(request, "disputes/intake_look.html", context)


def _asks_restriction(request: HttpRequest, text: str) -> bool:
    """Whether the hints ask whether few should know: then leaving it as it is answers no."""
    words = f"{request.POST.get('title', '')}\n{text}"
    return not request.POST.get("restricted") and bool(grounds_in(words))


def _duplicates(
    request: HttpRequest, key: UUID, by: Actor, text: str, parties: tuple[PartyFacts, ...]
) -> duplicates.Found:
    so_far = duplicates.Typed(
        text=f"{request.POST.get('title', '')}\n{text}"[: NARRATIVE_LIMIT * 2],
        parties=parties,
    )
    moment = now()
    found = duplicates.look(typed=so_far, by=by, now=moment)
    duplicates.tell_county(found.elsewhere, about=str(key), by=by, now=moment)
    return found


def _hints(request: HttpRequest, text: str) -> list[str]:
    hints = []
    if len(text) > NARRATIVE_LIMIT:
        hints.append(_("事由最多 5000 字，更长的材料请作为附件上传。"))
    if intake_hints.has_id_number(text):
        hints.append(_("事由里像有身份证号码。请把号码填到当事人的“证件号码”，不要写在事由里。"))
    if intake_hints.has_phone(text):
        hints.append(_("事由里像有手机号码。请把号码填到当事人的“电话”，不要写在事由里。"))
    words = intake_hints.danger_words(text)
    if words and not request.POST.get("danger"):
        hints.append(
            _("提到了“%s”。如果有人身危险，请先报 110/派出所，并电话报告值班领导，再勾选“有人身危险”。")
            % _("、").join(words[:3])
        )
    hints += hints_of(
        f"{request.POST.get('title', '')}\n{text}", restricted=bool(request.POST.get("restricted"))
    )
    try:
        occurred_on = parse_date(request.POST.get("occurred_on", ""))
    except ValueError:
        occurred_on = None
    if is_old(occurred_on, shanghai_date(now())):
        hints.append(_("发生日期较早，请核对；确实如此的可以照常登记。"))
    return hints


def _party_hints(parties: tuple[PartyFacts, ...]) -> list[str]:
    """What the names show: a unit among the natural persons, a character no other computer has."""
    hints = []
    for party in parties:
        name = party.name[:NAME_LIMIT]
        if party.kind == PartyKind.NATURAL and names_a_unit(name):
            hints.append(_("“%s”是单位名称，请将类型选为“单位”。") % name)
        if own := intake_hints.own_characters(name):
            hints.append(
                _("“%(name)s”里的“%(own)s”是自造字，别的电脑可能显示不出来，请在事由里写明是什么字。")
                % {"name": name, "own": own}
            )
    return hints


def typed(request: HttpRequest) -> str:
    """What was typed so far, as the type-ahead sends it."""
    return request.GET.get("q", "")[:TYPED_LIMIT]


def answer(options: list[Option]) -> JsonResponse:
    """The lines of the list, as combobox.js reads them."""
    return JsonResponse({"results": [option.as_json() for option in options]})
