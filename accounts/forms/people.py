"""Shapes of what is entered about people; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import stand_ins
from accounts.forms.fields import CodeField
from accounts.models import Appointment, User
from accounts.querysets import AppointmentQuerySet
from core.forms import Form

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,39}$", _("3 到 40 个小写字母、数字、点、横线或下划线，以字母或数字开头。")
)
PHONE = RegexValidator(r"^\+?[0-9][0-9 -]{4,18}$", _("请填写电话号码，只有数字、空格和横线。"))
LONGEST_TOKEN = 730


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


class ConfirmForm(Form):
    """Nothing to fill in: the page says what will happen."""


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


class AppointmentChoice(forms.ModelChoiceField):
    """An appointment as `张三 · 青石镇综治中心主任`."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name} · {obj.post}"


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


class TokenForm(Form):
    appointment = AppointmentChoice(Appointment.objects.none(), label=_("以哪个岗位"), empty_label=None)
    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("哪个系统、由谁保管。"))
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=LONGEST_TOKEN, initial=365)

    def __init__(self, *args: Any, appointments: AppointmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["appointment"].queryset = appointments  # type: ignore[attr-defined]
