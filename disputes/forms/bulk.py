"""What a bulk action asks on its confirmation page."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.forms import Form
from disputes.forms.fields import UnitField
from disputes.rules.intake import REASON_LIMIT
from disputes.selectors.dispatching import of_no_field
from disputes.services.bulk import LONGEST_NOTE


class BulkAssignForm(Form):
    resolve_by = forms.DateField(
        label=_("化解时限"), required=False, help_text=_("不填则各按规定期限计算。"), widget=forms.DateInput()
    )
    instruction = forms.CharField(
        label=_("拟办意见"),
        required=False,
        max_length=REASON_LIMIT,
        help_text=_("可不填；写给承办单位，每件都附上。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["lead_unit", "resolve_by", "instruction"]

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"] = UnitField(
            label=_("责任单位"),
            dispute=of_no_field(by),
            url=reverse("disputes:bulk_units"),
            today=today,
            help_text=_("输入名称或简码检索。所选纠纷都交给这一个单位，责任人为其默认承办人。"),
        )
        self.order_fields(self.field_order)


class BulkRemindForm(Form):
    note = forms.CharField(
        label=_("催办要求"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("可不填；写入流转记录，承办人能看到。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
