"""责任领导 on pages: shown while a case is typed, named otherwise, passed on to the principal leader."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from core import clock
from core.errors import NotPermitted
from core.form_errors import show_errors
from disputes.views.acting import acting
from responsibility import permissions
from responsibility.forms import OverrideForm, ReasonForm
from responsibility.selectors import leader_choices
from responsibility.selectors.preview import Typed, preview
from responsibility.services import naming
from responsibility.views.leader_pages import ASKS, address_of, case_and_actor, form_page

TYPED_LIMIT = 60


@require_POST
@login_required
def show_preview(request: HttpRequest) -> HttpResponse:
    """Who would be responsible for what is typed by now; nothing is written."""
    by = acting(request, Permission.REGISTER)
    typed = Typed(
        place=request.POST.get("place", ""),
        towns=tuple(request.POST.getlist("other_towns")),
        sectors=tuple(request.POST.getlist("sectors")),
        unit=request.POST.get("unit", ""),
        unit_relation=request.POST.get("unit_relation", ""),
        unit_consent=request.POST.get("unit_consent", ""),
        category=request.POST.get("category", ""),
        accused=tuple(str(v) for name, v in request.POST.items() if name.startswith("accused-")),
    )
    return render(
        request, "responsibility/responsibility_preview.html", {"found": preview(typed, by, clock.now())}
    )


@require_safe
@login_required
def pick(request: HttpRequest) -> JsonResponse:
    """For the type-ahead of the intake form: the county's leaders in office."""
    by = acting(request, Permission.REGISTER)
    typed = request.GET.get("q", "")[:TYPED_LIMIT]
    county = by.organization.place.county_code
    found = leader_choices.options(typed, county, clock.shanghai_date(clock.now()))
    return JsonResponse({"results": [option.as_json() for option in found]})


@require_http_methods(ASKS)
@login_required
def override(request: HttpRequest, number: str) -> HttpResponse:
    """Another leader than the rule's, with the reason."""
    dispute, by = case_and_actor(request, number)
    if not permissions.may_name_leader(by, dispute):
        raise NotPermitted(_("另行指定责任领导由管理中心或县综治中心办理。"))
    now = clock.now()
    choices = leader_choices.post_choices(dispute, now)
    form = OverrideForm(request.POST or None, leaders=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with show_errors(form):
            row = naming.override(
                number=number, post_code=given["post"], reason=given["reason"], by=by, now=now
            )
            messages.success(request, _("已指定 %s 为责任领导，并已通知。") % row.post)
            return redirect(address_of(dispute))
    return form_page(
        request,
        form,
        dispute,
        heading=_("另行指定责任领导"),
        submit=_("指定"),
        effect=_("责任领导一般按 §8 由事实确定。另行指定的，理由写入流转记录；新的责任领导将收到通知。"),
    )


@require_http_methods(ASKS)
@login_required
def principal(request: HttpRequest, number: str) -> HttpResponse:
    """一把手: what the deputy could not solve."""
    dispute, by = case_and_actor(request, number)
    if not permissions.may_name_leader(by, dispute):
        raise NotPermitted(_("提请主要领导负责由管理中心或县综治中心办理。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            row = naming.take_over_by_principal(
                number=number, reason=form.cleaned_data["reason"], by=by, now=clock.now()
            )
            messages.success(request, _("现由 %s 亲自负责，并已通知。") % row.post)
            return redirect(address_of(dispute))
    return form_page(
        request,
        form,
        dispute,
        heading=_("提请主要领导负责"),
        submit=_("提请"),
        effect=_(
            "分管领导解决不了的问题，由“一把手”亲自负责解决（§8）。理由写入流转记录，主要领导将收到通知。"
        ),
    )
