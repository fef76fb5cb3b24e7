"""The list for the type-ahead of whom a meeting may ask."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from core.clock import now, shanghai_date
from disputes.selectors import dispatching
from disputes.selectors.detail import visible_dispute
from disputes.views.acting import acting
from disputes.views.intake_pick import answer, typed


@require_safe
@login_required
def people(request: HttpRequest, number: str) -> JsonResponse:
    """People of the units the actor's centre may order."""
    by = acting(request, Permission.COORDINATE)
    dispute = visible_dispute(number, by)
    return answer(dispatching.people_offered(dispute, by.organization, typed(request), shanghai_date(now())))
