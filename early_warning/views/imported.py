"""Levels read in imported texts: the coordinator confirms, changes or drops them, one or many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.actor import Actor
from core.clock import now
from core.form_errors import show_errors
from core.forms import Form
from disputes.forms.fields import CleanText
from disputes.rules.intake import REASON_LIMIT
from disputes.views.acting import acting
from early_warning.errors import NotPermitted
from early_warning.selectors import imported_levels as selectors
from early_warning.services import imported_levels
from early_warning.views.board import BoardForm
from early_warning.wording_screens import LEVELS

AS_READ = "as_read"


class DecideForm(Form):
    """Which rows, what they are, and why."""

    rows = forms.TypedMultipleChoiceField(label=gettext_lazy("哪些纠纷"), coerce=int)
    decision = forms.ChoiceField(
        label=gettext_lazy("核定为"),
        choices=[
            (AS_READ, gettext_lazy("按读出的级别")),
            *((str(one), LEVELS[one]) for one in (3, 2, 1)),
            ("0", gettext_lazy("不预警")),
        ],
        initial=AS_READ,
        widget=forms.RadioSelect,
    )
    reason = CleanText(
        lines=True,
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("按读出的级别核定的，可不填。"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, page: selectors.Page, data: Any = None) -> None:
        super().__init__(data)
        offered: Any = self.fields["rows"]
        offered.choices = [
            (one.row.pk, one.row.dispute.number) for one in page.rows if not one.row.dispute.is_stub
        ]
        offered.error_messages["required"] = _("请先选中要核定的纠纷。")
        offered.error_messages["invalid_choice"] = _("有的纠纷已经核定，请刷新页面后再选。")

    @property
    def level_to(self) -> int | None:
        said = self.cleaned_data["decision"]
        return None if said == AS_READ else int(said)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    if not selectors.is_coordinator(by):
        raise NotPermitted(_("导入时读出的预警由管理本件的综治中心核定，您当前的岗位不能核定。"))
    found = BoardForm(request.GET).chosen().get("after")
    after = tuple(int(part) for part in found.split("-")) if found else None
    page = selectors.waiting_page(by, after)  # type: ignore[arg-type]  # two numbers by the pattern
    form = DecideForm(page, request.POST or None)
    here = reverse("early_warning:imported")
    if request.method == "POST" and form.is_valid() and _decided(request, form, by):
        return redirect(here)
    context = {
        "page": page,
        "form": form,
        "chosen": {str(pk) for pk in form["rows"].value() or ()},
        "next_url": f"{here}?after={page.next}" if page.next else "",
    }
    return render(request, "early_warning/imported.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: DecideForm, by: Actor) -> bool:
    data = form.cleaned_data
    with show_errors(form):
        decided, passed = imported_levels.decide(
            ids=data["rows"], level_to=form.level_to, reason=data["reason"], by=by, now=now()
        )
        messages.success(request, _("已核定 %d 件。") % decided)
        if passed:
            messages.info(request, _("另有 %d 件已被别人核定或已办结。") % passed)
    return not form.errors
