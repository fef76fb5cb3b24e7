"""What the pages about leaders and letters share: the dispute, one form, and where it leads back to."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Permission
from core.actor import Actor
from disputes import public
from disputes.models import Dispute
from disputes.selectors.detail import facts_of, visible_dispute
from disputes.views.acting import acting

ASKS = ["GET", "HEAD", "POST"]


def case_and_actor(request: HttpRequest, number: str) -> tuple[Dispute, Actor]:
    """NotFound out of sight, and for a unit that is a party or gave the case back."""
    by = acting(request, Permission.VIEW_DISPUTES)
    dispute = visible_dispute(number, by)
    public.require_told(by, dispute)
    return dispute, by


def address_of(dispute: Dispute) -> str:
    return reverse("disputes:detail", args=[dispute.number])


def form_page(
    request: HttpRequest,
    form: BaseForm,
    dispute: Dispute,
    *,
    heading: str,
    submit: str,
    effect: str = "",
    back: str = "",
    rows: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    """One column with the form; beside it what the case is about."""
    context = {
        "form": form,
        "dispute": dispute,
        "heading": heading,
        "submit": submit,
        "effect": effect,
        "back": back or address_of(dispute),
        "rows": rows or [],
        "facts": facts_of(dispute, inner=True),
    }
    return render(request, "responsibility/leader_form.html", context, status=422 if form.errors else 200)
