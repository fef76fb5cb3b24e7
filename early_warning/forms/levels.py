"""Confirming, raising, lowering, lifting, and consenting to it; entries of the incident record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from disputes.choices import CannedField
from disputes.disclosure import disclosures
from disputes.forms.canned_fields import CannedForm
from disputes.forms.fields import CleanText
from disputes.models import Dispute
from disputes.rules.intake import REASON_LIMIT
from early_warning import rights
from early_warning.choices import ChangeKind, IncidentKind
from early_warning.rights import offered_levels
from early_warning.rules.levels import NONE
from early_warning.selectors.level_states import LevelState, level_states
from early_warning.wording_screens import LEVELS

STATED_BY_READER = _(
    "文字里说事件正在发生，已同时报告乡镇长和派出所所长。核实没有发生的，请取消勾选，系统会告知他们不用赶赴现场。"
)
ANSWERS = {NONE: _("不预警")} | {level: LEVELS[level] for level in (3, 2, 1)}


def level_fields(_step: str, disputes: Sequence[Dispute], by: Actor) -> dict[int, forms.Field]:
    """What the coordinator is asked about the level while accepting: one click where the proposal is right.

    Nothing of a dispute whose level is not theirs to set or to see. At most five queries, whatever their number.
    """
    shown = disclosures(by, disputes)
    asked = [row for row in disputes if shown[row.pk].level and rights.may_grade(by, row)]
    return {pk: _level_field(state) for pk, state in level_states(asked).items()}


class LevelField(forms.TypedChoiceField):
    """Asks the level; `said`: what stands so far, for where there is no room for more help."""

    def __init__(self, *args: Any, said: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said


def _level_field(state: LevelState) -> forms.Field:
    said = gettext("%s。") % state.words
    return LevelField(
        said=state.words,
        label=_("核定预警级别"),
        choices=[(level, _marked(level, state)) for level in ANSWERS],
        coerce=int,
        empty_value=None,
        initial=state.proposed,
        help_text=said + gettext("同意的直接提交；改变级别的，在下面写明理由。"),
        widget=forms.RadioSelect,
    )


def _marked(level: int, state: LevelState) -> str:
    """The proposal carries a mark; nothing found is none."""
    words = str(ANSWERS[level])
    return gettext("%s（初判）") % words if level == state.proposed != NONE and not state.confirmed else words


class ChangeForm(CannedForm):
    """Only the levels that the change can lead to are offered."""

    level_to = forms.TypedChoiceField(label=_("改为"), coerce=int, widget=forms.RadioSelect)
    happening = forms.BooleanField(
        label=_("事件正在发生"),
        required=False,
        help_text=_("限一级。同时报告乡镇长和派出所所长，并开始现场处置记录（§10）。"),
    )
    reason = CleanText(
        lines=True, label=_("理由"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, change: str, level: int, happening: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = offered_levels(change, level)
        if not offered:
            del self.fields["level_to"]
        else:
            field: Any = self.fields["level_to"]
            field.choices = [(one, LEVELS[one]) for one in offered]
            if len(offered) == 1:
                self.initial.setdefault("level_to", offered[0])
        if change == ChangeKind.CONFIRM:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = _("可不填；改变“事件正在发生”的，请写明理由。")
        if 1 not in (offered or ([level] if change == ChangeKind.CONFIRM else [])):
            del self.fields["happening"]
        elif happening:
            self.initial.setdefault("happening", True)
            self.fields["happening"].help_text = STATED_BY_READER


class ConsentForm(CannedForm):
    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("true", _("同意")), ("false", _("不同意"))],
        coerce=lambda value: value == "true",
        widget=forms.RadioSelect,
    )
    note = CleanText(
        lines=True, label=_("意见"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 4})
    )


class IncidentForm(CannedForm):
    """A line of the incident record (§10)."""

    BESIDE = {"text": CannedField.ACCOUNT}

    kind = forms.ChoiceField(label=_("记什么"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    happened_at = forms.DateTimeField(label=_("时间"), widget=forms.DateTimeInput())
    who = CleanText(
        label=_("人员或岗位"), max_length=100, required=False, help_text=_("写岗位和姓名，不写当事人。")
    )
    text = CleanText(
        lines=True,
        label=_("内容"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("who") and not values.get("text"):
            self.add_error("text", _("请写明人员或内容。"))
        return values
