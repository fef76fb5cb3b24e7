"""受理并分流 on one page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.acting import who_acts
from core.clock import now, shanghai_date
from core.errors import Conflict, InvalidInput, StaleVersion
from core.form_errors import put_errors
from core.reading import writes_when_read
from disputes import rights
from disputes.forms.step_base import StepForm
from disputes.forms.taking_on import ASSIGN, taking_on_form
from disputes.models import Dispute
from disputes.selectors.detail import visible_dispute
from disputes.selectors.origins import step_cautions
from disputes.services import looks, taking_on
from disputes.services.step_runner import gave_it_back, is_past
from disputes.views.steps import after, step_page, with_new_version
from disputes.wording import ACCEPT_AND_ASSIGN, ACCEPT_AND_ASSIGN_EFFECT


@writes_when_read("opening what is restricted is recorded")
@login_required
def accept_and_assign(request: HttpRequest, number: str) -> HttpResponse:
    """GET shows the form; POST takes both steps and leads back to the dispute."""
    by = who_acts(request)
    dispute, moment = visible_dispute(number, by), now()
    refused = rights.refusal_to_take_on(by, dispute, moment)
    if refused is not None and request.method != "POST":
        raise gave_it_back() if is_past(dispute, by) else refused
    form = taking_on_form(dispute, today=shanghai_date(moment), by=by, data=request.POST or None)
    if request.method == "POST":
        try:
            taken = _take(form, number, by)
        except StaleVersion as error:
            form = with_new_version(request, dispute, error, _form_of(dispute, by))
        except (InvalidInput, Conflict) as error:
            put_errors(form, error)
        else:
            said = _("%(number)s 已%(step)s。") % {"number": taken.display_number, "step": ACCEPT_AND_ASSIGN}
            messages.success(request, said)
            return after(request, taken)
    looks.note(dispute, by=by, now=moment)
    return step_page(
        request,
        form,
        dispute,
        step=ASSIGN,
        heading=ACCEPT_AND_ASSIGN,
        effect=ACCEPT_AND_ASSIGN_EFFECT,
        cautions=step_cautions("accept", dispute, moment),
    )


def _take(form: StepForm, number: str, by: Any) -> Dispute:
    """Raises what the service raises; of a form that could not be read, InvalidInput with what else is wrong."""
    moment = now()
    if not form.is_valid():
        raise InvalidInput(taking_on.faults(number=number, data=form.data_for_service(), by=by, now=moment))
    return taking_on.accept_and_assign(
        number=number,
        data=form.data_for_service(),
        by=by,
        now=moment,
        version=form.cleaned_data["version"],
    )


def _form_of(dispute: Dispute, by: Any) -> Any:
    return lambda data: taking_on_form(dispute, today=shanghai_date(now()), by=by, data=data)
