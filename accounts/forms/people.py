"""Shapes of what people enter about themselves and their stand-ins; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import stand_ins
from accounts.models import Appointment, User
from accounts.querysets import AppointmentQuerySet
from core.forms import Form

PHONE = RegexValidator(r"^\+?[0-9][0-9 -]{4,18}$", _("请填写电话号码，只有数字、空格和横线。"))


class ContactForm(Form):
    """What a person may correct themselves."""

    phone = forms.CharField(
        label=_("手机"),
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text=_("加密保存，用于通知。"),
    )
    email = forms.EmailField(label=_("电子邮箱"), required=False, help_text=_("用于通知和找回密码。"))


class ConfirmForm(Form):
    """Nothing to fill in: the page says what will happen."""


class AppointmentChoice(forms.ModelChoiceField):
    """An appointment as `张三 · 青石镇综治中心主任`."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name} · {obj.post}"


class DelegationForm(Form):
    appointment = AppointmentChoice(Appointment.objects.none(), label=_("谁外出"), empty_label=None)
    stand_in = forms.ModelChoiceField(User.objects.none(), label=_("由谁代理"))
    starts_at = forms.DateTimeField(
        label=_("从"), widget=forms.DateTimeInput, help_text=_("事后补登的，写实际开始时间，七天以内。")
    )
    ends_at = forms.DateTimeField(label=_("到"), widget=forms.DateTimeInput)
    reason = forms.CharField(label=_("原因"), max_length=200)

    def __init__(self, *args: Any, absences: AppointmentQuerySet, now: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = absences  # type: ignore[attr-defined]
        near = stand_ins.candidates(absences, now)
        away = set(absences.values_list("user_id", flat=True)[:2])
        if len(away) == 1:  # nobody stands in for themselves
            near = near.exclude(user_id__in=away)
        people = User.objects.filter(pk__in=near.values("user_id")).order_by("name")
        self.fields["stand_in"].queryset = people  # type: ignore[attr-defined]
        self.fields["stand_in"].choices = self._named(near)  # type: ignore[attr-defined]
        for name in ("appointment", "stand_in"):
            self.fields[name].widget.attrs["data-combobox"] = ""

    def _named(self, near: AppointmentQuerySet) -> list[tuple[str, str]]:
        """Each person once, with their first post."""
        named: dict[int, str] = {}
        for row in near.order_by("post__organization__code", "pk"):
            named.setdefault(row.user_id, f"{row.user.name} · {row.post}")
        return [("", "—"), *((str(pk), label) for pk, label in named.items())]
