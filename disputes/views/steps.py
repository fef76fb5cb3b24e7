"""Taking a lifecycle step on a page: its form, its confirmation, its honest conflict."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.acting import who_acts
from core.clock import now, shanghai_date
from core.errors import Conflict, InvalidInput, StaleVersion
from core.form_errors import put_errors
from core.reading import writes_when_read
from disputes import extensions, rights
from disputes.entry_words import words_of
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
from disputes.selectors.reported import REVIEWING, reported
from disputes.selectors.shown_clocks import running_clocks
from disputes.services import duplicates, looks, steps
from disputes.services.step_runner import gave_it_back, is_past, step_of
from disputes.wording_papers import decline_cautions
from disputes.wording_protection import proposal

ASKED_ABOUT = ("party", "comment")  # what an address may name that a form is about


@writes_when_read("opening what is restricted is recorded")
@login_required
def take_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """GET shows the form with what will happen; POST takes the step and leads back to the dispute."""
    by = who_acts(request)
    dispute, row = visible_dispute(number, by), step_of(step)
    moment = now()
    refused = rights.refusal(by, row, dispute, moment)
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
        except StaleVersion as error:
            again = partial(step_form, row, dispute, today=today, by=by)
            form = with_new_version(request, dispute, error, lambda data: again(data=data))
        except (InvalidInput, Conflict) as error:
            put_errors(form, error)
        else:
            return _done(request, taken, row)
    looks.note(dispute, by=by, now=moment)
    words = words_of(row.id)
    return step_page(
        request,
        form,
        dispute,
        step=row,
        heading=words.name,
        effect=words.effect,
        points=not_resolved.points_beside(row.id, dispute),
        cautions=[
            *step_cautions(row.id, dispute, moment),
            *decline_cautions(row.id, f"{dispute.title}\n{dispute.narrative}"),
        ],
        reported=reported(dispute, by) if row.id in REVIEWING else None,
    )


def with_new_version(
    request: HttpRequest, dispute: Dispute, error: StaleVersion, make: Callable[[QueryDict], StepForm]
) -> StepForm:
    """Somebody acted first: what was typed stays, with who and what on top, ready to be sent anew."""
    data = request.POST.copy()
    data["version"] = str(Dispute.objects.only("version").get(pk=dispute.pk).version)
    again = make(data)
    put_errors(again, error)
    return again


def _done(request: HttpRequest, taken: Dispute, row: Step) -> HttpResponse:
    said = _("%(number)s 的留言已保存。") if row.id in lifecycle.TALK else _("%(number)s 已%(step)s。")
    messages.success(request, said % {"number": taken.display_number, "step": words_of(row.id).name})
    return after(request, taken, mended=row.id in lifecycle.MENDING)


def after(request: HttpRequest, taken: Dispute, *, mended: bool = False) -> HttpResponse:
    """Back to the dispute, or home where it went out of sight."""
    by = who_acts(request)
    still_visible = Dispute.objects.visible_to(by).filter(pk=taken.pk).exists()
    if still_visible and mended:
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


def step_page(request: HttpRequest, form: StepForm, dispute: Dispute, **said: Any) -> HttpResponse:
    """The form beside what the case is about. `said`: step, heading, effect, cautions, what is to be reviewed."""
    by = who_acts(request)
    parts = extensions.parts("step", [dispute], by, {})
    context = {
        "form": form,
        "dispute": dispute,
        "upper": [answers[dispute.pk] for answers in parts.values() if dispute.pk in answers],
        "back_url": reverse("disputes:detail", args=[dispute.number]),
        "facts": facts_of(dispute),
        "clocks": running_clocks(dispute, now()),
        "request_row": pending_request(dispute),
        "submit": said["heading"],
        "danger": said["step"].final,
        **said,
    }
    return render(request, "disputes/step.html", context, status=422 if form.errors else 200)
