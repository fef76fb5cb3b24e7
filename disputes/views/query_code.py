"""The page on which staff check the number and query code of a receipt."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import Permission
from core import clock
from core.form_errors import show_errors
from core.forms import Form
from disputes.rules import numbers
from disputes.services import query_codes
from disputes.views.acting import acting

TYPED = "query_code_typed"  # session: what was typed into the search box, so that no address carries a code


class CodeForm(Form):
    number = forms.CharField(
        label=_("编号"),
        max_length=query_codes.LONGEST,
        help_text=_("照回执填写；本镇今年的件只填序号即可。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=20,
        help_text=_("回执上的 8 位数字。每次核对都会被记录。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def query_code(request: HttpRequest) -> HttpResponse:
    """GET asks; POST says whether the two belong together, and what has become of the matter."""
    by = acting(request, Permission.REGISTER)
    number, code = request.session.pop(TYPED, ("", ""))
    form = CodeForm(request.POST or None, initial={"number": number, "code": code})
    answer = None
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            answer = query_codes.check(**form.cleaned_data, by=by, now=clock.now())
    status = 422 if form.errors else 200
    return render(request, "disputes/query_code.html", {"form": form, "answer": answer}, status=status)


def typed_into_search(request: HttpRequest, words: str) -> bool:
    """Whether a number and a code were typed into the search box: then the page has both, and the address neither."""
    found = numbers.with_code(words)
    if found is None:
        return False
    request.session[TYPED] = found
    return True
