"""来件信息 on the intake form: asked at once where the source hands matters on, closed otherwise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.clock import end_of_day
from core.forms import Form
from disputes.forms.fields import CleanText, StatedDay, read_in
from disputes.rules.origin import FORWARDED, OriginFacts


class OriginForm(Form):
    sender = CleanText(label=_("来件单位"), required=False, help_text=_("例如：县信访局、市12345热线"))
    number = CleanText(label=_("来件编号"), required=False, help_text=_("来件单位的文号、工单号或信访件编号"))
    received_on = StatedDay(label=_("来件日期"), required=False, widget=forms.DateInput())
    due_at = StatedDay(
        label=_("来件要求办结日期"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("单独计时，临期和超期都会提醒综治中心"),
    )
    answer_wanted = forms.BooleanField(label=_("要求书面答复来件单位"), required=False)

    @property
    def says_something(self) -> bool:
        """Something is typed, or wrong."""
        return bool(self.errors) or any(self[name].value() for name in self.fields)

    def facts(self) -> OriginFacts | None:
        """As far as it could be read, after is_valid; None where nothing was typed."""
        given = read_in(self)
        due = given.pop("due_at")
        stated = OriginFacts(**given, due_at=None if due is None else end_of_day(due))
        return stated if stated.says_something else None


def hands_on(source: str) -> bool:
    """Whether the source is one that hands matters on."""
    return source in FORWARDED
