"""Where the names of the columns stand in a sheet, and which column says what."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LOOKED_AT = 30  # lines in which the names of the columns are searched
FEWEST = 3  # names that make a line the line of names
YUAN, WAN = "yuan", "wan"
OWN_SHEET, REASONS = (
    "导入",
    "未登记原因",
)  # of the sheets we hand out; they come back in Chinese whoever reads them
SAY_NOTHING = ("序号", REASONS)  # columns nobody misses

Row = tuple[int, Sequence[str]]  # number of the row, its cells


@dataclass(frozen=True)
class Column:
    """`title` heads the column in the template, `also` are headings other ledgers use."""

    name: str
    title: str
    needed: bool = False
    also: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column("old_number", "原编号", also=("编号", "序号编号")),
    Column("title", "标题", True, ("纠纷标题", "纠纷名称", "矛盾纠纷名称", "纠纷事项", "事件名称", "名称")),
    Column(
        "narrative",
        "事由",
        True,
        ("简要情况", "基本情况", "简要案情", "纠纷简要情况", "事件简述", "主要情况", "主要事实"),
    ),
    Column("category", "类别", True, ("纠纷类别", "事件类别", "纠纷类型", "矛盾纠纷类型", "矛盾纠纷类别")),
    Column("place", "发生地", True, ("发生地点", "村（社区）", "地点")),
    Column("occurred_on", "发生日期", also=("发生时间",)),
    Column("people_count", "涉及人数", also=("人数",)),
    Column("amount", "涉及金额（元）", also=("涉及金额", "涉案金额", "金额")),
    Column("applicant", "申请人", True, ("申请人姓名",)),
    Column("applicant_phone", "申请人电话", also=("联系电话", "联系方式", "当事人电话", "申请人联系电话")),
    Column("applicant_id", "申请人证件号", also=("证件号码", "申请人证件号码", "身份证号", "身份证号码")),
    Column("respondent", "被申请人", also=("被申请人姓名", "对方当事人")),
    Column("respondent_phone", "被申请人电话", also=("被申请人联系电话", "对方电话")),
    Column("party", "当事人", also=("主要当事人", "当事人姓名")),
    Column("origin_sender", "来件单位", also=("转办单位", "转来单位", "来文单位", "移交单位", "移送单位")),
    Column(
        "origin_number",
        "来件编号",
        also=("工单编号", "工单号", "信访件编号", "信访编号", "转办编号", "来文编号", "来文号"),
    ),
    Column(
        "origin_received_on", "来件日期", also=("转办日期", "转来日期", "来文日期", "派单日期", "派单时间")
    ),
    Column(
        "origin_due_at", "来件要求办结", also=("要求办结日期", "要求办结时间", "要求反馈日期", "反馈期限")
    ),
    Column("origin_answer_wanted", "要求书面答复", also=("是否书面答复", "是否要求书面答复")),
)
IN_PLACE_OF = {
    "applicant": "party"
}  # a ledger that tells no sides names who is in the matter, and that is enough
TITLE_OF = {column.name: column.title for column in COLUMNS}
NEEDED = tuple(column.name for column in COLUMNS if column.needed)

BRACKETED = re.compile(r"[(\[{〔【「『《<][^)\]}〕】」』》>]*[)\]}〕】」』》>]")
MARKS = re.compile(r"[\s()\[\]{}〔〕【】「」『』《》<>*:_·、,.\-]+")


def plain(heading: str) -> str:
    """Without regard to width, blanks, line breaks, brackets and marks."""
    return MARKS.sub("", unicodedata.normalize("NFKC", heading)).lower()


def _without_brackets(heading: str) -> str:
    return plain(BRACKETED.sub("", unicodedata.normalize("NFKC", heading)))


OWN = {plain(column.title): column.name for column in COLUMNS}
KNOWN = OWN | {plain(title): column.name for column in COLUMNS for title in column.also}


def unsaid(said: Iterable[str]) -> list[str]:
    """The columns that must say something, and neither they nor what stands in their place do."""
    names = set(said)
    return [name for name in NEEDED if not names & {name, IN_PLACE_OF.get(name, name)}]


def name_of(heading: str) -> str:
    """The column a heading means; empty for none of ours."""
    return KNOWN.get(plain(heading)) or KNOWN.get(_without_brackets(heading), "")


def unit_of(heading: str) -> str:
    """The unit of amounts a heading names; empty where it names none."""
    said = plain(heading)
    return WAN if "万元" in said else YUAN if "元" in said else ""


@dataclass(frozen=True)
class Heading:
    """The line (or two) of names, what each column is, and what is wrong with them."""

    first_row: int
    last_row: int
    positions: dict[int, str]  # position → name of the column
    titles: dict[int, str]  # position → as it is written, of every column with a name
    twice: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unit: str = ""

    @property
    def is_usable(self) -> bool:
        return not (self.twice or self.missing)

    def is_missed(self, position: int) -> bool:
        """Whether a column that is not read may say something."""
        return position not in self.positions and plain(self.titles.get(position, "")) not in SAY_NOTHING

    def repeats(self, cells: Sequence[str]) -> bool:
        """A line of names that stands again on every printed page."""
        said = {at: plain(cells[at]) for at in self.positions if at < len(cells) and cells[at]}
        return len(said) >= FEWEST and all(said[at] == plain(self.titles[at]) for at in said)


@dataclass
class _Found:
    rows: tuple[int, int]
    titles: dict[int, str]
    names: dict[int, str] = field(default_factory=dict)

    @property
    def score(self) -> int:
        return len(set(self.names.values()))


def locate(rows: Iterable[Row]) -> Heading | None:
    """The line of names among the first lines of a sheet, also one of two lines; None where there is none."""
    seen = list(rows)[:LOOKED_AT]
    found = [_single(row) for row in seen]
    found += [_double(upper, lower) for upper, lower in itertools.pairwise(seen)]
    best = max(found, key=lambda one: one.score, default=None)  # the first of equals: one line before two
    if best is None or best.score < FEWEST:
        return None
    return _heading(best)


def _single(row: Row) -> _Found:
    titles = {at: text for at, text in enumerate(row[1]) if text.strip()}
    return _Found((row[0], row[0]), titles, _names(titles))


def _double(upper: Row, lower: Row) -> _Found:
    """申请人 over 姓名 and 电话: the name above goes on to the right over columns that have one below."""
    titles, names, above = dict[int, str](), dict[int, str](), ""
    for at in range(max(len(upper[1]), len(lower[1]))):
        top, below = _at(upper, at), _at(lower, at)
        above = top or (above if below else "")
        for said in dict.fromkeys((f"{above}{below}", below, above if not below else "")):
            if said and (name_of(said) or at not in titles):
                titles[at] = said
            if at not in names and name_of(said):
                names[at] = name_of(said)
                break
    return _Found((upper[0], lower[0]), titles, names)


def _at(row: Row, at: int) -> str:
    return row[1][at].strip() if at < len(row[1]) else ""


def _names(titles: dict[int, str]) -> dict[int, str]:
    return {at: name for at, title in titles.items() if (name := name_of(title))}


def _heading(found: _Found) -> Heading:
    positions, twice = dict[int, str](), list[str]()
    for name in dict.fromkeys(found.names.values()):
        named = [at for at, its in found.names.items() if its == name]
        own = [at for at in named if plain(found.titles[at]) in OWN]
        chosen = own if len(own) == 1 else named  # our own heading goes before one that only resembles it
        positions[chosen[0]] = name
        if len(chosen) > 1:
            twice.append(TITLE_OF[name])
    missing = [TITLE_OF[name] for name in unsaid(positions.values())]
    unit = next((unit_of(found.titles[at]) for at, name in positions.items() if name == "amount"), "")
    return Heading(*found.rows, positions, found.titles, tuple(twice), tuple(missing), unit)
