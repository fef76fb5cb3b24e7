"""Live on the intake form: what the classifier makes of the words typed so far. A help, never a decision."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from classifier.rules import Verdict
from classifier.rules.level_of_text import verdict_of
from classifier.selectors.policy import policy_in_force
from classifier.selectors.policy_pages import level_name
from classifier.wording import label_of
from core.clock import now
from core.numbers import whole
from disputes.rules.intake import NARRATIVE_LIMIT, PEOPLE_LIMIT, TITLE_LIMIT
from disputes.rules.intake_hints import danger_words
from disputes.selectors.masked import mask
from disputes.views.acting import acting
from early_warning.selectors.evidence import AROUND, MOST, Passage

NAME_FIELD = re.compile(r"parties-\d{1,3}-name\Z")
LONGEST_NAME = 100


@require_POST
@never_cache
@login_required
def live(request: HttpRequest) -> HttpResponse:
    """The fragment under the narrative; nothing is written."""
    acting(request, Permission.REGISTER)
    text = request.POST.get("narrative", "")[:NARRATIVE_LIMIT]
    row, policy = policy_in_force(now())
    title = request.POST.get("title", "")[:TITLE_LIMIT]
    verdict = verdict_of(policy, text, title, _people(request))
    names = _names(request)
    context = {
        "level": verdict.level,
        "label": level_name(verdict.level),
        "passages": _passages(verdict, text, title, names, row.document),
        "reason": label_of(row.document, verdict.rule) if verdict.rule else "",
        "happening": verdict.happening,
        "danger": verdict.danger and not request.POST.get("danger") and not danger_words(text),
    }
    return render(request, "early_warning/intake_level.html", context)


def _people(request: HttpRequest) -> int | None:
    told = whole(request.POST.get("people_count", ""))
    return None if told is None else min(told, PEOPLE_LIMIT)


def _names(request: HttpRequest) -> list[str]:
    """The parties' names typed above; evidence never lists persons."""
    typed = {
        str(value)[:LONGEST_NAME].strip() for name, value in request.POST.items() if NAME_FIELD.match(name)
    }
    return sorted((name for name in typed if len(name) > 1), key=len, reverse=True)


def _passages(
    verdict: Verdict, narrative: str, title: str, names: list[str], document: dict[str, object]
) -> list[Passage]:
    found = [(row, title if row.in_title else narrative) for row in verdict.evidence[:MOST]]
    return [
        Passage(
            mask(text[max(row.start - AROUND, 0) : row.start], names),
            mask(text[row.start : row.end], names),
            mask(text[row.end : row.end + AROUND], names),
            label_of(document, row.indicator),
        )
        for row, text in found
    ]
