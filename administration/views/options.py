"""What fits while typing: `?q=` → `{"results": [{value, label, note}]}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, JsonResponse
from django.views.generic import View

from accounts.mixins import PermissionRequired
from accounts.models import User
from accounts.permissions import Permission
from administration.forms.fields import code_of, label_of
from jurisdictions.models import Organization, Place, Post

MOST = 30


class OptionsView(PermissionRequired, View):
    """Structure and people by name; for those who keep either, whoever gives rights included."""

    permission = Permission.VIEW_PEOPLE

    def get(self, request: HttpRequest, kind: str) -> JsonResponse:
        if kind not in FOUND_BY:
            raise Http404
        rows = FOUND_BY[kind](request.GET.get("q", "").strip()[:40], self.today)
        return JsonResponse({"results": [_option(row) for row in rows]})


def _option(row: Any) -> dict[str, str]:
    return {"value": code_of(row), "label": label_of(row), "note": _note(row)}


def _note(row: Any) -> str:
    if isinstance(row, Post):
        return str(row.get_role_display())
    return "" if isinstance(row, User) else str(row.code)


def _places(typed: str, day: date) -> Iterable[Any]:
    return Place.objects.valid_on(day).matching(typed).order_by("code")[:MOST]


def _organizations(typed: str, day: date) -> Iterable[Any]:
    return Organization.objects.valid_on(day).matching(typed).order_by("code")[:MOST]


def _posts(typed: str, day: date) -> Iterable[Any]:
    units = Organization.objects.valid_on(day)
    fits = Q(organization__in=units.matching(typed)) | Q(title__icontains=typed)
    posts = Post.objects.active().filter(fits, organization__in=units).select_related("organization")
    return posts.order_by("organization__code", "role")[:MOST]


def _users(typed: str, _day: date) -> Iterable[Any]:
    fits = Q(name__icontains=typed) | Q(username__icontains=typed)
    return User.objects.filter(fits, is_active=True).order_by("username")[:MOST]


FOUND_BY: dict[str, Callable[[str, date], Iterable[Any]]] = {
    "place": _places,
    "organization": _organizations,
    "post": _posts,
    "user": _users,
}
