"""Appointing to a post, and ending an appointment with what is open."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.mixins import PermissionRequired
from accounts.models import Appointment
from accounts.open_work import open_work_of
from accounts.permissions import Permission
from accounts.services import appointments
from administration.forms.people import AppointForm, EndAppointmentForm
from administration.selectors import people
from administration.views.users import UserFormPage
from core.pages import FormPage


class AppointPage(UserFormPage):
    form_class = AppointForm
    submit, done = _("任职"), _("已任职，对方下一次打开页面即生效。")

    @property
    def heading(self) -> str:
        return str(_("任职：%s") % self.person)

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.today, "post": self.request.GET.get("post", "")}

    def perform(self, data: dict[str, Any]) -> None:
        appointments.appoint(user=self.person, **data, by=self.by, now=self.now)


class EndAppointmentPage(PermissionRequired, FormPage):
    """Shows what is still open and asks who takes it over."""

    permission = Permission.MANAGE_RIGHTS
    form_class = EndAppointmentForm
    template_name = "administration/end_appointment.html"
    submit, done, danger = _("结束任职"), _("已结束任职。"), True
    lead = _("权限在免职当日即刻收回；办过的事项和流转记录保留。")

    @cached_property
    def appointment(self) -> Appointment:
        rows = Appointment.objects.with_post().filter(handed_over_at=None)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def heading(self) -> str:
        appointment = self.appointment
        return str(_("结束任职：%(name)s · %(post)s")) % {"name": appointment.user, "post": appointment.post}

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.today}

    def get_form_kwargs(self) -> dict[str, Any]:
        colleagues = people.colleagues_of(self.appointment, self.today)
        return super().get_form_kwargs() | {"colleagues": colleagues}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "open_work": open_work_of(self.appointment),
            "head": appointments.head_of_unit(self.appointment, self.now),
        }

    def perform(self, data: dict[str, Any]) -> None:
        successor = data["successor"]
        appointments.end(
            appointment_id=self.appointment.pk,
            ends_on=data["ends_on"],
            successor_id=successor.pk if successor else None,
            by=self.by,
            now=self.now,
        )

    def back_url(self) -> str:
        return reverse("manage:user", args=[self.appointment.user_id])
