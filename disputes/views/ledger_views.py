"""Saving and deleting one's own views of the ledger."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import InvalidInput
from disputes.selectors import ledger_query
from disputes.services import saved_views
from disputes.views.acting import acting


@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the filters of the page the form stood on."""
    by = acting(request)
    asked = ledger_query.lasting(ledger_query.asked(QueryDict(request.POST.get("query", "")[:2000])))
    try:
        view = saved_views.save(name=request.POST.get("name", ""), query=ledger_query.stored(asked), by=by)
    except InvalidInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已保存视图“%s”。") % view.name)
    return redirect(ledger_query.address(asked))


@require_POST
@login_required
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    saved_views.delete(view_id=view_id, by=acting(request))
    messages.success(request, _("已删除视图。"))
    return redirect("disputes:ledger")
