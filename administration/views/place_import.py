"""Places from a file of statistics-bureau codes: upload, look at every line, load."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from administration.forms.structure import PlaceConfirmForm, PlaceUploadForm
from core.errors import Conflict, InvalidInput
from core.pages import FormPage
from jurisdictions.presenters import EFFECTS, PROBLEMS
from jurisdictions.rules.place_csv import MOST_ROWS, Effect, NoCodes, TooManyRows, parse
from jurisdictions.services import place_import
from jurisdictions.services.place_import import Plan

SHOWN = 500  # wrong and changed lines come first, so what is cut off is unchanged


class PlaceImportPage(PermissionRequired, FormPage):
    """Upload first; the preview posts the same text back to be loaded."""

    permission = Permission.MANAGE_STRUCTURE
    template_name = "administration/place_import.html"
    form_class = PlaceUploadForm
    heading, submit = _("导入区划代码"), _("预览")
    lead = _("先预览，逐行核对后再导入。文件里没有的区划保持不变，需要停用的请单独停用。")

    def back_url(self) -> str:
        return reverse("manage:places")

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": self.today}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "confirm" in request.POST:
            return self._load(PlaceConfirmForm(request.POST))
        return super().post(request, *args, **kwargs)

    def perform(self, data: dict[str, Any]) -> HttpResponse:
        text = data["file"]
        try:
            lines = parse(text)
        except NoCodes as error:
            raise InvalidInput({"file": [_("文件里没有找到区划代码和名称两列，请看右侧的样子。")]}) from error
        except TooManyRows as error:
            raise InvalidInput({"file": [_("文件超过 %d 行，请只留下本县的区划。") % MOST_ROWS]}) from error
        return self._preview(place_import.plan(lines), text, data["valid_from"])

    def _load(self, form: PlaceConfirmForm) -> HttpResponse:
        if not form.is_valid():
            return redirect("manage:place_import")
        text, valid_from = form.cleaned_data["text"], form.cleaned_data["valid_from"]
        try:
            lines = parse(text)
        except (NoCodes, TooManyRows):  # not the text that was previewed
            return redirect("manage:place_import")
        try:
            done = place_import.load(lines=lines, valid_from=valid_from, by=self.by, now=self.now)
        except Conflict:  # somebody changed the places since the preview
            return self._preview(place_import.plan(lines), text, valid_from)
        added, renamed = done.count(Effect.ADDED), done.count(Effect.RENAMED)
        messages.success(
            self.request,
            str(_("已导入：新增 %(added)d 个，更改 %(renamed)d 个。")) % {"added": added, "renamed": renamed},
        )
        return redirect("manage:places")

    def _preview(self, plan: Plan, text: str, valid_from: date) -> HttpResponse:
        context = {
            "plan": plan,
            "rows": report(plan)[:SHOWN],
            "hidden": max(len(plan.lines) - SHOWN, 0),
            "counts": {effect.value: plan.count(effect) for effect in Effect},
            "form": PlaceConfirmForm(initial={"text": text, "valid_from": valid_from}),
        }
        return render(self.request, "administration/place_import_preview.html", context)


def report(plan: Plan) -> list[dict[str, Any]]:
    """What every line does, in words: wrong ones first, then what changes, then the rest."""
    order = [Effect.WRONG, Effect.ADDED, Effect.RENAMED, Effect.SAME, Effect.PASSED_OVER]
    rows = sorted(plan.lines, key=lambda row: (order.index(row.effect), row.line.number))
    return [
        {
            "line": row.line,
            "old_name": row.old_name if row.old_name != row.line.name else "",
            "words": EFFECTS[row.effect][0],
            "tone": EFFECTS[row.effect][1],
            "problem": PROBLEMS[row.line.problem] if row.line.problem else "",
        }
        for row in rows
    ]
