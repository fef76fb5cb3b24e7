"""Shapes of what administrators enter about people; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import AppointmentChoice, ContactForm
from accounts.models import Appointment
from accounts.querysets import AppointmentQuerySet
from administration.forms.fields import CodeField
from core.forms import Form

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,39}$", _("3 到 40 个小写字母、数字、点、横线或下划线，以字母或数字开头。")
)
LONGEST_TOKEN = 730


class UserEditForm(ContactForm):
    name = forms.CharField(label=_("姓名"), max_length=60)
    field_order = ["name", "phone", "email"]


class UserForm(UserEditForm):
    username = forms.CharField(
        label=_("账号"), max_length=40, validators=[USERNAME], help_text=_("登录用，以后不能改。")
    )
    field_order = ["username", "name", "phone", "email"]


class ReasonForm(Form):
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("写入访问日志。"))


class PasswordWayForm(Form):
    """How a person gets in again without anybody else reading the password."""

    LINK, PRINT = "link", "print"
    way = forms.ChoiceField(label=_("怎样交给本人"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        link = [(self.LINK, _("向本人登记的邮箱发送一次性链接"))] if email else []
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            *link,
            (self.PRINT, _("打印密封件，当面交给本人，首次登录须改密码")),
        ]
        self.initial.setdefault("way", self.LINK if email else self.PRINT)


class AppointForm(Form):
    post = CodeField("post", label=_("岗位"), help_text=_("输入单位或职务名称查找。"))
    starts_on = forms.DateField(label=_("任职日期"))
    is_default = forms.BooleanField(
        label=_("本岗位首选承办人"), required=False, help_text=_("分流到本单位的纠纷默认由首选承办人负责。")
    )


class HoldForm(Form):
    """The same from the post's side."""

    user = CodeField("user", label=_("人员"), help_text=_("输入姓名或账号查找。"))
    starts_on = forms.DateField(label=_("任职日期"))
    is_default = forms.BooleanField(
        label=_("本岗位首选承办人"), required=False, help_text=_("分流到本单位的纠纷默认由首选承办人负责。")
    )


class EndAppointmentForm(Form):
    ends_on = forms.DateField(label=_("免职日期"), help_text=_("当日起不再任职；填今天则立即生效。"))
    successor = AppointmentChoice(
        Appointment.objects.none(),
        label=_("接手人"),
        required=False,
        empty_label=_("暂不确定，转给单位负责人并标明"),
        help_text=_("接手未办结的事项。"),
    )

    def __init__(self, *args: Any, colleagues: AppointmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = colleagues  # type: ignore[attr-defined]


class TokenForm(Form):
    appointment = AppointmentChoice(Appointment.objects.none(), label=_("以哪个岗位"), empty_label=None)
    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("哪个系统、由谁保管。"))
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=LONGEST_TOKEN, initial=365)

    def __init__(self, *args: Any, appointments: AppointmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = appointments  # type: ignore[attr-defined]
