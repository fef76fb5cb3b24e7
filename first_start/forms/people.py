"""The three officers, the password of whoever sets up, and the first people of the centres."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from administration.forms.people import USERNAME
from core.forms import Form
from first_start.presenters import OFFICE_WORDS
from first_start.rules.people import OFFICES

ACCOUNT_HELP = _("登录用，以后不能改。")


class OfficersForm(Form):
    """Three accounts for three people, and the first administrator's own password."""

    password = forms.CharField(
        label=_("系统管理员的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("由系统管理员本人设定，至少 10 位，不能全是数字。另外两员得到一次性的首次密码。"),
    )
    again = forms.CharField(
        label=_("再输入一次密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        """`has_password`: one was chosen when this step was answered before."""
        super().__init__(*args, **kwargs)
        for office in OFFICES:
            self._add(office)
        if has_password:
            self.fields["password"].required = self.fields["again"].required = False
            self.fields["password"].help_text = _("已经设定过；不改就留空。")
        self.order_fields(
            [f"{office}_{part}" for office in OFFICES for part in ("username", "name", "email")]
        )

    def _add(self, office: str) -> None:
        self.fields[f"{office}_username"] = forms.CharField(
            label=_("账号"), max_length=40, validators=[USERNAME], help_text=ACCOUNT_HELP
        )
        self.fields[f"{office}_name"] = forms.CharField(label=_("姓名"), max_length=60)
        self.fields[f"{office}_email"] = forms.EmailField(label=_("电子邮箱"), required=False)
        for part in ("username", "name"):
            self.fields[f"{office}_{part}"].error_messages["required"] = _("请填写这一项。")

    @property
    def offices(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each office with its fields; the password stands with the administrator's."""
        parts = {office: ["username", "name", "email"] for office in OFFICES}
        shown = {office: [self[f"{office}_{part}"] for part in names] for office, names in parts.items()}
        shown["administrator"] += [self["password"], self["again"]]
        return [(OFFICE_WORDS[office], fields) for office, fields in shown.items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if password := data.get("password"):
            self._judge(password, data)
        return data

    def _judge(self, password: str, data: dict[str, Any]) -> None:
        if "again" in data and password != data["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        known = User(username=data.get("administrator_username", ""), name=data.get("administrator_name", ""))
        try:
            validate_password(password, known)
        except ValidationError as error:
            self.add_error("password", error)


class PersonForm(Form):
    post = forms.ChoiceField(label=_("岗位"), widget=forms.Select(attrs={"data-combobox": ""}))
    username = forms.CharField(label=_("账号"), max_length=40, validators=[USERNAME], help_text=ACCOUNT_HELP)
    name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("电子邮箱"), required=False)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "—"), *posts]  # type: ignore[attr-defined]


PersonFormSet = forms.formset_factory(PersonForm, extra=0, can_delete=True, max_num=60, absolute_max=80)
