"""§5 as a report: every town × hot field, and the posts nobody could reach."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import Permission as P
from accounts.rights import may
from classifier.rights import may_manage
from core import clock
from core.errors import NotPermitted
from core.http import actor_of
from responsibility import rights
from responsibility.selectors.coverage import coverage


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """The administrator finds a link to where each gap is closed; the others, whom to ask."""
    by = actor_of(request)
    if by is None or not rights.may_see_coverage(by):
        raise NotPermitted(_("责任覆盖由县综治中心、县领导和系统管理员查看。"))
    found = coverage(by.organization.place.county_code, clock.now())
    context = {
        "found": found,
        "may_fix": may(by, P.MANAGE_STRUCTURE),
        "may_appoint": may(by, P.MANAGE_RIGHTS),
        "keeps_policy": may_manage(by),
        "figures": [
            {"label": _("无人负责的领域"), "value": found.gaps},
            {"label": _("由政法委员兜底"), "value": found.fallbacks},
            {"label": _("空缺或未设的岗位"), "value": found.empty},
            {"label": _("联系不上的岗位"), "value": found.unreachable},
        ],
    }
    return render(request, "responsibility/coverage.html", context)
