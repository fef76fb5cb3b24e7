"""The form of each step, built from its row of the lifecycle table."""

from datetime import date
from typing import Any

from django import forms

from core.actor import Actor
from disputes import extensions
from disputes.forms.canned_fields import offer_canned
from disputes.forms.mending import FORMS
from disputes.forms.step_base import StepForm
from disputes.forms.step_fields import field_of, is_asked
from disputes.models import Dispute
from disputes.rules.lifecycle import Step
from disputes.selectors import mentions, not_resolved


def _foreseen(step: Step, dispute: Dispute, today: date) -> dict[str, Any]:
    """Where it happened in another town, that town: whoever came to the wrong window is passed on in one click. Of the
    routes to tell, those that fit, or those told before."""
    if step.id == "tell_routes":
        return not_resolved.foreseen(dispute, today)
    town = dispute.town
    if step.id not in ("hand_down", "pass_to") or town is None or town.pk == dispute.managing_org.place_id:
        return {}
    return {"town": town.alias or town.code}


def _fields(step: Step, dispute: Dispute, today: date, by: Actor) -> dict[str, forms.Field]:
    """By name, in the table's order; an upper app says itself whether its own must be answered."""
    fields: dict[str, forms.Field] = {}
    for name in (*step.needs, *step.optional):
        if not is_asked(name, dispute):
            continue
        asked = field_of(step, name, dispute, today)
        asked = asked or extensions.step_fields(name, step.id, [dispute], by).get(dispute.pk)
        if asked is not None:
            fields[name] = asked
    return fields


def step_form(
    step: Step,
    dispute: Dispute,
    *,
    today: date,
    by: Actor,
    data: Any = None,
    initial: dict[str, Any] | None = None,
) -> StepForm:
    """The bound or unbound form of a step on this dispute, as this actor is asked."""
    start = {"version": dispute.version} | _foreseen(step, dispute, today) | (initial or {})
    if step.id == "correct_comment":  # what is put right stands there already
        start["text"] = mentions.own_words(dispute, str(start.get("comment", "")), by)
    if step.id in FORMS:
        return _with_canned(FORMS[step.id](data, dispute=dispute, today=today, initial=start))
    fields = _fields(step, dispute, today, by)
    form_class = type(
        "StepFields", (StepForm,), fields
    )  # declared, so that they look and speak like any form's
    form: StepForm = form_class(data, initial=start)
    form.order_fields([*fields, "version"])
    return _with_canned(form)


def _with_canned(form: StepForm) -> StepForm:
    offer_canned(form)
    return form
