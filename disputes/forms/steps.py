"""The form of each step, built from its row of the lifecycle table."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from disputes import extensions
from disputes.choices import (
    AnswerWay,
    LeaderAnswer,
    MediationGround,
    Outcome,
    ReturnGround,
    ReviewOutcome,
    RevisitWay,
    Route,
    TellingWay,
)
from disputes.forms.canned_fields import offer_canned
from disputes.forms.fields import FindingSelect, MentionsField, StaffField, UnitField, UnitsField
from disputes.forms.mending import FORMS
from disputes.forms.step_base import StepForm
from disputes.forms.step_base import text_field as _text
from disputes.models import Dispute
from disputes.rules import intake
from disputes.rules.lifecycle import Step
from disputes.selectors import dispatching, mentions, not_resolved
from disputes.selectors.reported import finding_proposed
from disputes.selectors.restriction import question_of
from disputes.selectors.unit_ranks import Suggestion

YES_NO = [("true", _("同意")), ("false", _("不同意"))]
SATISFACTION = [("true", _("满意")), ("false", _("不满意")), ("", _("未联系上（或免于回访）"))]


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, widget=forms.DateInput())


MOST_CO_UNITS = 4


def _unit(dispute: Dispute, today: date) -> forms.Field:
    suggestion = dispatching.suggested(dispute, today)
    field = UnitField(
        label=_("责任单位"),
        dispute=dispute,
        url=reverse("disputes:dispatch_units", args=[dispute.number]),
        today=today,
        help_text=help_on_units(suggestion),
    )
    if suggestion is not None:
        field.suggest(suggestion)
    return field


def _co_units(dispute: Dispute, today: date) -> forms.Field:
    return UnitsField(
        label=_("协办单位"),
        dispute=dispute,
        url=reverse("disputes:dispatch_units", args=[dispute.number]),
        today=today,
        count=MOST_CO_UNITS,
        help_text=_("可不选，可选几个；输入名称、简码或拼音首字母。"),
    )


def help_on_units(suggestion: Suggestion | None) -> str:
    """How to find the unit, and which one is suggested why: without JavaScript the name is typed."""
    said = gettext("输入名称、简码或拼音首字母检索。只能有一个责任单位。")
    if suggestion is None:
        return said
    return said + gettext("建议：%(label)s（%(reason)s）。") % {
        "label": suggestion.label,
        "reason": suggestion.reason,
    }


def _person(step: Step, dispute: Dispute, today: date) -> forms.Field:
    if step.id == "assign":  # the unit is not known yet
        return StaffField(
            label=_("责任人"),
            dispute=dispute,
            url=reverse("disputes:dispatch_staff", args=[dispute.number]),
            today=today,
            help_text=_("不填则为责任单位的默认承办人；填写的须是该单位的人员。"),
        )
    return forms.ChoiceField(
        label=_("责任人"),
        choices=[("", _("按单位默认承办人")), *dispatching.person_choices(dispute, today)],
        widget=forms.Select(attrs={"data-combobox": ""}),
    )


def _town(step: Step, dispute: Dispute, today: date) -> forms.ChoiceField:
    towns = dispatching.towns_to_hand_to(dispute, today)
    return forms.ChoiceField(
        label=_("乡镇") if step.id == "hand_down" else _("转交其他乡镇"),
        choices=[("", _("请选择")), *((row.place.alias or row.place.code, row.place.name) for row in towns)],
        help_text="" if step.id == "hand_down" else _("不属于本镇的，选择应当受理的乡镇；编号不变。"),
        widget=forms.Select(attrs={"data-combobox": ""}),
    )


def _own_unit(dispute: Dispute, today: date) -> forms.Field:
    return UnitField(
        label=_("转交本镇单位"),
        dispute=dispute,
        url=reverse("disputes:dispatch_units", args=[dispute.number]),
        today=today,
        help_text=_("交本镇的村（社区）或单位办理的，输入名称或简码检索。与上一项只填一个。"),
    )


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def _truth(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=lambda value: value == "true",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _few_know(dispute: Dispute) -> forms.Field:
    """One click either way, with what asks it and what was answered so far."""
    asked = question_of(dispute)
    field = _truth(_("是否限制知悉"), [("false", _("不需要限制")), ("true", _("限制知悉"))])
    field.help_text = f"{asked.words}{asked.answered}" if asked else ""
    return field


def is_asked(name: str, dispute: Dispute) -> bool:
    """Whether a step asks this field of this dispute: whether few should know only where the text asks it and nobody
    has restricted it."""
    return name != "restricted" or (not dispute.is_restricted and question_of(dispute) is not None)


def _finding(dispute: Dispute) -> forms.ChoiceField:
    """One click where the reviewer agrees."""
    return forms.ChoiceField(
        label=_("办理结果"),
        choices=ReviewOutcome.choices,
        initial=finding_proposed(dispute),
        help_text=_("已按报结结果选好；同意的直接提交。"),
        widget=FindingSelect(dispute.reported_outcome),
    )


def _comment(step: Step) -> forms.CharField:
    """Where people may be named beside it, @ in the text offers them."""
    field = _text(_("留言"))
    if "people" in step.optional:
        field.widget.attrs |= {"data-mentions": "", "rows": 3}
    return field


Maker = Callable[[Step, Dispute, date], forms.Field]
FIELDS: dict[str, Maker] = {
    "reason": lambda step, dispute, today: (
        _text(_("改变级别的理由"), help_text=_("与初判一致的不用填。"))
        if "level" in step.optional
        else _text(_("理由"))
    ),
    "note": lambda step, dispute, today: _text(_("意见")),
    "town": _town,
    "unit": lambda step, dispute, today: _own_unit(dispute, today),
    "account": lambda step, dispute, today: _text(
        ACCOUNT_LABELS.get(step.id, _("情况")), intake.NARRATIVE_LIMIT
    ),
    "resolve_by": lambda step, dispute, today: _day(_("化解时限"), _("不填则按规定期限计算。")),
    "until": lambda step, dispute, today: _day(_("预计恢复日期")),
    "performance_until": lambda step, dispute, today: _day(
        _("最后履行日期"), _("协议约定分期或日后履行的，请填写。")
    ),
    "routes": lambda step, dispute, today: forms.MultipleChoiceField(
        label=_("已告知的其他途径"), choices=Route.choices, widget=forms.CheckboxSelectMultiple
    ),
    "restricted": lambda step, dispute, today: _few_know(dispute),
    "lead_unit": lambda step, dispute, today: _unit(dispute, today),
    "co_units": lambda step, dispute, today: _co_units(dispute, today),
    "person": _person,
    "instruction": lambda step, dispute, today: _text(INSTRUCTION_LABELS.get(step.id, _("拟办意见"))),
    "into": lambda step, dispute, today: forms.CharField(
        label=_("并入的纠纷编号"),
        max_length=40,
        help_text=_("例如〔2026〕青石镇第000123号，本镇今年的件只填号即可。两份回执都继续有效。"),
    ),
    "ground": lambda step, dispute, today: (
        _choice(_("起算事由"), MediationGround.choices)
        if step.id == "begin_mediation"
        else _choice(_("退回依据"), ReturnGround.choices)
    ),
    "granted": lambda step, dispute, today: _truth(_("决定"), YES_NO),
    "days": lambda step, dispute, today: forms.IntegerField(label=_("延长天数"), min_value=1, max_value=180),
    "outcome": lambda step, dispute, today: (
        _choice(_("办理结果"), Outcome.choices) if step.id == "submit_result" else _finding(dispute)
    ),
    "way": lambda step, dispute, today: _choice(*WAYS[step.id]),
    "on": lambda step, dispute, today: _day(DAYS[step.id]),
    "chosen": lambda step, dispute, today: forms.ChoiceField(
        label=_("当事人选择的途径"),
        choices=[("", _("当事人还没有选择")), *Route.choices],
        help_text=_("只能是上面已告知的途径之一；以后才选择的，再登记一次。"),
    ),
    "decision": lambda step, dispute, today: _choice(_("答复意见"), LeaderAnswer.choices),
    "text": lambda step, dispute, today: _comment(step),
    "people": lambda step, dispute, today: MentionsField(
        dispute=dispute, url=reverse("disputes:mentions", args=[dispute.number])
    ),
    "comment": lambda step, dispute, today: forms.IntegerField(widget=forms.HiddenInput),
    "satisfied": lambda step, dispute, today: _truth(_("当事人是否满意"), SATISFACTION),
}
WAYS: dict[str, tuple[Any, Any]] = {
    "answer_origin": (_("答复方式"), AnswerWay.choices),
    "revisit": (_("回访方式"), RevisitWay.choices),
    "tell_routes": (_("告知方式"), TellingWay.choices),
}
DAYS: dict[str, Any] = {
    "begin_mediation": _("起算日期"),
    "answer_origin": _("答复日期"),
    "tell_routes": _("告知日期"),
}
INSTRUCTION_LABELS: dict[str, Any] = {"instruct": _("批示内容"), "answer_not_resolved": _("答复内容")}
ACCOUNT_LABELS: dict[str, Any] = {
    "report_progress": _("进展情况"),
    "submit_result": _("化解情况"),
    "revisit": _("回访情况"),
    "answer_origin": _("答复内容"),
}


def _foreseen(step: Step, dispute: Dispute, today: date) -> dict[str, Any]:
    """Where it happened in another town, that town: whoever came to the wrong window is passed on in one click. Of the
    routes to tell, those that fit, or those told before."""
    if step.id == "tell_routes":
        return not_resolved.foreseen(dispute, today)
    town = dispute.town
    if step.id not in ("hand_down", "pass_to") or town is None or town.pk == dispute.managing_org.place_id:
        return {}
    return {"town": town.alias or town.code}


def _fields(step: Step, dispute: Dispute, today: date, by: Actor) -> dict[str, forms.Field]:
    """By name, in the table's order; an upper app says itself whether its own must be answered."""
    fields: dict[str, forms.Field] = {}
    for name in (*step.needs, *step.optional):
        if name in FIELDS:
            if is_asked(name, dispute):
                fields[name] = FIELDS[name](step, dispute, today)
                fields[name].required = name in step.needs
        elif asked := extensions.step_fields(name, step.id, [dispute], by).get(dispute.pk):
            fields[name] = asked
    return fields


def step_form(
    step: Step,
    dispute: Dispute,
    *,
    today: date,
    by: Actor,
    data: Any = None,
    initial: dict[str, Any] | None = None,
) -> StepForm:
    """The bound or unbound form of a step on this dispute, as this actor is asked."""
    start = {"version": dispute.version} | _foreseen(step, dispute, today) | (initial or {})
    if step.id == "correct_comment":  # what is put right stands there already
        start["text"] = mentions.own_words(dispute, str(start.get("comment", "")), by)
    if step.id in FORMS:
        return _with_canned(FORMS[step.id](data, dispute=dispute, today=today, initial=start))
    fields = _fields(step, dispute, today, by)
    form_class = type(
        "StepFields", (StepForm,), fields
    )  # declared, so that they look and speak like any form's
    form: StepForm = form_class(data, initial=start)
    form.order_fields([*fields, "version"])
    return _with_canned(form)


def _with_canned(form: StepForm) -> StepForm:
    offer_canned(form)
    return form
