"""Choosing among thousands by typing: the value is the code, so that it can also be written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.numbers import whole
from core.wording import with_aside
from jurisdictions.models import Organization, Place, Post

Find = Callable[[str], models.Model | None]


class CodeInput(forms.TextInput):
    """A text input that offers what fits and shows the name of what was chosen."""

    def __init__(self, kind: str, find: Find) -> None:
        super().__init__(attrs={"data-combobox-url": reverse_lazy("manage:options", args=[kind])})
        self.find = find

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = self.find(str(value)) if value else None
        if found is not None:
            context["widget"]["attrs"]["data-label"] = label_of(found)
        return context


class CodeField(forms.CharField):
    """Cleans to the row of that code."""

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.find = FINDERS[kind]
        super().__init__(widget=CodeInput(kind, self.find), max_length=80, **kwargs)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if not code:
            return None
        found = self.find(code)
        if found is None:
            raise ValidationError(_("没有找到“%(code)s”，请从列表中选择。"), params={"code": code})
        return found


def code_of(row: models.Model) -> str:
    if isinstance(row, Post):
        return str(row.pk)
    return row.username if isinstance(row, User) else str(getattr(row, "code", row.pk))


def label_of(row: models.Model) -> str:
    if isinstance(row, User):
        return with_aside(row.name, row.username)
    return row.name if isinstance(row, Organization | Place) else str(row)


def _place(code: str) -> Place | None:
    return Place.objects.by_code(code).filter(valid_to=None).first()


def _organization(code: str) -> Organization | None:
    return Organization.objects.filter(code=code, valid_to=None).first()


def _post(code: str) -> Post | None:
    """By its number, or by `organization:role` where the unit has only one such post."""
    posts = Post.objects.active().select_related("organization")
    number = whole(code)
    found = list((posts.by_code(code) if number is None else posts.filter(pk=number))[:2])
    return found[0] if len(found) == 1 else None


def _user(username: str) -> User | None:
    return User.objects.filter(username=username, is_active=True).first()


FINDERS: dict[str, Find] = {"place": _place, "organization": _organization, "post": _post, "user": _user}
