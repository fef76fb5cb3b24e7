"""What a cell says as a day, an amount, a number of persons; and what only a person can say of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from imports.rules.headings import WAN, YUAN


class CellFault(StrEnum):
    """What can be wrong with a cell before anything is looked up."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    FRACTION = "fraction"  # of a fen
    NO_YEAR = "no_year"
    SHORT_YEAR = "short_year"
    NO_UNIT = "no_unit"
    LOST_DIGITS = "lost_digits"
    FORMULA_ERROR = "formula_error"
    NOT_YES_OR_NO = "not_yes_or_no"


class Doubt(StrEnum):
    """What was read although the cell does not quite say it; the person is told or asked."""

    NO_YEAR = "no_year"
    SHORT_YEAR = "short_year"
    NO_UNIT = "no_unit"
    ABOUT = "about"
    TIME_OF_DAY = "time_of_day"
    COUNTED_DAYS = "counted_days"
    MEANS_NOTHING = "means_nothing"


@dataclass(frozen=True)
class Ways:
    """How cells are meant that can be read in more than one way, as the person answered; None: not answered."""

    year: int | None = None  # of days without one
    century: bool | None = None  # 26 is 2026; False: lines with such years are not registered
    unit: str = ""  # yuan or wan, of amounts that name none
    categories: Mapping[str, str] = field(default_factory=dict)  # word of the sheet → code


@dataclass(frozen=True)
class Said:
    """`value` is what the cell means, None where it says nothing or `fault` says why it means nothing."""

    value: date | int | None = None
    fault: CellFault | None = None
    doubt: Doubt | None = None


NOTHING = Said()
DAY = re.compile(
    r"(?P<year>\d{4}|\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?(?P<rest>.*)",
    re.DOTALL,
)
WITHOUT_YEAR = re.compile(r"(?P<month>\d{1,2})\s*[-/月]\s*(?P<day>\d{1,2})\s*[日号]?(?P<rest>.*)", re.DOTALL)
TIME = re.compile(
    r"[T\s]*((上午|下午|早上|晚上|凌晨|中午|am|pm)?\s*\d{1,2}\s*[:时点]\s*(\d{1,2}|半)?\s*[:分]?\s*(\d{1,2}(\.\d+)?)?\s*秒?许?"
    r"\s*(am|pm)?|上午|下午|早上|晚上|凌晨|中午|许|左右)?\s*(\(?(周|星期)[一二三四五六日天]\)?)?\s*",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\d{5}(\.\d+)?")
FIRST_COUNTED, LAST_COUNTED = 7_306, 73_050  # 1920 to 2099: what else has five figures is no day
NUMBER = r"(?P<number>[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)"
AMOUNT = re.compile(
    rf"(?P<about>约|近|大约|共约|至少|不少于|超过)?(共|合计)?(?P<sign>人民币|rmb|cny|[￥¥])?\s*{NUMBER}\s*(?P<more>余|多|几)?\s*"
    r"(?P<unit>亿元?|万元?|千元|百元|元|块钱?|圆)?\s*整?\s*(?P<after>左右|上下|以上|余元|多元|余)?",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"(?P<about>约|近|大约|共约|至少|不少于|超过)?(共|合计)?(?P<number>\d{1,3}(,\d{3})+|\d{1,8})(\.0+)?(?P<more>余|多|几)?"
    r"(人|名|个人|人次)?(?P<after>左右|上下|以上|余|多)?"
)
FACTORS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}
YES_WORDS = frozenset(["是", "要", "需要", "要求", "有", "√", "✓", "y", "yes", "1", "书面", "书面答复"])
NO_WORDS = frozenset(["否", "不", "不要", "不需要", "不要求", "×", "n", "no", "0", "口头"])
EMPTY_WORDS = frozenset(
    ["无", "/", "-", "--", "—", "——", "无金额", "不涉及", "未涉及", "不详", "没有", "暂无"]
)


def plain(text: str) -> str:
    """The same in half width: ２０２６／３／2 is 2026/3/2. A circled figure stays what it is."""
    return "".join(
        unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) == "F" else char
        for char in text
    ).strip()


def day_of(text: str, ways: Ways) -> Said:
    """2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日 (with a time), or days as a sheet counts them."""
    said = plain(text)
    if not said or said in EMPTY_WORDS:
        return Said(doubt=Doubt.MEANS_NOTHING) if said else NOTHING
    if said.isdecimal() and len(said) == 8:
        said = f"{said[:4]}-{said[4:6]}-{said[6:]}"
    if COUNTED.fullmatch(said) and FIRST_COUNTED <= float(said) <= LAST_COUNTED:
        return Said(date(1899, 12, 30) + timedelta(days=int(float(said))), doubt=Doubt.COUNTED_DAYS)
    if found := DAY.fullmatch(said):
        return _day(found, found["year"], ways)
    if found := WITHOUT_YEAR.fullmatch(said):
        return _day(found, "", ways)
    return Said(fault=CellFault.NOT_A_DATE)


