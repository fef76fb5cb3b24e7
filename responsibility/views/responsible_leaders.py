"""责任领导 on pages: shown while a case is typed, named otherwise, passed on to the principal leader."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.errors import NotPermitted
from disputes.models import Dispute
from disputes.views.acting import acting
from responsibility import rights
from responsibility.forms import OverrideForm, ReasonForm
from responsibility.selectors import leader_choices
from responsibility.selectors.preview import Typed, preview
from responsibility.services import naming
from responsibility.views.leader_pages import LeaderPage

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


class NamingPage(LeaderPage):
    """For whoever names another leader than the rule."""

    refused: Any

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if not rights.may_name_leader(by, dispute):
            raise NotPermitted(self.refused)
        return dispute, by


class OverridePage(NamingPage):
    """Another leader than the rule's, with the reason."""

    form_class = OverrideForm
    refused = gettext_lazy("另行指定责任领导由管理中心或县综治中心办理。")
    heading, submit = gettext_lazy("另行指定责任领导"), gettext_lazy("指定")
    effect = gettext_lazy(
        "责任领导一般按 §8 由事实确定。另行指定的，理由写入流转记录；新的责任领导将收到通知。"
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"leaders": leader_choices.post_choices(self.dispute, self.now)}

    def perform(self, data: dict[str, Any]) -> None:
        row = naming.override(
            number=self.kwargs["number"],
            post_code=data["post"],
            reason=data["reason"],
            by=self.by,
            now=self.now,
        )
        self.done = _("已指定 %s 为责任领导，并已通知。") % row.post


class PrincipalPage(NamingPage):
    """一把手: what the deputy could not solve."""

    form_class = ReasonForm
    refused = gettext_lazy("提请主要领导负责由管理中心或县综治中心办理。")
    heading, submit = gettext_lazy("提请主要领导负责"), gettext_lazy("提请")
    effect = gettext_lazy(
        "分管领导解决不了的问题，由“一把手”亲自负责解决（§8）。理由写入流转记录，主要领导将收到通知。"
    )

    def perform(self, data: dict[str, Any]) -> None:
        row = naming.take_over_by_principal(
            number=self.kwargs["number"], reason=data["reason"], by=self.by, now=self.now
        )
        self.done = _("现由 %s 亲自负责，并已通知。") % row.post
