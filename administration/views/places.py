"""Places by hierarchy: look, add, correct, end."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from administration.forms.structure import PlaceEditForm, PlaceEndForm, PlaceForm
from administration.selectors import structure
from core.pages import FormPage, ListPage
from jurisdictions.models import Place
from jurisdictions.services import places


class PlacesPage(PermissionRequired, ListPage):
    """The county, its towns, a town's villages; `?within=` goes down, `?q=` searches below it."""

    permission = Permission.MANAGE_STRUCTURE
    template_name = "administration/places.html"
    caption = _("区划")

    @cached_property
    def within(self) -> Place | None:
        code = self.request.GET.get("within", "")
        if not code:
            return None
        place = Place.objects.by_code(code).select_related("parent__parent").first()
        if place is None:
            raise Http404
        return place

    @property
    def heading(self) -> str:
        return self.within.name if self.within else str(_("区划"))

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = structure.places(typed=self.typed, within=self.within, day=self.today)
        return rows

    def crumbs(self) -> list[dict[str, str]]:
        trail: list[dict[str, str]] = []
        place = self.within
        while place is not None:
            url = f"{reverse('manage:places')}?within={place.code}"
            trail.append({"label": place.name, "url": url if trail else ""})
            place = place.parent
        top = {"label": str(_("区划")), "url": reverse("manage:places")}
        return [top, *reversed(trail)] if trail else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"within": self.within, "crumbs": self.crumbs(), "today": self.today}
        return super().get_context_data(**kwargs) | context


class PlaceFormPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE

    @cached_property
    def place(self) -> Place:
        return get_object_or_404(Place.objects.select_related("parent"), pk=self.kwargs["pk"])

    def back_url(self) -> str:
        parent = self.place.parent.code if self.place.parent else ""
        return f"{reverse('manage:places')}?within={parent}"


class PlaceAddPage(PlaceFormPage):
    form_class = PlaceForm
    heading, submit, done = _("增加区划"), _("增加"), _("已增加区划。")

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.GET.get("within", ""), "valid_from": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        places.add(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return f"{reverse('manage:places')}?within={self.request.GET.get('within', '')}"


class PlaceEditPage(PlaceFormPage):
    form_class = PlaceEditForm
    submit, done = _("保存"), _("已保存。")

    @property
    def heading(self) -> str:
        return str(_("修改区划：%s") % self.place.name)

    @property
    def lead(self) -> str:
        return str(_("区划代码 %s 不能改；代码变了，请停用后新增。") % self.place.code)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.place, name) for name in ("name", "alias", "pinyin")}

    def perform(self, data: dict[str, Any]) -> None:
        places.edit(place_id=self.place.pk, **data, by=self.by, now=self.now)


class PlaceEndPage(PlaceFormPage):
    form_class = PlaceEndForm
    submit, done, danger = _("停用"), _("已停用。"), True

    @property
    def heading(self) -> str:
        return str(_("停用区划：%s") % self.place.name)

    lead = _(
        "停用后不能再用它登记纠纷；已登记的纠纷不变，名称和代码保留。停用前，下级区划和其中的单位须先停用。"
    )

    def get_initial(self) -> dict[str, Any]:
        return {"valid_to": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        successor = data["successor"]
        places.end(
            place_id=self.place.pk,
            valid_to=data["valid_to"],
            successor_id=successor.pk if successor else None,
            by=self.by,
            now=self.now,
        )
