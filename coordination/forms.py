"""What the pages of 调度会 and 每周研判 ask."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordination.services.meetings import LONGEST_NOTE, LONGEST_TEXT, MeetingFacts
from coordination.services.weekly_review import LONGEST_OPINION
from core.actor import Actor
from core.forms import Form
from disputes.forms.fields import PersonField, UnitField
from disputes.models import Dispute

LONGEST_ATTENDEES = 1_000
BETWEEN_NUMBERS = re.compile(r"[\s,，、;；]+")


class MeetingForm(Form):
    subject = forms.CharField(label=_("议题"), max_length=100, help_text=_("例如：第四季度疑难纠纷调度。"))
    held_on = forms.DateField(label=_("日期"), widget=forms.DateInput())
    chaired_by = forms.CharField(label=_("主持人"), max_length=60, required=False)
    attendees = forms.CharField(
        label=_("参加人"),
        max_length=LONGEST_ATTENDEES,
        required=False,
        help_text=_("填写参会的单位和职务，印在会议纪要上。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    absent = forms.CharField(label=_("缺席"), max_length=300, required=False)
    sent_to = forms.CharField(
        label=_("印发范围"), max_length=300, required=False, help_text=_("会议纪要发给哪些单位。")
    )

    def facts(self) -> MeetingFacts:
        return MeetingFacts(**self.cleaned_data)


class AddCasesForm(Form):
    """Numbers typed or pasted; the rows ticked on the page below come as `number`."""

    numbers = forms.CharField(
        label=_("按编号列入"),
        max_length=4_000,
        required=False,
        help_text=_("例如 t01-2026-000123；多件用空格或逗号隔开。"),
    )

    def clean_numbers(self) -> list[str]:
        return [number for number in BETWEEN_NUMBERS.split(self.cleaned_data["numbers"]) if number]


class PickForm(Form):
    """What narrows the list to pick from."""

    q = forms.CharField(label=_("检索"), max_length=60, required=False)
    late = forms.BooleanField(label=_("只看超期"), required=False)


class DecisionForm(Form):
    text = forms.CharField(
        label=_("决定事项"),
        max_length=LONGEST_TEXT,
        help_text=_("写明做什么。责任人会收到通知，并可以查看本件。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = forms.DateField(label=_("完成日期"), widget=forms.DateInput())

    def __init__(self, *args: Any, dispute: Dispute, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(
            label=_("责任人"),
            dispute=dispute,
            centre=by.organization,
            url=reverse("coordination:people", args=[dispute.number]),
            today=today,
            help_text=_("输入单位、职务或姓名检索；责任单位随责任人确定。"),
        )
        self.fields["lead_unit"] = UnitField(
            label=_("改由哪个单位负责"),
            dispute=dispute,
            url=reverse("disputes:dispatch_units", args=[dispute.number]),
            today=today,
            required=False,
            help_text=_("不改变责任单位的不填。填写的，随本决定转办或交办。"),
        )
        self.fields["resolve_by"] = forms.DateField(
            label=_("化解时限改为"),
            required=False,
            widget=forms.DateInput(attrs={"min": today.isoformat()}),
            help_text=_("不改变时限的不填。"),
        )
        self.order_fields(["text", "person", "due_on", "lead_unit", "resolve_by"])
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class DoneForm(Form):
    note = forms.CharField(
        label=_("完成情况"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(Form):
    """反馈 of the person a decision names."""

    account = forms.CharField(
        label=_("办理情况"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    finished = forms.BooleanField(label=_("已经完成"), required=False)


class OpinionForm(Form):
    opinion = forms.CharField(
        label=_("研判意见"),
        max_length=LONGEST_OPINION,
        widget=forms.TextInput(attrs={"list": "opinions", "autocomplete": "off"}),
    )


# offered while typing; any other words do as well
OPINIONS = (
    _("维持现状，继续办理"),
    _("建议提高预警级别"),
    _("建议降低预警级别"),
    _("提请调度会研究"),
    _("催办责任单位"),
)
