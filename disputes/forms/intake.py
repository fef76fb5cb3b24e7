"""The intake form: what happened, where, how urgent, who decides. Parties and accused are rows of their own."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.forms import Form
from disputes.choices import Source, UnitRelation
from disputes.forms.fields import CleanText, GroupedSelect, StatedDay, TypeAhead
from disputes.rules.intake import ADDRESS_LIMIT, TITLE_LIMIT, clean_text
from disputes.selectors import intake

UNIT_QUESTION = [*UnitRelation.choices, ("", _("都不是"))]
CONSENT = [("yes", _("同意告知该单位，由单位负责人化解")), ("no", _("不同意，不告知该单位"))]
SPOT_WAYS = [("oral", _("口头")), ("written", _("书面"))]


def consent_field(**options: Any) -> forms.TypedChoiceField:
    """Asked inside a unit only; empty stands for nothing said."""
    return forms.TypedChoiceField(
        label=_("单位内部的，申请人是否同意把本件告知该单位"),
        help_text=_("不同意的，该单位看不到、也不能办理本件，由乡镇领导牵头；以后同意了可以更正。"),
        choices=CONSENT,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        **options,
    )


class IntakeForm(Form):
    source = forms.ChoiceField(label=_("来源"), choices=Source.choices, initial=Source.WALK_IN)
    place = CleanText(
        label=_("发生地"),
        help_text=_("输入村名、乡镇名或代码"),
        widget=TypeAhead(reverse_lazy("disputes:pick_places")),
    )
    occurred_on = StatedDay(label=_("发生日期"), required=False, widget=forms.DateInput())
    narrative = CleanText(
        label=_("事由"),
        lines=True,
        help_text=_("谁和谁、因为什么、目前怎样、要求什么。最多 5000 字。"),
        widget=forms.Textarea(attrs={"rows": 6, "data-counted": "5000"}),
    )
    title = CleanText(
        label=_("标题"),
        required=False,
        max_length=TITLE_LIMIT,
        help_text=_("按当事人和类别拟定，可以修改"),
    )
    category = forms.ChoiceField(label=_("类别"), widget=GroupedSelect())
    people_count = forms.IntegerField(
        label=_("涉及人数"),
        required=False,
        help_text=_("不填则按当事人计算"),
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    )
    amount = forms.DecimalField(
        label=_("涉及金额（元）"),
        required=False,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"min": 0, "step": "0.01", "inputmode": "decimal"}),
    )
    danger = forms.BooleanField(label=_("有人身危险（火、刀具、炸药、毒物、自杀等）"), required=False)
    danger_told = CleanText(
        label=_("已报告谁"), required=False, max_length=200, help_text=_("例如：派出所王警官、值班领导刘镇长")
    )
    danger_told_at = forms.DateTimeField(
        label=_("报告时间"),
        required=False,
        widget=forms.DateTimeInput(),
        help_text=_("不填则记为登记时间"),
    )
    settle_on_spot = forms.BooleanField(label=_("双方已当场达成一致，当场化解"), required=False)
    spot_way = forms.ChoiceField(
        label=_("协议形式"), choices=SPOT_WAYS, required=False, initial="oral", widget=forms.RadioSelect
    )
    spot_account = CleanText(
        label=_("化解情况"),
        lines=True,
        required=False,
        help_text=_("怎样达成一致的，约定了什么"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    other_towns = forms.MultipleChoiceField(
        label=_("还涉及哪些乡镇"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("属于哪些主管部门的职权"),
        required=False,
        help_text=_("只在乡镇不能决定、须由主管部门处理时选择"),
        widget=forms.CheckboxSelectMultiple,
    )
    unit_relation = forms.ChoiceField(
        label=_("是否单位内部，或单位与周边群众之间的纠纷"),
        choices=UNIT_QUESTION,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    unit = CleanText(
        label=_("哪个单位"),
        required=False,
        widget=TypeAhead(reverse_lazy("disputes:pick_units")),
    )
    unit_consent = consent_field(initial="no")
    restricted = forms.BooleanField(
        label=_("限制知悉"),
        required=False,
        help_text=_("婚姻家庭、医疗类和涉及未成年人、性侵的，只有指定的人能看到"),
    )

    # put there by the hint that asks it: left unrestricted then, the answer is no
    restriction_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        self._field("category").choices = [("", ""), *intake.categories()]
        self._field("other_towns").choices = intake.other_towns(by, today)
        self._field("sectors").choices = intake.sectors()
        self.fields["place"].initial = intake.default_place(by)
        self._label("place", intake.label_of_place)
        self._label("unit", intake.label_of_unit)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _label(self, name: str, label_of: Any) -> None:
        """A type-ahead shows words for the code it holds."""
        value = clean_text(str(self[name].value() or ""))[:ADDRESS_LIMIT]
        if value:
            self.fields[name].widget.attrs["data-label"] = label_of(value)

    def clean_place(self) -> str:
        return intake.place_named(self.cleaned_data["place"], self.by, self.today)