def _day(found: re.Match[str], year: str, ways: Ways) -> Said:
    doubt = {0: Doubt.NO_YEAR, 2: Doubt.SHORT_YEAR}.get(len(year))
    whole = {0: ways.year, 2: 2000 + int(year or 0) if ways.century else None}.get(len(year), int(year or 0))
    try:
        date(whole or 2000, int(found["month"]), int(found["day"]))
        fine = bool(TIME.fullmatch(found["rest"]))
    except ValueError:
        fine = False
    if not fine:
        return Said(fault=CellFault.NOT_A_DATE)
    if whole is None:
        fault = CellFault.NO_YEAR if doubt is Doubt.NO_YEAR else CellFault.SHORT_YEAR
        return Said(fault=fault, doubt=doubt)
    return _dated(whole, found, doubt)


def _dated(year: int, found: re.Match[str], doubt: Doubt | None) -> Said:
    try:
        day = date(year, int(found["month"]), int(found["day"]))  # 29 February of the year that was meant
    except ValueError:
        return Said(fault=CellFault.NOT_A_DATE)
    timed = any(char.isdigit() for char in found["rest"])
    return Said(day, doubt=doubt or (Doubt.TIME_OF_DAY if timed else None))


def fen_of(text: str, ways: Ways, unit: str = "") -> Said:
    """12,000.50, ￥3000, 3.5万元, 约3万元 → fen. `unit` is the heading's, for cells that name none."""
    said = plain(text)
    if not said or said in EMPTY_WORDS:
        return Said(doubt=Doubt.MEANS_NOTHING) if said else NOTHING
    found = AMOUNT.fullmatch(said)
    if found is None:
        return Said(fault=CellFault.NOT_A_NUMBER)
    doubt = Doubt.ABOUT if found["about"] or found["more"] or found["after"] else None
    named = found["unit"] or ""
    unit = unit or (YUAN if found["sign"] else "")
    if not named and not unit and Decimal(found["number"].replace(",", "")):
        doubt = Doubt.NO_UNIT
        if not ways.unit:
            return Said(fault=CellFault.NO_UNIT, doubt=doubt)
    return _fen(found["number"], named, unit or ways.unit, doubt)


def _fen(number: str, named: str, unit: str, doubt: Doubt | None) -> Said:
    factor = FACTORS.get(named[:1], 1) if named else FACTORS["万"] if unit == WAN else 1
    fen = Decimal(number.replace(",", "")) * factor * 100
    if fen != fen.to_integral_value():
        return Said(fault=CellFault.FRACTION)
    return Said(int(fen), doubt=doubt)


def with_unit(text: str, unit: str) -> str:
    """An amount as it can stand in any sheet: what is meant as 万元 says so itself."""
    found = AMOUNT.fullmatch(plain(text))
    return f"{text}万元" if unit == WAN and found and not found["unit"] else text


def count_of(text: str) -> Said:
    """Persons: 30, 30人, 30余人; an empty cell says nothing."""
    said = plain(text)
    if not said or said in EMPTY_WORDS:
        return Said(doubt=Doubt.MEANS_NOTHING) if said else NOTHING
    found = COUNT.fullmatch(said)
    if found is None:
        return Said(fault=CellFault.NOT_A_NUMBER)
    doubt = Doubt.ABOUT if found["about"] or found["more"] or found["after"] else None
    return Said(int(found["number"].replace(",", "")), doubt=doubt)


def truth_of(text: str) -> Said:
    """Yes or no; an empty cell says nothing, which is no."""
    said = plain(text).lower()
    if not said or said in EMPTY_WORDS or said in NO_WORDS:
        return Said(0) if said else NOTHING
    return Said(1) if said in YES_WORDS else Said(fault=CellFault.NOT_YES_OR_NO)


LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+\d+")
FORMULA_ERRORS = frozenset(
    ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]
)


def spoilt(text: str) -> CellFault | None:
    """What the sheet itself has lost: figures after the fifteenth, the result of a formula."""
    if text in FORMULA_ERRORS:
        return CellFault.FORMULA_ERROR
    return CellFault.LOST_DIGITS if LOST_DIGITS.fullmatch(text) else None
