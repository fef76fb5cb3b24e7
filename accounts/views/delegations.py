"""Standing in: who is away, who acts for them; made for a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts import stand_ins
from accounts.forms.people import ConfirmForm, DelegationForm
from accounts.mixins import PermissionRequired
from accounts.models import Delegation
from accounts.permissions import Permission
from accounts.rights import may
from accounts.selectors import people
from accounts.services import delegations
from core.clock import SHANGHAI
from core.pages import FormPage
from core.templatetags.components import sh_time

USUAL = timedelta(days=1)


class DelegationsPage(PermissionRequired, TemplateView):
    permission = Permission.DELEGATE
    template_name = "accounts/delegations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = people.delegations_open_to(self.by, self.now)
        asked = {row.pk for row in rows if not row.is_confirmed and stand_ins.may_confirm(self.by, row)}
        keeps_people = may(self.by, Permission.MANAGE_RIGHTS)
        context = {"delegations": rows, "asked": asked, "now": self.now, "keeps_people": keeps_people}
        return super().get_context_data(**kwargs) | context


class DelegationAddPage(PermissionRequired, FormPage):
    permission = Permission.DELEGATE
    form_class = DelegationForm
    heading, submit = _("登记代理"), _("登记代理")
    lead = _(
        "代理期间，代理人能看到并办理外出人岗位上的事项；每一步都记明是代理。本人登记的立即生效；为他人登记的，经本人、上一级领导或县综治中心确认后生效。"
    )
    entered: Delegation | None = None

    @property
    def done(self) -> str:
        if self.entered is not None and not self.entered.is_confirmed and self.entered.ends_at > self.now:
            return str(_("已登记，等待外出的领导本人、上一级领导或县综治中心确认；确认前不生效。"))
        return str(_("已登记代理。到时自动生效，到期自动收回。"))

    @cached_property
    def absences(self) -> Any:
        rows = stand_ins.absences_open_to(self.by, self.now)
        return rows.order_by("post__organization__code", "pk")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"absences": self.absences, "now": self.now}

    def get_initial(self) -> dict[str, Any]:
        starts = self.now.astimezone(SHANGHAI).replace(second=0, microsecond=0)
        own = self.by.acting.pk if self.by.acting else None
        return {"appointment": own, "starts_at": starts, "ends_at": starts + USUAL}

    def perform(self, data: dict[str, Any]) -> None:
        self.entered = delegations.enter(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("accounts:delegations")


class DelegationPage(PermissionRequired, FormPage):
    """One delegation in sight: also of those who never enter one and are asked to confirm theirs."""

    permission = Permission.VIEW_DISPUTES
    form_class = ConfirmForm

    @cached_property
    def delegation(self) -> Delegation:
        rows = people.delegations_open_to(self.by, self.now)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def names(self) -> dict[str, Any]:
        return {"stand_in": self.delegation.stand_in, "absent": self.delegation.appointment.user}

    def back_url(self) -> str:
        may_list = may(self.by, Permission.DELEGATE)
        return reverse("accounts:delegations" if may_list else "accounts:profile")


class DelegationConfirmPage(DelegationPage):
    """Made for a phone: what was entered, and one button."""

    template_name = "accounts/confirm_delegation.html"
    submit, done = _("确认代理"), _("已确认，代理人从现在起可以办理。")
    lead = _("确认后，代理人能看到并办理外出人岗位上的事项，到期自动收回；一级预警和人身危险同时通知本人。")

    @property
    def heading(self) -> str:
        return str(_("确认%(stand_in)s代理%(absent)s")) % self.names

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.delegation
        facts = [
            (_("外出"), f"{row.appointment.user} · {row.appointment.post}"),
            (_("代理人"), row.stand_in),
            (_("从"), sh_time(row.starts_at)),
            (_("到"), sh_time(row.ends_at)),
            (_("原因"), row.reason),
            (_("登记人"), f"{row.entered_by} {sh_time(row.entered_at)}"),
        ]
        shown = [{"term": term, "value": value} for term, value in facts]
        return super().get_context_data(**kwargs) | {"facts": shown, "delegation": row}

    def perform(self, _data: dict[str, Any]) -> None:
        delegations.confirm(delegation_id=self.delegation.pk, by=self.by, now=self.now)


class DelegationEndPage(DelegationPage):
    submit, done, danger = _("结束代理"), _("已结束代理，权限已收回。"), True
    lead = _("代理人的权限立即收回，未办结的事项回到本人。")

    @property
    def heading(self) -> str:
        return str(_("结束%(stand_in)s代理%(absent)s")) % self.names

    def perform(self, _data: dict[str, Any]) -> None:
        delegations.end_early(delegation_id=self.delegation.pk, by=self.by, now=self.now)
