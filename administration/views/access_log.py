"""The access log for the auditor: who read or changed what, when and why. Reading it is not recorded."""

from __future__ import annotations

from typing import Any

from django.utils.http import urlencode
from django.views.generic import TemplateView

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from audit import presenters
from audit.forms import AccessLogForm
from audit.selectors import LogPage, Question, log_page


class AccessLogView(PermissionRequired, TemplateView):
    permission = Permission.VIEW_AUDIT
    template_name = "administration/access_log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = AccessLogForm(self.request.GET)
        asked = Question(**form.cleaned_data) if form.is_valid() else None
        page = log_page(asked) if asked else LogPage([], None)
        filtered = any(value for key, value in form.cleaned_data.items() if key != "before")
        return super().get_context_data(**kwargs) | {
            "form": form,
            "lines": [presenters.present(event) for event in page.events],
            "filtered": filtered,
            "next_url": self._next_url(page.next_before),
        }

    def _next_url(self, before: int | None) -> str:
        if before is None:
            return ""
        kept = {key: str(value) for key, value in self.request.GET.items() if value and key != "before"}
        return f"?{urlencode(kept | {'before': str(before)})}"
