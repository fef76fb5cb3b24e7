"""The form of 受理并分流: what accepting and what assigning ask, in the order in which one decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.actor import Actor
from disputes import extensions
from disputes.forms.canned_fields import offer_canned
from disputes.forms.step_base import StepForm
from disputes.forms.step_fields import field_of, is_asked
from disputes.models import Dispute
from disputes.rules.lifecycle import STEPS, Step
from disputes.selectors import dispatching

ACCEPT, ASSIGN = STEPS["accept"], STEPS["assign"]
OF_ASSIGNING = ("lead_unit", "person", "co_units", "instruction", "resolve_by")


def taking_on_form(
    dispute: Dispute, *, today: date, by: Actor, data: Any = None, initial: dict[str, Any] | None = None
) -> StepForm:
    """Bound or unbound; the unit that holds the field is chosen already, and the level as it was proposed."""
    fields = _level_fields(dispute, today, by) | _few_know(dispute, today)
    fields |= _fields(ASSIGN, OF_ASSIGNING, dispute, today)
    fields["lead_unit"].widget.attrs.pop("data-suggest-value", None)  # it stands in the box
    form_class = type("TakingOnForm", (StepForm,), fields)
    suggested = dispatching.suggested(dispute, today)
    start = {"version": dispute.version, "lead_unit": suggested.value if suggested else ""} | (initial or {})
    form: StepForm = form_class(data, initial=start)
    form.order_fields([*fields, "version"])
    offer_canned(form)
    return form


def _few_know(dispute: Dispute, today: date) -> dict[str, forms.Field]:
    """Whether few should know, where the text asks it."""
    return _fields(ACCEPT, ["restricted"], dispute, today) if is_asked("restricted", dispute) else {}


def _fields(step: Step, names: Sequence[str], dispute: Dispute, today: date) -> dict[str, forms.Field]:
    asked = {name: field_of(step, name, dispute, today) for name in names}
    return {name: field for name, field in asked.items() if field is not None}


def _level_fields(dispute: Dispute, today: date, by: Actor) -> dict[str, forms.Field]:
    """Of a level that is not theirs to answer nothing is asked, and no reason either."""
    level = extensions.step_fields("level", ACCEPT.id, [dispute], by).get(dispute.pk)
    if level is None:
        return {}
    return {"level": level} | _fields(ACCEPT, ["reason"], dispute, today)
