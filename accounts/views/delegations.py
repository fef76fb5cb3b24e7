"""Standing in: who is away, who acts for him; made for a phone."""

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
from accounts.policies import may
from accounts.selectors import people
from accounts.services import delegations
from accounts.views.base import FormPage
from core.clock import SHANGHAI

USUAL = timedelta(days=1)


class DelegationsPage(PermissionRequired, TemplateView):
    permission = Permission.DELEGATE
    template_name = "accounts/delegations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = people.delegations_open_to(self.by, self.now)
        keeps_people = may(self.by, Permission.MANAGE_PEOPLE)
        context = {"delegations": rows, "now": self.now, "keeps_people": keeps_people}
        return super().get_context_data(**kwargs) | context


class DelegationAddPage(FormPage):
    permission = Permission.DELEGATE
    form_class = DelegationForm
    heading, submit = _("登记代理"), _("登记代理")
    done = _("已登记代理。到时自动生效，到期自动收回。")
    lead = _("代理期间，代理人能看到并办理外出人岗位上的事项；每一步都记明是代理。")

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
        delegations.enter(**data, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("accounts:delegations")


class DelegationEndPage(FormPage):
    permission = Permission.DELEGATE
    form_class = ConfirmForm
    submit, done, danger = _("结束代理"), _("已结束代理，权限已收回。"), True
    lead = _("代理人的权限立即收回，未办结的事项回到本人。")

    @cached_property
    def delegation(self) -> Delegation:
        rows = people.delegations_open_to(self.by, self.now)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def heading(self) -> str:
        names = {"stand_in": self.delegation.stand_in, "absent": self.delegation.appointment.user}
        return str(_("结束%(stand_in)s代理%(absent)s")) % names

    def perform(self, data: dict[str, Any]) -> None:
        delegations.end_early(delegation_id=self.delegation.pk, by=self.by, now=self.now)

    def back_url(self) -> str:
        return reverse("accounts:delegations")
