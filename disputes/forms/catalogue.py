"""The forms of the dispatch catalogue. Shape only; what fits together is the service's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from disputes.selectors.intake import sectors


class CatalogueForm(Form):
    sector = forms.ChoiceField(label=_("行业"), help_text=_("主管部门为该行业的县级部门。"))
    effective_from = forms.DateField(label=_("生效日期"))
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称、文号。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [("", ""), *sectors()]  # type: ignore[attr-defined]  # a ChoiceField


class EndForm(Form):
    last_day = forms.DateField(
        label=_("最后一天"), help_text=_("此日之后乡镇须先上报县综治中心；已经交办的不受影响。")
    )
