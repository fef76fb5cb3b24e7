"""Files become a plan: each is known by its headings, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from calendars.presenters import plan_problem_words
from calendars.rules import plan_csv
from core.text_files import NotText, text_of
from first_start.presenters import DEPARTMENT_WORDS
from first_start.rules import departments, people
from first_start.rules.departments import Department
from first_start.rules.people import Person
from first_start.rules.plan import CountyPlan, HolidayPlan, with_aliases
from first_start.rules.tables import NoTable, Table, read
from first_start.services.template import fields_by_word, roles_by_word, usual_departments
from jurisdictions.models import Place
from jurisdictions.rules.place_csv import MOST_ROWS, Line, NoCodes, TooManyRows, parse

SOURCE = "国务院办公厅关于%s年部分节假日安排的通知"


@dataclass
class Read:
    """What the files said; `refused` are the sentences about what could not be read."""

    lines: list[Line] = field(default_factory=list)
    departments: list[Department] | None = None
    people: list[Person] = field(default_factory=list)
    holidays: list[HolidayPlan] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def plan(self) -> CountyPlan:
        """Without a table of departments the usual ones are taken."""
        found = usual_departments() if self.departments is None else tuple(self.departments)
        lines = with_aliases(self.lines, known_aliases())
        return CountyPlan(lines, found, tuple(self.people), holidays=tuple(self.holidays))


def read_files(files: Iterable[tuple[str, bytes]]) -> Read:
    """`files` are names and contents. Nothing is looked up or written; wrong lines are told with file and line."""
    found = Read()
    for name, data in files:
        try:
            _take(found, name, text_of(data))
        except NotText:
            found.refused.append(_("%s：读不出文字，请另存为 CSV（UTF-8）。") % name)
        except NoTable:
            found.refused.append(_("%s：没有找到带表头的表格。") % name)
    return found


def _take(found: Read, name: str, text: str) -> None:
    table = read(text)
    if table.has("日期", "类型"):
        _take_holidays(found, name, text)
    elif table.has("账号", "姓名", "岗位"):
        found.people += people.people(table, roles_by_word())
    elif table.has("行业代码", "主管领域"):
        _take_departments(found, name, table)
    else:
        lines, problem = places_of(text)
        found.lines += lines
        if problem:
            found.refused.append(f"{name}：{problem}")


def _take_departments(found: Read, name: str, table: Table) -> None:
    rows, wrong = departments.departments(table, fields_by_word())
    found.departments = [*(found.departments or []), *rows]
    found.refused += [
        _("%(file)s 第 %(line)d 行：%(problem)s")
        % {"file": name, "line": row.line, "problem": str(DEPARTMENT_WORDS[row.heading]) % row.what}
        for row in wrong
    ]


def _take_holidays(found: Read, name: str, text: str) -> None:
    holidays, refused = holidays_of(text)
    found.refused += [f"{name} {problem}" for problem in refused]
    if holidays is not None:
        found.holidays.append(holidays)


def places_of(text: str) -> tuple[list[Line], str]:
    """The lines of a file of division codes, or why it has none."""
    try:
        return parse(text), ""
    except NoCodes:
        return [], _("文件里没有找到区划代码和名称两列。")
    except TooManyRows:
        return [], _("文件超过 %d 行，请只留下本县的区划。") % MOST_ROWS


def holidays_of(text: str, source: str = "") -> tuple[HolidayPlan | None, list[str]]:
    """The plan of the year its first day belongs to, or what is wrong with it line by line."""
    year = next((row.day.year for row in plan_csv.parse(text, 0).rows if row.day), 0)
    file = plan_csv.parse(text, year)
    if file.is_usable:
        return HolidayPlan(year, file.days, source or SOURCE % year), []
    if not file.rows:
        return None, [_("没有一行日期。")]
    return None, [
        _("第 %(line)d 行：%(problem)s") % {"line": row.line, "problem": plan_problem_words(row.problem)}
        for row in file.problems
    ]


def known_aliases() -> dict[str, str]:
    return dict(Place.objects.exclude(alias="").values_list("code", "alias"))


def with_lines(plan: CountyPlan, lines: list[Line]) -> CountyPlan:
    return replace(plan, lines=with_aliases(lines, known_aliases()))
