"""The shapes a page has: a form in front of one service, the same beside what the case is about, and a list.

Who may open a page is said beside it (`accounts.mixins.PermissionRequired`): core knows no permissions.
"""

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

from core.form_errors import show_errors

PAGE = 50


class FormPage(FormView):
    """A form in front of one service call; what the service refuses shows in the form, which keeps what was typed."""

    template_name = "components/form_page.html"
    heading: Any = ""
    lead: Any = ""
    submit: Any = ""
    done: Any = ""  # said after it went well
    danger: Any = False  # what cannot be undone has a red button

    def perform(self, data: dict[str, Any]) -> HttpResponse | None:
        """Calls the service; an answer of its own, or None to go to `next_url`."""
        raise NotImplementedError  # each page has its own

    def back_url(self) -> str:
        """Where the page was opened from."""
        raise NotImplementedError  # each page has its own

    def next_url(self) -> str:
        """Where it leads once it went well: back, unless the page says otherwise."""
        return self.back_url()

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
        return redirect(self.next_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {name: getattr(self, name) for name in ("heading", "lead", "submit", "danger")}
        return super().get_context_data(**kwargs) | shown | {"back_url": self.back_url()}


class CasePage(FormPage):
    """A form beside the dispute it is about, which the page adds with `dispute` and `facts`. A refusal answers 422."""

    template_name = "components/case_page.html"
    effect: Any = ""  # what will happen, said above the form
    icon = ""  # on the button

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"effect": self.effect, "icon": self.icon}


class ListPage(TemplateView):
    """Rows a page at a time, what narrows them above, and what to do where there are none. `?q=` is what is typed."""

    template_name = "components/list_page.html"
    heading: Any = ""
    lead: Any = ""
    caption: Any = ""  # what a screen reader calls the table; as the heading where nothing is said

    @property
    def typed(self) -> str:
        return self.request.GET.get("q", "").strip()[:60]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError  # each page has its own

    @cached_property
    def page(self) -> dict[str, Any]:
        """`rows`, and `previous`, `next`, `summary` for the pager: a list paged by keys says them itself."""
        return paged(self.request, self.rows())

    @property
    def counted(self) -> int | None:
        """How many, behind the heading; None for a list nobody counts."""
        count: int = self.page["count"]
        return count

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "heading": self.heading,
            "lead": self.lead,
            "caption": self.caption or self.heading,
            "counted": self.counted,
            "q": self.typed,
            "page": self.page,
        }


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
