"""分流交办目录: to which county departments towns may assign directly, as dated rows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from core.form_errors import show_errors
from disputes.forms.catalogue import CatalogueForm, EndForm
from disputes.models import DispatchCatalogue
from disputes.services import catalogue


class CatalogueView(PermissionRequired, TemplateView):
    """Every row with where it is written, the newest first."""

    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = DispatchCatalogue.objects.select_related("sector").prefetch_related(
            "sector__organizations__place"
        )
        shown = [self._row(row) for row in found.order_by("sector__name", "-effective_from")]
        return super().get_context_data(**kwargs) | {"rows": shown}

    def _row(self, row: DispatchCatalogue) -> dict[str, Any]:
        ended = row.effective_to is not None and row.effective_to < self.today
        units = [str(unit) for unit in row.sector.organizations.all() if unit.is_county_level]
        return {"rule": row, "ended": ended, "to_come": row.effective_from > self.today, "units": units}


class NewRowView(PermissionRequired, FormView):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/new.html"
    form_class = CatalogueForm

    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": self.today}

    def form_valid(self, form: CatalogueForm) -> HttpResponse:
        data = form.cleaned_data
        with show_errors(form):
            catalogue.allow(
                sector=data["sector"],
                effective_from=data["effective_from"],
                source=data["source"],
                by=self.by,
                now=self.now,
            )
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("已列入分流交办目录。"))
        return redirect("disputes:catalogue")


class EndRowView(PermissionRequired, FormView):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "disputes/catalogue/end.html"
    form_class = EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = get_object_or_404(DispatchCatalogue, pk=self.kwargs["row_id"])
        return super().get_context_data(**kwargs) | {"rule": rule}

    def form_valid(self, form: EndForm) -> HttpResponse:
        with show_errors(form):
            catalogue.end(
                row_id=self.kwargs["row_id"],
                last_day=form.cleaned_data["last_day"],
                by=self.by,
                now=self.now,
            )
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("已停用，原规定保留在历史里。"))
        return redirect("disputes:catalogue")
