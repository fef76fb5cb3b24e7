"""Posts of a unit: add, correct, close and reopen, and who shall hold them."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import ConfirmForm
from accounts.mixins import PermissionRequired
from accounts.permissions import Permission
from accounts.services import appointments
from administration.forms.people import HoldForm
from administration.forms.structure import PostEditForm, PostForm
from administration.services import structure
from core.pages import FormPage
from jurisdictions.models import Organization, Post
from jurisdictions.services import posts


class PostAddPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE
    form_class = PostForm
    submit, done = _("增加"), _("已增加岗位。")

    @cached_property
    def organization(self) -> Organization:
        organization = get_object_or_404(Organization, code=self.kwargs["code"])
        if not organization.is_valid(self.today):
            raise Http404
        return organization

    @property
    def heading(self) -> str:
        return str(_("增加岗位：%s") % self.organization.name)

    def perform(self, data: dict[str, Any]) -> None:
        posts.add(organization=self.organization, **data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("manage:organization", args=[self.organization.code])


class PostFormPage(PermissionRequired, FormPage):
    permission = Permission.MANAGE_STRUCTURE

    @cached_property
    def post_row(self) -> Post:
        return get_object_or_404(Post.objects.select_related("organization"), pk=self.kwargs["pk"])

    def back_url(self) -> str:
        return reverse("manage:organization", args=[self.post_row.organization.code])


class PostEditPage(PostFormPage):
    form_class = PostEditForm
    submit, done = _("保存"), _("已保存。")

    @property
    def heading(self) -> str:
        return str(_("修改岗位：%s") % self.post_row)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.post_row, name) for name in ("title", "portfolio", "is_political_legal")}

    def perform(self, data: dict[str, Any]) -> None:
        posts.edit(post_id=self.post_row.pk, **data, by=self.by, now=self.now)


class PostClosePage(PostFormPage):
    form_class = ConfirmForm
    submit, done, danger = _("关闭岗位"), _("已关闭岗位。"), True
    lead = _("关闭后不能再任职，预警链跳过它；记录保留，以后可以重新启用。")

    @property
    def heading(self) -> str:
        return str(_("关闭岗位：%s") % self.post_row)

    def perform(self, _data: dict[str, Any]) -> None:
        structure.close_post(post_id=self.post_row.pk, by=self.by, now=self.now)


class PostOpenPage(PostFormPage):
    form_class = ConfirmForm
    submit, done = _("重新启用"), _("已重新启用岗位。")

    @property
    def heading(self) -> str:
        return str(_("重新启用岗位：%s") % self.post_row)

    def perform(self, _data: dict[str, Any]) -> None:
        structure.open_post(post_id=self.post_row.pk, by=self.by, now=self.now)


class PostHoldPage(PostFormPage):
    """Appointing from the post's side: a vacant post asks for a person."""

    permission = Permission.MANAGE_RIGHTS
    form_class = HoldForm
    submit, done = _("任职"), _("已任职，对方下一次打开页面即生效。")

    @property
    def heading(self) -> str:
        return str(_("任职：%s") % self.post_row)

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.today}

    def perform(self, data: dict[str, Any]) -> None:
        appointments.appoint(**data, post=self.post_row, by=self.by, now=self.now)
