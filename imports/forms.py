"""The upload of a ledger, and the questions its check leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import Form
from disputes.models import DisputeCategory
from imports.rules.answers import Answers, Twin
from imports.rules.cells import Doubt
from imports.rules.headings import WAN, YUAN
from imports.services.checking import WORDS_SHOWN, Check, Counted
from imports.wording import sheet_words

LEFT_OUT = "out"
YEARS_BACK = 15
TWINS = [
    (Twin.BOTH.value, gettext_lazy("不是同一件，都登记")),
    (Twin.SAME.value, gettext_lazy("是同一件，不再登记")),
    (Twin.SKIP.value, gettext_lazy("先不登记")),
]


class ImportForm(Form):
    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        help_text=gettext_lazy("xlsx、xls 或 csv，不超过 10 MB。一行一件纠纷；上传后先核对，确认了才登记。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )


@dataclass(frozen=True)
class Question:
    """A field of the form with what it is asked for."""

    name: str
    field: forms.ChoiceField


class CheckForm(Form):
    """Only what this file leaves open; every answer may be given later, confirming asks for them."""

    def __init__(self, check: Check, today: date, data: Any = None) -> None:
        super().__init__(data, initial=_initial(check))
        self.check, self.answers = check, check.answers
        questions = (_sheets(check), _hidden_rows(check), _year(check, today), _century(check), _unit(check))
        for question in (*questions, *_categories(check), *_twins(check)):
            if question is not None:
                self.fields[question.name] = question.field

    def given(self) -> Answers:
        """The answers, with what was answered before about things that are not asked any more."""
        said, before = self.cleaned_data, self.answers
        hidden, century = said.get("hidden_rows", ""), said.get("century", "")
        return Answers(
            sheets=tuple(int(at) for at in said["sheets"]) if "sheets" in said else before.sheets,
            hidden_rows=hidden == "yes" if hidden else before.hidden_rows,
            year=int(said["year"]) if said.get("year") else before.year,
            century=century == "yes" if century else before.century,
            unit=said.get("unit") or before.unit,
            twins=said.get("twins") or before.twins,
            lines=dict(before.lines) | self._lines(),
            categories=dict(before.categories) | self._words(),
        )

    def _lines(self) -> dict[str, str]:
        places = [(f"{sheet}:{row}", f"twin_{sheet}_{row}") for sheet, row in self._twin_places()]
        return {key: self.cleaned_data.get(name, "") for key, name in places if name in self.fields}

    def _twin_places(self) -> list[tuple[int, int]]:
        return [twin.line.place for twin in self.check.twins]

    def _words(self) -> dict[str, str]:
        names = enumerate(_words_of(self.check))
        return {word: self.cleaned_data.get(f"category_{at}", "") for at, word in names}


def _initial(check: Check) -> dict[str, Any]:
    answers = check.answers
    yes_no = {True: "yes", False: "no", None: ""}
    initial = {
        "sheets": [str(at) for at in check.taken],
        "hidden_rows": yes_no[answers.hidden_rows],
        "year": "" if answers.year is None else str(answers.year),
        "century": yes_no[answers.century],
        "unit": answers.unit,
        "twins": answers.twins,
    }
    initial |= {
        f"category_{at}": answers.categories.get(word, "") for at, word in enumerate(_words_of(check))
    }
    return initial | {
        f"twin_{place[0]}_{place[1]}": answers.lines.get(f"{place[0]}:{place[1]}", "")
        for place in (twin.line.place for twin in check.twins)
    }


def _words_of(check: Check) -> list[str]:
    """Unknown words, the frequent ones first, and those that were given a meaning before."""
    asked = [word for word, _n in check.words.most_common(WORDS_SHOWN)]
    return list(dict.fromkeys([*check.answers.categories, *asked]))


def _radio(label: str, choices: Sequence[tuple[str, Any]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.RadioSelect, help_text=help_text
    )


def _sheets(check: Check) -> Question | None:
    usable = check.book.usable()
    if len(usable) < 2 and check.taken == usable:
        return None
    hidden = {at: _("（隐藏的工作表）") if check.book.heads[at].hidden else "" for at in usable}
    field = forms.MultipleChoiceField(
        label=_("登记哪些工作表"),
        choices=[(str(at), f"{sheet_words(check.book.heads[at].name)}{hidden[at]}") for at in usable],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    return Question("sheets", field)


def _hidden_rows(check: Check) -> Question | None:
    number = sum(check.hidden_rows(at) for at in check.taken)
    if not number:
        return None
    choices = [("yes", _("一并登记")), ("no", _("不登记"))]
    return Question("hidden_rows", _radio(_("表里有 %d 行是隐藏的") % number, choices))


def _year(check: Check, today: date) -> Question | None:
    counted = check.doubts.get(Doubt.NO_YEAR)
    if counted is None:
        return None
    years = [(str(year), _("%d 年") % year) for year in range(today.year, today.year - YEARS_BACK, -1)]
    field = forms.ChoiceField(
        label=_("%d 个日期没有写年份，是哪一年") % counted.count,
        choices=[("", _("请选择")), *years, ("0", _("不知道，这些行先不登记"))],
        required=False,
        help_text=_samples(counted),
    )
    return Question("year", field)


def _century(check: Check) -> Question | None:
    counted = check.doubts.get(Doubt.SHORT_YEAR)
    if counted is None:
        return None
    choices = [("yes", _("按 20XX 年读，年在最前面")), ("no", _("不是，这些行先不登记"))]
    label = _("%d 个日期的年份只有两位") % counted.count
    return Question("century", _radio(label, choices, _samples(counted)))


def _unit(check: Check) -> Question | None:
    counted = check.doubts.get(Doubt.NO_UNIT)
    if counted is None:
        return None
    choices = [(YUAN, _("元")), (WAN, _("万元")), (LEFT_OUT, _("不知道，这些行先不登记"))]
    label = _("%d 个金额没有写单位") % counted.count
    return Question("unit", _radio(label, choices, _samples(counted)))


def _samples(counted: Counted) -> str:
    said = dict.fromkeys(written for written, _read in counted.texts)
    return _("例如：%s") % _("、").join(said)


def _categories(check: Check) -> list[Question]:
    words = _words_of(check)
    if not words:
        return []
    rows = [(row.code, row.label) for row in DisputeCategory.objects.filter(is_active=True)]
    return [
        Question(
            f"category_{at}",
            forms.ChoiceField(
                label=_("“%s”是哪一类") % word[:40],
                choices=[("", _("先不登记")), *rows],
                required=False,
                help_text=_("%d 行") % check.words[word] if check.words[word] else "",
            ),
        )
        for at, word in enumerate(words)
    ]


def _twins(check: Check) -> list[Question]:
    if not check.twin_count:
        return []
    label = _("%d 行的编号已经登记过，内容却不同") % check.twin_count
    found = [Question("twins", _radio(label, TWINS, _("编号只在同一张表、同一本台账、同一年里算同一个。")))]
    for twin in check.twins:
        sheet, row = twin.line.place
        field = forms.ChoiceField(
            label=_("第 %(row)d 行怎么办") % {"row": row},
            choices=[("", _("同上")), *TWINS],
            required=False,
        )
        found.append(Question(f"twin_{sheet}_{row}", field))
    return found
