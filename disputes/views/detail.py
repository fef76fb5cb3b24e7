"""The page of one dispute, and showing a party's data in full."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.acting import who_acts
from core.clock import now, shanghai_date
from core.errors import NotPermitted
from core.form_errors import show_errors
from core.forms import Form
from core.reading import writes_when_read
from disputes.forms.steps import step_form
from disputes.models import Party
from disputes.rules.lifecycle import STEPS
from disputes.selectors import stubs
from disputes.selectors.detail import detail_page, visible_dispute
from disputes.services import looks, unmask


class RevealForm(Form):
    reason = forms.CharField(label=_("查看事由"), max_length=200, help_text=_("本次查看将被记录。"))


@writes_when_read("opening what is restricted is recorded")
@login_required
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """State, who must do what by when, the trail, parties, papers, and the steps this person may take now. Where only
    its stub is in sight, that."""
    by, moment = who_acts(request), now()
    try:
        dispute = visible_dispute(number, by)
    except NotPermitted:
        return render(request, "disputes/stub.html", {"dispute": stubs.stub_of(number, by), "now": moment})
    page = detail_page(dispute, by, moment)
    looks.note(dispute, by=by, now=moment)
    today = shanghai_date(moment)
    box = step_form(STEPS["comment"], dispute, today=today, by=by) if page.may_comment else None
    return render(
        request, "disputes/detail.html", {"page": page, "dispute": page.dispute, "comment_form": box}
    )


@login_required
@never_cache
def reveal(request: HttpRequest, number: str, party_id: int) -> HttpResponse:
    """Asks for a reason, then shows the party in full, once, on a page that is not kept."""
    by = who_acts(request)
    dispute = visible_dispute(number, by)
    form = RevealForm(request.POST or None)
    party = None
    if form.is_valid():
        with show_errors(form):
            party = unmask.reveal(
                number=number, party_id=party_id, reason=form.cleaned_data["reason"], by=by, now=now()
            )
    back = reverse("disputes:detail", args=[number])
    context = {"form": form, "party": party, "dispute": dispute, "back": back, "rows": rows_of(party)}
    return render(request, "disputes/reveal.html", context)


def rows_of(party: Party | None) -> list[dict[str, object]]:
    if party is None:
        return []
    terms = [
        (_("姓名"), party.name),
        (_("电话"), party.phone),
        (_("证件号码"), party.id_number),
        (_("住址"), party.address),
    ]
    return [{"term": term, "value": value} for term, value in terms]
