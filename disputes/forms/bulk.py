"""What a bulk action asks on its confirmation page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.forms import BoundField, Form
from disputes import extensions
from disputes.forms.fields import UnitField
from disputes.models import Dispute
from disputes.rules.intake import REASON_LIMIT
from disputes.selectors.dispatching import of_no_field
from disputes.services.bulk import LONGEST_NOTE

FORM_ID = "bulk"  # of the form on the page: controls in the table above belong to it too
LEVEL = "level-"


class BulkAcceptForm(Form):
    """The level stands in each row of the table; what is left is drawn below it."""

    reason = forms.CharField(
        label=_("改变级别的理由"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("有任何一件的级别与初判不同的，请写明；写入所选各件的流转记录。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, by: Actor, today: date, able: Sequence[Dispute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = extensions.step_fields("level", "accept", able, by)
        self.numbers = {f"{LEVEL}{row.number}": row.number for row in able if row.pk in asked}
        for row in able:
            if row.pk in asked:
                self.fields[f"{LEVEL}{row.number}"] = _in_a_row(asked[row.pk], row)

    def of_row(self, dispute: Dispute) -> BoundField | None:
        """The control of a row; none where nothing is asked."""
        name = f"{LEVEL}{dispute.number}"
        return self[name] if name in self.fields else None  # type: ignore[return-value]  # by our renderer

    def visible_fields(self) -> list[Any]:
        """Those below the table; what is wrong in a row still stands in the summary above."""
        return [field for field in super().visible_fields() if field.name not in self.numbers]

    @property
    def levels(self) -> dict[str, int | None]:
        """Number → the answer, once the form is valid."""
        return {number: self.cleaned_data[name] for name, number in self.numbers.items()}


def _in_a_row(field: Any, dispute: Dispute) -> forms.Field:
    """The same question as in the form of one dispute, small enough for a cell."""
    label = _("%s 的预警级别") % dispute.display_number
    field.widget = forms.Select(attrs={"form": FORM_ID, "aria-label": label}, choices=field.choices)
    field.label, field.help_text = label, field.said
    made: forms.Field = field
    return made


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

    def __init__(
        self, *args: Any, by: Actor, today: date, able: Sequence[Dispute] = (), **kwargs: Any
    ) -> None:
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

    def __init__(
        self, *args: Any, by: Actor, today: date, able: Sequence[Dispute] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
