"""Forms about leaders and letters. Shape only; what is refused for other reasons the services say."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.actor import Actor
from disputes.choices import CannedField
from disputes.forms.canned_fields import CannedForm
from disputes.forms.fields import CleanText, TypeAhead
from disputes.rules.intake import REASON_LIMIT
from responsibility import rights
from responsibility.selectors import leader_choices
from responsibility.services.case_leaders import Undertaking
from responsibility.services.letters import ADDRESSEE_LIMIT, ENCLOSURES_LIMIT

Choices = list[tuple[str, str]]


def _text(label: Any, limit: int = REASON_LIMIT, **options: Any) -> CleanText:
    return CleanText(
        label=label, lines=True, max_length=limit, widget=forms.Textarea(attrs={"rows": 4}), **options
    )


def _choice(label: Any, help_text: Any = "") -> forms.ChoiceField:
    widget = forms.Select(attrs={"data-combobox": ""})
    return forms.ChoiceField(label=label, help_text=help_text, widget=widget)


class OverrideForm(CannedForm):
    post = _choice(_("责任领导"), _("输入单位或姓名检索。"))
    reason = _text(_("另行指定的理由"))

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", ""), *leaders]  # type: ignore[attr-defined]  # a ChoiceField


class IntakeLeaderForm(CannedForm):
    """On the intake form: another leader than the rule's, and why. Both or neither."""

    leader = CleanText(
        label=_("改由谁任责任领导"),
        required=False,
        max_length=100,
        help_text=_("输入单位、岗位或姓名。不填则按 §8 确定。"),
        widget=TypeAhead(reverse_lazy("responsibility:pick_leaders")),
    )
    reason = _text(_("另行指定的理由"), required=False)

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.county, self.today = by.organization.place.county_code, today
        if typed := str(self["leader"].value() or "").strip():
            post = leader_choices.post_named(typed, self.county, today)
            self.fields["leader"].widget.attrs["data-label"] = str(post) if post else typed

    @property
    def is_stated(self) -> bool:
        """Something is typed, or wrong."""
        return bool(self.errors) or any(self[name].value() for name in self.fields)

    def clean_leader(self) -> str:
        typed: str = self.cleaned_data["leader"]
        post = leader_choices.post_named(typed, self.county, self.today) if typed else None
        if typed and post is None:
            raise forms.ValidationError(
                _("没有找到领导“%(typed)s”，请从列表中选择。"), params={"typed": typed[:40]}
            )
        return post.code if post else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("leader") and not given.get("reason"):
            self.add_error("reason", _("请写明另行指定的理由。"))
        if given.get("reason") and not given.get("leader") and "leader" not in self.errors:
            self.add_error("leader", _("请选择改由谁任责任领导，或者删去理由。"))
        return given


class ReasonForm(CannedForm):
    reason = _text(_("理由"))


class CaseLeaderForm(CannedForm):
    BESIDE = {"plan": CannedField.INSTRUCTION}

    leader = _choice(_("包案领导"), _("输入单位或姓名检索。"))
    plan = _text(_("化解方案"), help_text=_("由谁、做什么、先后步骤。"))
    expected_on = forms.DateField(label=_("预计化解日期"), widget=forms.DateInput())

    def __init__(self, *args: Any, leaders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].choices = [("", ""), *leaders]  # type: ignore[attr-defined]  # a ChoiceField


def undertaking_of(given: dict[str, Any]) -> Undertaking:
    return Undertaking(int(given["leader"]), given["plan"], given["expected_on"])


class TakeOverForm(CaseLeaderForm):
    reason = _text(_("接手的理由"), help_text=_("分管领导做了什么，为什么没有解决。"))
    field_order = ["leader", "reason", "plan", "expected_on"]


class ProgressForm(CannedForm):
    account = _text(_("进展情况"))
    expected_on = forms.DateField(
        label=_("预计化解日期"),
        required=False,
        help_text=_("有变化时填写。"),
        widget=forms.DateInput(),
    )


class LetterForm(CannedForm):
    BESIDE = {"request": CannedField.INSTRUCTION}

    to = CleanText(
        label=_("致"),
        max_length=ADDRESSEE_LIMIT,
        help_text=_("输入单位名称；不在系统中的单位直接写名称。"),
        widget=TypeAhead(reverse_lazy("responsibility:letter_units")),
    )
    request = _text(_("请办事项"), help_text=_("只写对方办理所需要的情况，不写电话和证件号码。"))
    enclosures = CleanText(
        label=_("附件"),
        lines=True,
        max_length=ENCLOSURES_LIMIT,
        required=False,
        help_text=_("随函送出的材料，一行一件。可不填。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reply_by = forms.DateField(
        label=_("请于此日前回复"), required=False, help_text=_("可不填。"), widget=forms.DateInput()
    )


class ServedForm(CannedForm):
    note = _text(
        _("送达方式和签收人"), 200, required=False, help_text=_("例如：当面送达，办公室刘主任签收。")
    )


class ReplyForm(CannedForm):
    account = _text(_("回复的内容"))


def intake_form(
    data: QueryDict | None, prefix: str, initial: dict[str, Any], by: Actor
) -> IntakeLeaderForm | None:
    """For the intake form's part; none for who may not name another leader while registering."""
    if not rights.may_state_leader(by):
        return None
    today = clock.shanghai_date(clock.now())
    return IntakeLeaderForm(data, prefix=prefix, initial=initial, by=by, today=today)
