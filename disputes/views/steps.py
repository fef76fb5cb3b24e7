"""Taking a lifecycle step on a page: its form, its confirmation, its honest conflict."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import now, shanghai_date
from core.errors import InvalidInput, StaleVersion
from disputes import extensions, policies
from disputes.forms.step_base import StepForm
from disputes.forms.steps import step_form
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.lifecycle import Step
from disputes.rules.protection import grounds_in
from disputes.selectors import not_resolved
from disputes.selectors.detail import pending_request, visible_dispute
from disputes.selectors.facts import facts_of
from disputes.selectors.origins import step_cautions
from disputes.selectors.shown_clocks import running_clocks
from disputes.services import duplicates, looks, steps
from disputes.services.frame import gave_it_back, is_past, step_of
from disputes.wording import STEP_EFFECTS, STEP_LABELS
from disputes.wording_protection import proposal

ASKED_ABOUT = ("party", "comment")  # what an address may name that a form is about


@login_required
def take_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """GET shows the form with what will happen; POST takes the step and leads back to the dispute."""
    by = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    dispute, row = visible_dispute(number, by), step_of(step)
    moment = now()
    refused = policies.refusal(by, row, dispute, moment)
    if refused is not None and request.method != "POST":
        raise gave_it_back() if is_past(dispute, by) else refused
    initial = {name: request.GET[name] for name in ASKED_ABOUT if name in request.GET} or None
    today = shanghai_date(moment)
    form = step_form(row, dispute, today=today, by=by, data=request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            taken = steps.take(
                step,
                number=number,
                data=form.data_for_service(),
                by=by,
                now=moment,
                version=form.cleaned_data["version"],
            )
        except InvalidInput as error:
            _put_errors(form, error)
        except StaleVersion as error:
            form = _with_new_version(form, row, dispute, request, error)
        else:
            return _done(request, taken, row)
    looks.note(dispute, by=by, now=moment)
    return _page(request, form, row, dispute)


def _put_errors(form: StepForm, error: InvalidInput) -> None:
    for field, texts in error.errors.items():
        form.add_error(form.field_of(field), [str(text) for text in texts])


def _with_new_version(
    form: StepForm, row: Step, dispute: Dispute, request: HttpRequest, error: StaleVersion
) -> StepForm:
    """Somebody acted first: what was typed stays, with who and what on top, ready to be sent anew."""
    data = request.POST.copy()
    data["version"] = str(Dispute.objects.only("version").get(pk=dispute.pk).version)
    by: Any = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    again = step_form(row, dispute, today=shanghai_date(now()), by=by, data=data)
    again.add_error(None, str(error))
    return again


def _done(request: HttpRequest, taken: Dispute, row: Step) -> HttpResponse:
    messages.success(
        request, _("%(number)s 已%(step)s。") % {"number": taken.display_number, "step": STEP_LABELS[row.id]}
    )
    by: Any = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    still_visible = Dispute.objects.visible_to(by).filter(pk=taken.pk).exists()
    if still_visible and row.id in lifecycle.MENDING:
        _tell_of_twins(request, taken, by)
        _ask_restriction(request, taken)
    return redirect(taken_url(taken) if still_visible else reverse("home"))


def _tell_of_twins(request: HttpRequest, taken: Dispute, by: Any) -> None:
    """疑似重复, as intake offers them while typing: by what stands there now."""
    found = duplicates.look(typed=duplicates.typed_of(taken), by=by, now=now())
    twins = [one.dispute.display_number for one in found.candidates if one.dispute.pk != taken.pk]
    if twins:
        said = _("更正后看来，可能与 %s 是同一件，请核对；确是同一件的，请办理并案。")
        messages.warning(request, said % _("、").join(twins))


def _ask_restriction(request: HttpRequest, taken: Dispute) -> None:
    """What stands there by now may be for few: asked anew after a correction."""
    asked = "" if taken.is_restricted else proposal(grounds_in(f"{taken.title}\n{taken.narrative}"))
    if asked:
        messages.warning(request, asked)


def taken_url(dispute: Dispute) -> str:
    return reverse("disputes:detail", args=[dispute.number])


def _page(request: HttpRequest, form: StepForm, row: Step, dispute: Dispute) -> HttpResponse:
    by = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    parts = extensions.parts("step", [dispute], by, {})
    context = {
        "form": form,
        "dispute": dispute,
        "step": row,
        "upper": [answers[dispute.pk] for answers in parts.values() if dispute.pk in answers],
        "label": STEP_LABELS[row.id],
        "back": reverse("disputes:detail", args=[dispute.number]),
        "facts": facts_of(dispute),
        "clocks": running_clocks(dispute, now()),
        "effect": STEP_EFFECTS.get(row.id, ""),
        "request_row": pending_request(dispute),
        "points": not_resolved.points_beside(row.id, dispute),
        "cautions": step_cautions(row.id, dispute, now()),
    }
    return render(request, "disputes/step.html", context, status=422 if form.errors else 200)
