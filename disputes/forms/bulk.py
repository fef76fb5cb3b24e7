"""What a bulk action asks on its confirmation page."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.forms import Form
from disputes.models import Dispute
from disputes.selectors.dispatching import unit_choices
from disputes.services.bulk import LONGEST_NOTE


class BulkAssignForm(Form):
    lead_unit = forms.ChoiceField(
        label=_("责任单位"),
        help_text=_("所选纠纷都交给这一个单位，责任人为其默认承办人。"),
        widget=forms.Select(attrs={"data-combobox": ""}),
    )
    resolve_by = forms.DateField(
        label=_("化解时限"), required=False, help_text=_("不填则各按规定期限计算。"), widget=forms.DateInput()
    )

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = unit_choices(Dispute(managing_org=by.organization, barred_keys=[]), today)
        self.fields["lead_unit"].choices = [("", ""), *units]  # type: ignore[attr-defined]


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
