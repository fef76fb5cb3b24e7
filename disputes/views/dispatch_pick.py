"""Lists for the type-aheads of who gets a case: units within reach, and people a meeting may ask."""

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
def units(request: HttpRequest, number: str) -> JsonResponse:
    """Those the managing centre may order, who holds the field first."""
    dispute = visible_dispute(number, acting(request, Permission.DISPATCH))
    return answer(dispatching.units_offered(dispute, typed(request), shanghai_date(now())))


@require_safe
@login_required
def staff(request: HttpRequest, number: str) -> JsonResponse:
    """Who may become the responsible person: people of the unit that is chosen, of any unit before one is."""
    dispute = visible_dispute(number, acting(request, Permission.DISPATCH))
    unit = request.GET.get("lead_unit", "")[:100]
    return answer(dispatching.staff_offered(dispute, unit, typed(request), shanghai_date(now())))


@require_safe
@login_required
def bulk_units(request: HttpRequest) -> JsonResponse:
    of_all = dispatching.of_no_field(acting(request, Permission.BULK))
    return answer(dispatching.units_offered(of_all, typed(request), shanghai_date(now())))
