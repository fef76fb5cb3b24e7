"""Search by a party's exact name, with its reason."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission
from core import clock
from core.form_errors import show_errors
from core.forms import Form
from disputes.selectors import ledger_query
from disputes.services import query_names
from disputes.views.acting import acting


class NameSearchForm(Form):
    name = forms.CharField(
        label=_("姓名或单位名称"),
        max_length=query_names.LONGEST,
        help_text=_("须与登记时填写的完全一致，只在您有权查看的纠纷中查找。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("检索事由"), max_length=200, help_text=_("这次检索和事由会被记录，供审计查看。")
    )


@require_http_methods(["GET", "POST"])
@login_required
def name_search(request: HttpRequest) -> HttpResponse:
    """Records the search, then shows its rows in the ledger; the name itself never stands in an address.

    `fill` brings the words of a search of the ledger that found nothing: the form, filled in, asks for the reason.
    """
    by = acting(request, Permission.SEARCH_NAMES)
    if "fill" in request.POST:
        words = request.POST["fill"].strip()[: query_names.LONGEST]
        form = NameSearchForm(initial={"name": words})
        form.fields["reason"].widget.attrs["autofocus"] = True
        return render(request, "disputes/ledger_names.html", {"form": form})
    form = NameSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            token = query_names.search(**form.cleaned_data, by=by, now=clock.now())
            return redirect(ledger_query.address({"name": token}))
    return render(request, "disputes/ledger_names.html", {"form": form})
