"""One row of a draft: changed, added, taken out. What is wrong with it stands at its field."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from classifier.choices import PolicyState
from classifier.forms import FORMS, ThresholdsForm
from classifier.models import WarningPolicy
from classifier.rules import PolicyFault, check, policy_rows
from classifier.selectors import policy_pages
from classifier.services import policies
from classifier.views.policy_access import manager
from classifier.wording import SECTIONS, fault_words, label_of
from core.errors import NotFound, WrongState
from core.form_errors import show_errors
from core.numbers import whole

OF_A_PATTERN = ("pattern_invalid", "pattern_dangerous", "pattern_matches_nothing", "unknown_word")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit(request: HttpRequest, number: int, section: str, row_id: str) -> HttpResponse:
    by, draft = manager(request), _draft(number)
    present = policy_rows.row_of(draft.document, _section(section), row_id)
    if present is None:
        raise NotFound(_("草案里没有这一条。"))
    form = FORMS[section](request.POST or None, document=draft.document, present=True, initial=present)
    if request.method == "POST" and form.is_valid():
        document = policy_rows.with_row(draft.document, section, row_id, form.row())
        if _kept(request, form, draft, document, row_id, by):
            return _back(number, section)
    title = label_of(draft.document, row_id)
    return _page(request, draft, section, form, title=title, row_id=row_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def add(request: HttpRequest, number: int, section: str) -> HttpResponse:
    by, draft = manager(request), _draft(number)
    form = FORMS[_section(section)](request.POST or None, document=draft.document)
    if request.method == "POST" and form.is_valid():
        row = form.row()
        if policy_rows.row_of(draft.document, section, row["id"]) is not None:
            form.add_error("id", _("代号已经有了，请改用别的代号。"))
        else:
            document = policy_rows.with_row(draft.document, section, row["id"], row)
            if _kept(request, form, draft, document, row["id"], by):
                return _back(number, section)
    return _page(request, draft, section, form, title=_("增加%s") % SECTIONS[section])


@require_POST
@login_required
def remove(request: HttpRequest, number: int, section: str, row_id: str) -> HttpResponse:
    """Other rows may still name it; the version's page then says which."""
    by, draft = manager(request), _draft(number)
    if policy_rows.row_of(draft.document, _section(section), row_id) is None:
        raise NotFound(_("草案里没有这一条。"))
    document = policy_rows.without_row(draft.document, section, row_id)
    policies.change(version=number, revision=_revision(request, draft), document=document, by=by)
    messages.success(request, _("已从草案中删除。"))
    return _back(number, section)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def thresholds(request: HttpRequest, number: int) -> HttpResponse:
    by, draft = manager(request), _draft(number)
    form = ThresholdsForm(request.POST or None, initial=draft.document["thresholds"])
    if request.method == "POST" and form.is_valid():
        document = policy_rows.with_thresholds(draft.document, form.cleaned_data)
        if _kept(request, form, draft, document, "thresholds", by):
            return _back(number, "thresholds")
    return _page(request, draft, "thresholds", form, title=str(SECTIONS["thresholds"]))


def _draft(number: int) -> WarningPolicy:
    row = policy_pages.version_of(number)
    if row.state != PolicyState.DRAFT:
        raise WrongState(_("只有草案可以修改。"))
    return row


def _section(section: str) -> str:
    if section not in FORMS:
        raise NotFound(_("没有这一部分。"))
    return section


def _revision(request: HttpRequest, draft: WarningPolicy) -> int:
    """What the page was drawn from; without it, what stands there now."""
    told = whole(request.POST.get("revision", ""))
    return draft.revision if told is None else told


def _kept(
    request: HttpRequest, form: BaseForm, draft: WarningPolicy, document: dict[str, Any], row_id: str, by: Any
) -> bool:
    """Whether the row went in. A row wrong in itself does not; what clashes with other rows is told later."""
    for fault in check(document):
        if _is_of_this_row(fault, row_id):
            form.add_error(_field_of(fault, form), fault_words(fault, document))
    if form.errors:
        return False
    with show_errors(form):
        policies.change(version=draft.version, revision=_revision(request, draft), document=document, by=by)
    if form.errors:
        return False
    messages.success(request, _("已写入草案。"))
    return True


def _is_of_this_row(fault: PolicyFault, row_id: str) -> bool:
    wrong_in_itself = (*OF_A_PATTERN, "wrong_shape", "missing_field", "duplicate_id", "thresholds_order")
    mine = fault.rule == row_id or fault.rule == "people"
    return mine and fault.code in wrong_in_itself


def _field_of(fault: PolicyFault, form: BaseForm) -> str | None:
    if fault.code in OF_A_PATTERN:
        return "patterns" if "patterns" in form.fields else "lines"
    if fault.code == "duplicate_id":
        return "id"
    return fault.detail if fault.detail in form.fields else None


def _back(number: int, section: str) -> HttpResponse:
    return redirect(f"{reverse('classifier:policy', args=[number])}?section={section}")


def _page(
    request: HttpRequest, draft: WarningPolicy, section: str, form: BaseForm, *, title: str, row_id: str = ""
) -> HttpResponse:
    back = f"{reverse('classifier:policy', args=[draft.version])}?section={section}"
    context = {
        "policy": draft,
        "section": section,
        "form": form,
        "title": title,
        "row_id": row_id,
        "back": back,
        "may_remove": bool(row_id) and section != "people",
    }
    status = 422 if form.errors else 200
    return render(request, "classifier/policy_row.html", context, status=status)
