"""内部留言 on the page of a dispute: whom it may name."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core.clock import now
from disputes.disclosure import disclosure
from disputes.selectors import mentions as named
from disputes.selectors.detail import visible_dispute
from disputes.services import notices, step_runner
from disputes.views.acting import acting
from disputes.views.intake_pick import answer, typed


@require_safe
@login_required
def mentions(request: HttpRequest, number: str) -> JsonResponse:
    """Who can read what is written here, whoever has to do with the case first; nobody for who cannot read it."""
    by, moment = acting(request), now()
    dispute = visible_dispute(number, by)
    if step_runner.is_past(dispute, by) or not disclosure(by, dispute).level:
        return answer([])
    working = [user for user in notices.everybody_handling(dispute, moment) if user != by.user_id]
    return answer(named.offered(dispute, typed(request), working, moment))
