"""Dated rows an administrator keeps, each with where it is written: all of them, a new one, the end of one.

A row is never changed or deleted: what held on a day can be read later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.mixins import PermissionRequired
from core.form_errors import show_errors


class DatedRow(Protocol):
    effective_from: date
    effective_to: date | None


class RowsView(PermissionRequired, TemplateView):
    """Every row, the newest first, as ended, in force or to come."""

    def rows(self) -> Iterable[Any]:
        raise NotImplementedError  # each page of dated rows has its own

    def more(self, _row: Any) -> dict[str, Any]:
        """What the page shows beside the row itself."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [self._shown(row) | self.more(row) for row in self.rows()]
        return super().get_context_data(**kwargs) | {"rows": shown}

    def _shown(self, row: DatedRow) -> dict[str, Any]:
        ended = row.effective_to is not None and row.effective_to < self.today
        return {"rule": row, "ended": ended, "to_come": row.effective_from > self.today}


class RowForm(PermissionRequired, FormView):
    """A form whose service says what is wrong with it; then back to all rows."""

    back: str

    def act(self, given: dict[str, Any]) -> str:
        """Does it and answers what is said of it. Raises InvalidInput, WrongState."""
        raise NotImplementedError  # each page of dated rows has its own

    def form_valid(self, form: Form) -> HttpResponse:
        with show_errors(form):
            messages.success(self.request, self.act(form.cleaned_data))
        return self.form_invalid(form) if form.errors else redirect(self.back)


class NewRow(RowForm):
    def get_initial(self) -> dict[str, Any]:
        return {"effective_from": self.today}


class EndRow(RowForm):
    model: type[Model]

    def get_initial(self) -> dict[str, Any]:
        return {"last_day": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = get_object_or_404(self.model, pk=self.kwargs["row_id"])
        return super().get_context_data(**kwargs) | {"rule": rule}

    def end(self, row_id: int, last_day: date) -> None:
        raise NotImplementedError  # each page of dated rows has its own

    def act(self, given: dict[str, Any]) -> str:
        self.end(self.kwargs["row_id"], given["last_day"])
        return _("已停用，原规定保留在历史里。")
