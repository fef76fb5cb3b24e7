"""Imports in words: why a file or a cell is not read, what was left out or read with a doubt, what to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.rules.cells import CellFault
from imports.rules.sheets.told import CELLS_LIMIT, LINES_LIMIT, FileFault

FILE_FAULTS = {
    FileFault.NOT_A_SHEET: gettext_lazy("这不是能打开的 xlsx、xls 或 csv 表格，请用本页的模板。"),
    FileFault.BROKEN: gettext_lazy(
        "这个表格已损坏或不完整，打不开。请在 Excel 或 WPS 里打开，另存为 xlsx 后再上传。"
    ),
    FileFault.LOCKED: gettext_lazy("这个表格设了打开密码。请先去掉密码，另存后再上传。"),
    FileFault.WORD: gettext_lazy("这是 Word 文档，不是表格。请把里面的表格粘贴到 xlsx 后再上传。"),
    FileFault.OPEN_DOCUMENT: gettext_lazy("这是 ods 等开放文档格式。请另存为 xlsx 后再上传。"),
    FileFault.BINARY_BOOK: gettext_lazy("这是 xlsb 二进制工作簿。请另存为 xlsx 后再上传。"),
    FileFault.WEB_PAGE: gettext_lazy(
        "这其实是网页，不是表格，只是文件名像表格。请打开后另存为 xlsx 再上传。"
    ),
    FileFault.XML_2003: gettext_lazy("这是“XML 电子表格 2003”格式。请另存为 xlsx 后再上传。"),
    FileFault.ENCODING: gettext_lazy("读不出文字。请另存为 xlsx，或 UTF-8、GB18030 编码的 csv 后再上传。"),
    FileFault.EMPTY: gettext_lazy("表里没有可以导入的行，请按模板填写后再上传。"),
    FileFault.TOO_MANY_LINES: gettext_lazy("一次最多导入 %d 行，请分成几个文件。"),
    FileFault.TOO_MANY_CELLS: gettext_lazy("表里有内容的格子超过 %d 个，请只留下要导入的行和列。"),
    FileFault.TOO_LARGE: gettext_lazy(
        "这个表格展开后太大，没有读完。请只留下要导入的行和列，另存为 xlsx 后再上传。"
    ),
}
CELL_FAULTS = {
    CellFault.EMPTY: gettext_lazy("请填写此项。"),
    CellFault.TOO_LONG: gettext_lazy("内容过长，请精简。"),
    CellFault.NOT_A_DATE: gettext_lazy("日期请写成 2026-11-22 的样子。"),
    CellFault.NOT_A_NUMBER: gettext_lazy("请填写数字。"),
    CellFault.FRACTION: gettext_lazy("金额最多写到分，即两位小数。"),
    CellFault.NO_YEAR: gettext_lazy("日期没有写年份。"),
    CellFault.SHORT_YEAR: gettext_lazy("年份只写了两位，请写全四位。"),
    CellFault.NO_UNIT: gettext_lazy("金额没有写单位，请写明元或万元。"),
    CellFault.LOST_DIGITS: gettext_lazy(
        "这一格存成了数字，十五位以后的数字已经丢失。请把这一列设为文本格式后重新填写。"
    ),
    CellFault.NOT_YES_OR_NO: gettext_lazy("请填写“是”或“否”。"),
    CellFault.FORMULA_ERROR: gettext_lazy("这一格是公式错误，没有内容。"),
}

OPEN_QUESTIONS = {
    "hidden_rows": gettext_lazy("请选择隐藏的行是否登记。"),
    "year": gettext_lazy("请选择没有写年份的日期是哪一年。"),
    "century": gettext_lazy("请选择两位数的年份怎样读。"),
    "unit": gettext_lazy("请选择没有写单位的金额是元还是万元。"),
    "twins": gettext_lazy("请选择编号相同、内容不同的行是不是同一件。"),
}
Facts = Mapping[str, Any]


def file_fault(fault: FileFault) -> str:
    """Why a file is not read, and what to do."""
    number = {FileFault.TOO_MANY_LINES: LINES_LIMIT, FileFault.TOO_MANY_CELLS: CELLS_LIMIT}.get(fault)
    return str(FILE_FAULTS[fault]) if number is None else str(FILE_FAULTS[fault]) % number


def note_words(kind: str, facts: Facts) -> str:
    """What was left out of an import, or read with a doubt; empty for a kind nobody words any more."""
    say = NOTES.get(kind)
    return say(facts) if say else ""


def is_loss(kind: str) -> bool:
    """Whether a note tells of something that is not taken."""
    return kind in LOSSES


def sheet_words(name: str) -> str:
    return _("工作表“%s”") % name if name else _("表")


def _of_sheet(facts: Facts) -> dict[str, Any]:
    return dict(facts) | {"sheet": sheet_words(facts.get("sheet", ""))}


def _samples(facts: Facts) -> str:
    said = [
        _("“%(text)s”读作 %(read)s") % {"text": text, "read": read} for text, read in facts["texts"] if read
    ]
    return _("（如%s）") % _("、").join(said) if said else ""


def _sheet_unread(facts: Facts) -> str:
    said = _of_sheet(facts)
    if said["missing"]:
        missing = _("、").join(said["missing"])
        return _("%(sheet)s不读：列名里缺少%(missing)s。") % (said | {"missing": missing})
    return _("%(sheet)s不读：里面没有列名行。") % said


def _sheet_left(facts: Facts) -> str:
    said = _of_sheet(facts)
    return (
        _("%(sheet)s是隐藏的，没有选中，不登记。") % said
        if said["hidden"]
        else _("%(sheet)s没有选中，不登记。") % said
    )


def _hidden_columns(facts: Facts) -> str:
    said = _of_sheet(facts) | {"titles": _("、").join(facts["titles"])}
    return _("%(sheet)s里隐藏的列也读入：%(titles)s。") % said


def _about(facts: Facts) -> str:
    return _("%(n)d 格写的是约数，按写明的数登记%(samples)s。") % {
        "n": facts["n"],
        "samples": _samples(facts),
    }


def _changed(facts: Facts) -> str:
    rows = _("、").join(str(row) for row in facts["places"])
    said = {
        "n": facts["n"],
        "rows": rows,
        "texts": _("、").join(f"{title} {codes}" for title, codes in facts["texts"]),
    }
    return _("%(n)d 格里有不能照存的字符，将去掉或换成通用写法：第 %(rows)s 行，%(texts)s。") % said


NOTES: dict[str, Callable[[Facts], str]] = {
    "sheet_unread": _sheet_unread,
    "sheet_left": _sheet_left,
    "hidden_sheet_taken": lambda facts: _("%(sheet)s是隐藏的，已选中，会登记。") % _of_sheet(facts),
    "unread": lambda facts: _("%(sheet)s的“%(title)s”列不登记，有 %(n)d 格内容。") % _of_sheet(facts),
    "hidden_rows": lambda facts: _("%(sheet)s里有 %(n)d 行是隐藏的。") % _of_sheet(facts),
    "hidden_rows_left": lambda facts: _("%(sheet)s里隐藏的 %(n)d 行不登记。") % _of_sheet(facts),
    "hidden_columns": _hidden_columns,
    "filled": lambda facts: _("%(sheet)s里向下合并的单元格，已把内容填入其余 %(n)d 格。") % _of_sheet(facts),
    "uncalculated": lambda facts: _("%(sheet)s里有 %(n)d 格公式没有结果，读作空白。") % _of_sheet(facts),
    "wide": lambda facts: _("%(sheet)s里第 200 列以后的内容不读。") % _of_sheet(facts),
    "about": _about,
    "time_of_day": lambda facts: _("%(n)d 格日期带有时刻，只登记日期。") % facts,
    "counted_days": lambda facts: (
        _("%(n)d 格日期存成了天数，已换成日期%(samples)s。") % {"n": facts["n"], "samples": _samples(facts)}
    ),
    "means_nothing": lambda facts: _("%(n)d 格写着“无”“/”一类，按空白登记。") % facts,
    "changed": _changed,
    "repeated": lambda facts: _("%(n)d 行与前面的行完全相同，只登记一次。") % facts,
    "known": lambda facts: _("%(n)d 行台账里已有，不再登记。") % facts,
}
LOSSES = frozenset(
    [
        "sheet_unread",
        "sheet_left",
        "unread",
        "hidden_rows_left",
        "uncalculated",
        "wide",
        "changed",
        "time_of_day",
    ]
)
