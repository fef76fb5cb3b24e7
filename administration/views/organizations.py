"""Units: look, add, correct, end."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from administration.forms.structure import OrganizationEditForm, OrganizationEndForm, OrganizationForm
from administration.rights import rights
from administration.selectors import structure
from administration.services.structure import end_organization
from core.pages import FormPage, ListPage
from jurisdictions.choices import OrganizationKind, PlaceKind
from jurisdictions.models import Organization, Place
from jurisdictions.services import organizations
from jurisdictions.services.organizations import Facts


def facts_of(data: dict[str, Any]) -> Facts:
    names = ("name", "short_name", "parent", "vertically_managed", "address", "phone", "paper_mark")
    return Facts(**{name: data[name] for name in names}, sectors=tuple(data["sectors"]))


class OrganizationsPage(PermissionRequired, ListPage):
    permission = Permission.VIEW_PEOPLE
    template_name = "administration/organizations.html"
    heading = _("单位")

    def rows(self) -> QuerySet[Any]:
        asked = self.request.GET
        rows: QuerySet[Any] = structure.organizations(
            typed=self.typed,
            kind=asked.get("kind", ""),
            place=Place.objects.by_code(asked.get("place", "")).first(),
            ended="ended" in asked,
            day=self.today,
        )
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        towns = Place.objects.filter(kind__in=[PlaceKind.COUNTY, PlaceKind.TOWN]).valid_on(self.today)
        context = {
            "kinds": OrganizationKind.choices,
            "towns": towns,
            "asked": self.request.GET,
            "vacant": structure.vacant_posts(self.today).count(),
        }
        return super().get_context_data(**kwargs) | context | rights(self.by)


class VacantPostsPage(PermissionRequired, ListPage):
    """Posts nobody holds: warnings pass over them to the next."""

    permission = Permission.VIEW_PEOPLE
    template_name = "administration/vacant_posts.html"
    heading = _("空缺岗位")
    lead = _("没有人在任的岗位。预警会跳过它们，直接报下一级。")

    def rows(self) -> QuerySet[Any]:
        return structure.vacant_posts(self.today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | rights(self.by)


class OrganizationPage(PermissionRequired, TemplateView):
    """One unit, its posts and who holds them."""

    permission = Permission.VIEW_PEOPLE
    template_name = "administration/organization.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Organization.objects.select_related("place", "parent", "successor")
        organization = get_object_or_404(rows, code=self.kwargs["code"])
        return (
            super().get_context_data(**kwargs)
            | rights(self.by)
            | {
                "organization": organization,
                "facts": facts_shown(organization),
                "posts": structure.posts_of(organization, self.today),
                "today": self.today,
            }
        )


def facts_shown(organization: Organization) -> list[dict[str, Any]]:
    managed = _("是，可以致函，不能交办") if organization.vertically_managed else _("否")
    rows = [
        (_("单位代码"), organization.code),
        (_("类型"), organization.get_kind_display()),
        (_("所在区划"), organization.place.name),
        (_("上级单位"), organization.parent.name if organization.parent else ""),
        (_("主管行业"), "、".join(sector.name for sector in organization.sectors.all())),
        (_("垂直管理"), managed),
        (_("地址"), organization.address),
        (_("公开电话"), organization.phone),
        (_("机关代字"), organization.paper_mark),
    ]
    if organization.valid_to:
        successor = organization.successor.name if organization.successor else ""
        rows += [(_("停用日期"), organization.valid_to.isoformat()), (_("承接单位"), successor)]
    return [{"term": term, "value": value} for term, value in rows]


class OrganizationAddPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE
    form_class = OrganizationForm
    heading, submit = _("增加单位"), _("增加")
    done = _("已增加单位，请接着设置岗位。")
    code = ""

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        own = {name: data[name] for name in ("code", "kind", "place", "valid_from")}
        self.code = organizations.add(**own, facts=facts_of(data), by=self.by, now=self.now).code

    def back_url(self) -> str:
        if self.code:
            return reverse("manage:organization", args=[self.code])
        return reverse("manage:organizations")


class OrganizationFormPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE

    @cached_property
    def organization(self) -> Organization:
        return get_object_or_404(Organization.objects.select_related("parent"), code=self.kwargs["code"])

    def back_url(self) -> str:
        return reverse("manage:organization", args=[self.organization.code])


class OrganizationEditPage(OrganizationFormPage):
    form_class = OrganizationEditForm
    heading, submit, done = _("修改单位"), _("保存"), _("已保存。")

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "short_name", "vertically_managed", "address", "phone", "paper_mark")
        initial = {name: getattr(self.organization, name) for name in names}
        parent = self.organization.parent
        return initial | {
            "parent": parent.code if parent else "",
            "sectors": self.organization.sectors.all(),
        }

    def perform(self, data: dict[str, Any]) -> None:
        organizations.edit(
            organization_id=self.organization.pk, facts=facts_of(data), by=self.by, now=self.now
        )


class OrganizationEndPage(OrganizationFormPage):
    form_class = OrganizationEndForm
    submit, done, danger = _("停用"), _("已停用单位，它的岗位随之关闭。"), True
    lead = _("停用后不能再交办给它，岗位随之关闭；已登记的纠纷和流转记录不变。在任的人须先结束任职。")

    @property
    def heading(self) -> str:
        return str(_("停用单位：%s") % self.organization.name)

    def get_initial(self) -> dict[str, Any]:
        return {"valid_to": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        successor = data["successor"]
        end_organization(
            organization_id=self.organization.pk,
            valid_to=data["valid_to"],
            successor_id=successor.pk if successor else None,
            by=self.by,
            now=self.now,
        )
