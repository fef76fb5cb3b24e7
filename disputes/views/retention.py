"""保管期限: the dated rows erasure goes by, beside the calendar's limits and in their look."""

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
from disputes.forms.retention import EndForm, RetentionForm
from disputes.models import RetentionRule
from disputes.services import retention


class RetentionView(PermissionRequired, TemplateView):
    """Every row with where it is written, the newest first."""

    permission = Permission.MANAGE_CALENDAR
    template_name = "disputes/retention/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = RetentionRule.objects.order_by("-effective_from", "-pk")
        shown = [
            {"rule": row, "ended": row.has_ended(self.today), "to_come": row.effective_from > self.today}
            for row in rows
        ]
        return super().get_context_data(**kwargs) | {"rows": shown, "may_edit": True}


class NewRuleView(PermissionRequired, FormView):
    permission = Permission.MANAGE_CALENDAR
    template_name = "disputes/retention/new.html"
    form_class = RetentionForm

    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": self.today}

    def form_valid(self, form: RetentionForm) -> HttpResponse:
        data = form.cleaned_data
        with show_errors(form):
            retention.add_rule(
                years=data["years"],
                effective_from=data["effective_from"],
                source=data["source"],
                by=self.by,
                now=self.now,
            )
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("已增加保管期限规定。"))
        return redirect("disputes:retention")


class EndRuleView(PermissionRequired, FormView):
    permission = Permission.MANAGE_CALENDAR
    template_name = "disputes/retention/end.html"
    form_class = EndForm

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = get_object_or_404(RetentionRule, pk=self.kwargs["rule_id"])
        return super().get_context_data(**kwargs) | {"rule": rule}

    def form_valid(self, form: EndForm) -> HttpResponse:
        with show_errors(form):
            retention.end_rule(
                rule_id=self.kwargs["rule_id"],
                last_day=form.cleaned_data["last_day"],
                by=self.by,
                now=self.now,
            )
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("已停用，原规定保留在历史里。"))
        return redirect("disputes:retention")
