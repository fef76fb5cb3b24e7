"""The rows of a policy draft as forms; the service and `classifier.check` decide what is right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classifier.rules.policy_rows import Row, lines_of
from classifier.rules.shape import LEVELS
from classifier.wording import FIELDS, PEOPLE, REACHES, TOGETHER
from classifier.wording import LEVELS as LEVEL_WORDS
from core.forms import Form

LONGEST_TEXT = 60_000
OR = "/"  # between alternatives of one requirement
PATTERN_HELP = gettext_lazy(
    "一行一种说法。<名称> 代表词表里的任何一个词，… 代表同一分句里的几个字，~ 代表同一句里的一段。"
)


def _choices(words: Any) -> list[tuple[str, Any]]:
    return list(words.items())


class Lines(forms.CharField):
    """A textarea with one entry a line, as a list without empty lines."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, **kwargs)
        self.widget.attrs.update(rows=rows, spellcheck="false")

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(lines_of(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class Named(Lines):
    """Rows named by their label or id, one a line; with `alternatives`, several on a line count as any of them."""

    def __init__(self, *, alternatives: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.alternatives = alternatives
        self.known: dict[str, str] = {}  # id → label

    def offer(self, rows: Iterable[Row]) -> None:
        self.known = {str(row["id"]): str(row["label"]) for row in rows}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(self._line(item if isinstance(item, list) else [item]) for item in value)

    def clean(self, value: Any) -> list[Any]:
        found = [[self._id(name.strip()) for name in line.split(OR)] for line in super().clean(value)]
        return found if self.alternatives else [ids[0] for ids in found]

    def _line(self, ids: list[str]) -> str:
        return f" {OR} ".join(self.known.get(row_id, row_id) for row_id in ids)

    def _id(self, name: str) -> str:
        by_label = {label: row_id for row_id, label in self.known.items()}
        row_id = name if name in self.known else by_label.get(name)
        if row_id is None:
            raise forms.ValidationError(_("没有叫“%s”的线索。") % name[:40])
        return row_id


class RowForm(Form):
    """What every row has. `row()` is the row as the document holds it, without what was left empty."""

    id = forms.CharField(
        label=FIELDS["id"], max_length=40, help_text=gettext_lazy("小写字母、数字和下划线，以后不要改。")
    )
    label = forms.CharField(label=FIELDS["label"], max_length=60)

    def __init__(self, *args: Any, document: dict[str, Any], present: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Named):
                field.offer(document["indicators"])
        self.offer(document)
        self.fields["id"].disabled = present

    def offer(self, document: dict[str, Any]) -> None:
        """Choices that come from the document."""

    def row(self) -> Row:
        return {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None, [], False)
        }


class IndicatorForm(RowForm):
    patterns = Lines(label=FIELDS["patterns"], rows=12, help_text=PATTERN_HELP)
    danger = forms.BooleanField(label=FIELDS["danger"], required=False)
    ongoing = forms.BooleanField(
        label=FIELDS["ongoing"],
        required=False,
        help_text=gettext_lazy(
            "只对一级起作用：出现在定级依据同一句或前后一句，就同时报告乡镇长和派出所所长。"
        ),
    )
    note = forms.CharField(label=FIELDS["note"], max_length=300, required=False)


class TrapForm(RowForm):
    patterns = Lines(label=FIELDS["patterns"], rows=10, help_text=PATTERN_HELP)
    reach = forms.ChoiceField(label=FIELDS["reach"], choices=_choices(REACHES))
    ends = Lines(label=FIELDS["ends"], rows=3, required=False)
    only = Named(
        label=FIELDS["only"],
        rows=4,
        required=False,
        help_text=gettext_lazy("一行一条线索的名称；空着就是全部。"),
    )
    spares = Named(label=FIELDS["spares"], rows=4, required=False)
    needs = forms.ChoiceField(label=gettext_lazy("须同时有"), required=False)
    people_at_most = forms.IntegerField(label=FIELDS["people_at_most"], min_value=1, required=False)
    note = forms.CharField(label=FIELDS["note"], max_length=300, required=False)

    def offer(self, document: dict[str, Any]) -> None:
        field = self.fields["needs"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((row["id"], row["label"]) for row in document["traps"])]


class RuleForm(RowForm):
    level = forms.TypedChoiceField(
        label=FIELDS["level"], coerce=int, choices=[(level, LEVEL_WORDS[str(level)]) for level in LEVELS]
    )
    needs = Named(
        label=FIELDS["needs"],
        alternatives=True,
        help_text=gettext_lazy("一行一项，各行都要有；一行里用 / 隔开的，有一个就行。"),
    )
    people = forms.ChoiceField(label=FIELDS["people"], choices=_choices(PEOPLE))
    together = forms.ChoiceField(label=FIELDS["together"], choices=_choices(TOGETHER), required=False)
    note = forms.CharField(label=FIELDS["note"], max_length=300, required=False)


class TableForm(Form):
    """A list of words, or one way of saying how many."""

    id = forms.CharField(label=FIELDS["id"], max_length=40)
    lines = Lines(label=FIELDS["lines"], rows=14, help_text=gettext_lazy("一行一个。"))

    def __init__(self, *args: Any, document: dict[str, Any], present: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].disabled = present

    def row(self) -> Row:
        return dict(self.cleaned_data)


class ThresholdsForm(Form):
    group = forms.IntegerField(label=gettext_lazy("多少人以上算群体"), min_value=2, max_value=1000)
    hundreds = forms.IntegerField(label=gettext_lazy("多少人以上算数百人"), min_value=3, max_value=100_000)


class TryForm(Form):
    """A text held against the draft; nothing of it is kept."""

    narrative = forms.CharField(
        label=gettext_lazy("试一段文字"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    people_count = forms.IntegerField(
        label=gettext_lazy("涉及人数"), min_value=1, max_value=1_000_000, required=False
    )


class DraftForm(Form):
    note = forms.CharField(
        label=gettext_lazy("修改说明"), max_length=300, help_text=gettext_lazy("为什么要改，改什么。")
    )


class PublishForm(Form):
    effective_from = forms.DateTimeField(
        label=gettext_lazy("生效时间"),
        required=False,
        help_text=gettext_lazy("空着就是立即生效。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


FORMS: dict[str, type[RowForm] | type[TableForm]] = {
    "indicators": IndicatorForm,
    "traps": TrapForm,
    "rules": RuleForm,
    "words": TableForm,
    "people": TableForm,
}
