"""The code of the terminal, the division codes, the holiday plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from administration.forms.structure import LARGEST_CSV
from core.forms import Form
from core.text_files import NotText, text_of
from first_start.rules.plan import CountyPlan
from first_start.rules.tables import NoTable, read
from first_start.services import checking
from first_start.services.reading import holidays_of, places_of, with_lines

MOST_SAID = 20


class CodeForm(Form):
    code = forms.CharField(
        label=_("启动码"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("在启动本系统的终端里，只能用一次。"),
    )


class FileOrText(Form):
    """A file, or what was copied out of one."""

    file = forms.FileField(
        label=_("文件（CSV）"), required=False, help_text=_("UTF-8 或 GB18030 编码，1 MB 以内。")
    )
    text = forms.CharField(
        label=_("或者把内容贴在这里"), required=False, widget=forms.Textarea, max_length=LARGEST_CSV
    )

    def clean_file(self) -> str:
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is None:
            return ""
        if (upload.size or 0) > LARGEST_CSV:
            raise forms.ValidationError(_("文件过大，请不要超过 1 MB。"))
        try:
            return text_of(upload.read())
        except NotText:
            raise forms.ValidationError(_("读不出文字。请另存为 CSV（UTF-8）后再上传。")) from None

    @property
    def given(self) -> tuple[str, str]:
        """Which field spoke and what it said: the file before the text."""
        file = self.cleaned_data.get("file") or ""
        return ("file", file) if file else ("text", self.cleaned_data.get("text") or "")


class PlacesForm(FileOrText):
    field_order = ["file", "text"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        name, text = self.given
        if not text.strip():
            self.add_error("file", _("请选择区划代码文件，或者把内容贴在下面。"))
            return data
        lines, problem = places_of(text)
        plan = with_lines(CountyPlan((), (), ()), lines)
        wrong = [problem] if problem else [said(row) for row in checking.of_places(plan)]
        if wrong:
            self.add_error(name, shortened(wrong))
        return data | {"text": text, "plan": plan}


class CalendarForm(FileOrText):
    """Nothing has to be given: days off by law hold where no plan is loaded."""

    field_order = ["file", "text"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        name, text = self.given
        if self.errors or not text.strip():
            return data
        try:
            read(text)
            holidays, wrong = holidays_of(text)
        except NoTable:
            holidays, wrong = None, [str(_("没有一行日期。"))]
        if wrong:
            self.add_error(name, shortened(wrong))
        return data | {"text": text, "holidays": holidays}


def said(row: checking.Wrong) -> str:
    where = {"line": row.line, "text": row.text}
    return str(_("第 %(line)d 行：%(text)s")) % where if row.line else row.text


def shortened(sentences: list[str]) -> list[str]:
    """As many as somebody reads, and how many more there are."""
    more = len(sentences) - MOST_SAID
    return [*sentences[:MOST_SAID], *([str(_("另有 %d 处。")) % more] if more > 0 else [])]
