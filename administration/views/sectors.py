"""Lines of business and their aliases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from administration.forms.structure import SectorEditForm, SectorForm
from administration.selectors import structure
from core.pages import FormPage, ListPage
from jurisdictions.models import Sector
from jurisdictions.services import sectors


class SectorsPage(PermissionRequired, ListPage):
    permission = Permission.MANAGE_STRUCTURE
    template_name = "administration/sectors.html"
    heading = _("行业")
    lead = _("登记纠纷时指明属于哪些行业主管部门的职责；哪个单位主管，在单位页面设置。")

    def rows(self) -> QuerySet[Any]:
        return structure.sectors()


class SectorAddPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE
    form_class = SectorForm
    heading, submit, done = _("增加行业"), _("增加"), _("已增加行业。")

    def perform(self, data: dict[str, Any]) -> None:
        sectors.add(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("manage:sectors")


class SectorEditPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE
    form_class = SectorEditForm
    heading, submit, done = _("修改行业"), _("保存"), _("已保存。")

    @cached_property
    def sector(self) -> Sector:
        return get_object_or_404(Sector, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.sector.name, "alias": self.sector.alias}

    def perform(self, data: dict[str, Any]) -> None:
        sectors.edit(sector_id=self.sector.pk, **data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("manage:sectors")
