"""The forms of the retention rules. Shape only; what fits together is the service's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from safekeeping.services.retention import LONGEST


class RetentionForm(Form):
    years = forms.IntegerField(
        label=_("保管年数"), min_value=1, max_value=LONGEST, help_text=_("自销号之日起算。")
    )
    effective_from = forms.DateField(
        label=_("适用于此日起销号的纠纷"),
        help_text=_("可以早于今天，但不能改动已有规定管着的日子。"),
    )
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("法律法规条款或文件名称、文号。"))
    understood = forms.BooleanField(label=_("我知道：到期的文本、姓名和附件由系统自动删除，不能恢复"))


class EndForm(Form):
    last_day = forms.DateField(
        label=_("最后一天"), help_text=_("此日之后销号的纠纷不再按这条规定删除；之前销号的仍按它办理。")
    )
