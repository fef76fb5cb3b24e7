"""The form of a 常用语. Shape only; what may stand in it is the service's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from disputes.choices import CannedField
from disputes.services.canned_texts import LONGEST


class TextForm(Form):
    text = forms.CharField(
        label=_("内容"),
        max_length=LONGEST,
        help_text=_("会用在许多件上，不要写某个人的姓名和号码；插入后可以再改。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewTextForm(TextForm):
    field = forms.ChoiceField(label=_("用在哪一栏"), choices=CannedField.choices, widget=forms.RadioSelect)
    field_order = ("field", "text")
