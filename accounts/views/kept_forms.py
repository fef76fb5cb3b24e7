"""What keep.js asks and tells while somebody types; see accounts/kept_forms.py for when it is forgotten."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from accounts.services import kept_forms
from core.clock import now
from core.errors import InvalidInput


@method_decorator(login_required, name="dispatch")
class KeptFormsPage(View):
    """GET `?page=`: what is kept of its forms. POST: keep, or with `forget` throw away."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        found = kept_forms.of_page(user=_user(request), page=request.GET.get("page", ""))
        return JsonResponse({"forms": found})

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("key", "")
        if "forget" in request.POST:
            kept_forms.forget(user=_user(request), key=key)
            return HttpResponse(status=204)
        try:
            values = _values(request.POST.get("values", ""))
            kept_forms.keep(
                user=_user(request), key=key, page=request.POST.get("page", ""), values=values, now=now()
            )
        except InvalidInput as error:
            return JsonResponse({"error": str(error)}, status=422)
        return HttpResponse(status=204)


def _user(request: HttpRequest) -> Any:
    return request.user


def _values(text: str) -> dict[str, list[str]]:
    """Names and lists of texts, as the browser sends them. Raises InvalidInput for anything else."""
    try:
        found = json.loads(text)
        return {str(name): [str(value) for value in values] for name, values in found.items()}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise InvalidInput({"__all__": [_("暂存的内容无法识别。")]}) from error
