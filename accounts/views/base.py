"""What the pages of people and structure share: one form and one service, or one list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.mixins import PermissionRequired
from core.form_errors import show_errors

PAGE = 50


class FormPage(PermissionRequired, FormView):
    """A form in front of one service call; what the service refuses shows at the fields."""

    template_name = "accounts/form_page.html"
    heading: Any = ""
    lead: Any = ""
    submit: Any = ""
    done: Any = ""  # said after it went well
    danger: Any = False  # what cannot be undone has a red button

    def perform(self, data: dict[str, Any]) -> HttpResponse | None:
        """Calls the service; an answer of its own, or None to go back to `back_url`."""
        raise NotImplementedError  # each page has its own

    def back_url(self) -> str:
        raise NotImplementedError  # each page has its own

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer = None
        with show_errors(form):
            answer = self.perform(form.cleaned_data)
        if form.errors:
            return self.form_invalid(form)
        if answer is not None:
            return answer
        if self.done:
            messages.success(self.request, str(self.done))
        return redirect(self.back_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in ("heading", "lead", "submit", "danger")}
        return super().get_context_data(**kwargs) | shown | {"back_url": self.back_url()}


class ListPage(PermissionRequired, TemplateView):
    """Rows a page at a time; `?q=` narrows them."""

    @property
    def typed(self) -> str:
        return self.request.GET.get("q", "").strip()[:60]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError  # each page has its own

    @cached_property
    def page(self) -> dict[str, Any]:
        return paged(self.request, self.rows())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"q": self.typed, "page": self.page}


def paged(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """The rows of `?page=`, how many there are, and the addresses beside."""
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    pages = page.paginator.num_pages
    return {
        "rows": page.object_list,
        "count": page.paginator.count,
        "previous": _address(request, page.number - 1) if page.has_previous() else "",
        "next": _address(request, page.number + 1) if page.has_next() else "",
        "summary": _("第 %(page)d 页，共 %(pages)d 页") % {"page": page.number, "pages": pages}
        if pages > 1
        else "",
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
