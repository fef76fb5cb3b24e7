"""The policy's versions: the list, one version, what differs, and the steps from draft to publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classifier.choices import PolicyState
from classifier.forms import DraftForm, PublishForm, TryForm
from classifier.models import WarningPolicy
from classifier.rules.policy_rows import SECTIONS
from classifier.selectors import policy_pages
from classifier.selectors.policy import policy_in_force, row_in_force
from classifier.selectors.trial import tried
from classifier.services import policies
from classifier.views.policy_access import manager
from classifier.wording import HELP
from classifier.wording import SECTIONS as SECTION_LABELS
from core.clock import now
from core.errors import DomainError, NotFound
from core.form_errors import show_errors

FIRST_SECTION = "rules"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """All versions; POST starts a draft as a copy of the one in force."""
    by, moment = manager(request), now()
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        current = policy_in_force(moment)[0]
        row = policies.draft(copy_of=current.version, note=form.cleaned_data["note"], by=by, now=moment)
        messages.success(request, _("已从现行版本复制出第 %d 版草案。") % row.version)
        return redirect("classifier:policy", row.version)
    context = {"versions": policy_pages.versions(moment), "form": form}
    return render(request, "classifier/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, section by section. POST tries a text against it."""
    manager(request)
    row = policy_pages.version_of(number)
    section = request.GET.get("section", FIRST_SECTION)
    if section not in SECTIONS:
        raise NotFound(_("没有这一部分。"))
    form = TryForm(request.POST or None)
    context = _page(row, section) | {"try_form": form}
    if request.method == "POST" and form.is_valid():
        context |= {"tried": tried(row, **form.cleaned_data, now=now())}
    return render(request, "classifier/policy.html", context)


def _page(row: WarningPolicy, section: str) -> dict[str, Any]:
    current = row_in_force(now())
    return {
        "policy": row,
        "current": current,
        "section": section,
        "section_label": SECTION_LABELS[section],
        "section_help": HELP.get(section, ""),
        "tabs": _tabs(row, section),
        "rows": policy_pages.rows_of(row.document, section),
        "faults": policy_pages.faults_of(row),
        "is_draft": row.state == PolicyState.DRAFT,
        "is_proposed": row.state == PolicyState.PROPOSED,
        "is_open": row.state in policies.OPEN,
        "may_add": section not in ("thresholds", "people"),
        "replay": row.replays.first(),
        "publish_form": PublishForm(),
        "note_form": DraftForm(initial={"note": row.note}),
    }


def _tabs(row: WarningPolicy, section: str) -> list[dict[str, Any]]:
    at = reverse("classifier:policy", args=[row.version])
    return [
        {
            "url": f"{at}?section={name}",
            "label": SECTION_LABELS[name],
            "count": len(row.document.get(name, ())),
            "active": name == section,
        }
        for name in (FIRST_SECTION, *(name for name in SECTIONS if name != FIRST_SECTION))
    ]


@require_safe
@never_cache
@login_required
def difference(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What version `number` changes against version `other`."""
    manager(request)
    after, before = policy_pages.version_of(number), policy_pages.version_of(other)
    changes = policy_pages.changes_between(before.document, after.document)
    context = {"policy": after, "other": before, "changes": changes}
    return render(request, "classifier/policy_difference.html", context)


@require_POST
@login_required
def propose(request: HttpRequest, number: int) -> HttpResponse:
    form = DraftForm(request.POST)
    by = manager(request)
    if not form.is_valid():
        messages.error(request, _("请写明为什么要改、改什么。"))
        return redirect("classifier:policy", number)
    done = _("已提请发布，请另一位负责人核对后发布。")
    return _step(
        request,
        number,
        done,
        lambda: policies.propose(version=number, note=form.cleaned_data["note"], by=by, now=now()),
    )


@require_POST
@login_required
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    by = manager(request)
    return _step(
        request,
        number,
        _("已退回草案，可以继续修改。"),
        lambda: policies.take_back(version=number, by=by, now=now()),
    )


@require_POST
@login_required
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    by = manager(request)
    return _step(
        request, number, _("草案已作废。"), lambda: policies.withdraw(version=number, by=by, now=now())
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """The second person's page: what changes, what the trial found, from when."""
    by = manager(request)
    row = policy_pages.version_of(number)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            policies.publish(
                version=number, effective_from=form.cleaned_data["effective_from"], by=by, now=now()
            )
        if not form.errors:
            messages.success(request, _("第 %d 版已发布。") % number)
            return redirect("classifier:policy", number)
    current = policy_in_force(now())[0]
    context = {
        "policy": row,
        "form": form,
        "current": current,
        "own": row.proposed_by is not None and row.proposed_by.user_id == by.user_id,
        "changes": policy_pages.changes_between(current.document, row.document),
        "replay": row.replays.first(),
    }
    return render(request, "classifier/policy_publish.html", context)


def _step(request: HttpRequest, number: int, done: str, work: Any) -> HttpResponse:
    """A step whose refusals are told on the version's page."""
    try:
        work()
    except DomainError as error:
        if error.status in (403, 404):
            raise
        for message in _said(error):
            messages.error(request, message)
    else:
        messages.success(request, done)
    return redirect("classifier:policy", number)


def _said(error: DomainError) -> list[str]:
    errors = getattr(error, "errors", None)
    return [str(one) for found in errors.values() for one in found] if errors else [str(error)]
