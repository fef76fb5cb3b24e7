"""Explanations of due dates in words. The arithmetic answers parts; only here they become sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, pgettext

from calendars.rules.plan_csv import Problem
from calendars.rules.terms import SHANGHAI, Part, Unit

# names of the plan as the catalogue knows them; a county may enter others, which stay as entered
HOLIDAY_NAMES = (
    gettext_noop("元旦"),
    gettext_noop("春节"),
    gettext_noop("清明节"),
    gettext_noop("劳动节"),
    gettext_noop("端午节"),
    gettext_noop("中秋节"),
    gettext_noop("国庆节"),
)


def explanation(parts: Iterable[Part]) -> str:
    """自2026-09-28起12个工作日：跳过国庆节10月1日至7日；10月10日为调休上班日"""
    said = [words for part in _summed(list(parts)) if (words := WORDS[part["kind"]](part))]
    if not said:
        return ""
    head, details = said[0], said[1:]
    return head + (_("：") + _("；").join(details) if details else "")


def _summed(parts: list[Part]) -> list[Part]:
    """The count with the extensions of its own unit added: 40日, 其中延期10日, and not 30日 where 40 are meant."""
    units = {part["unit"] for part in parts if part["kind"] == "count"}
    more = sum(part["limit"] for part in parts if part["kind"] == "extension" and part["unit"] in units)
    if not more:
        return parts
    return [
        part | {"limit": part["limit"] + more}
        if part["kind"] == "count"
        else part | {"within": True}
        if part["kind"] == "extension" and part["unit"] in units
        else part
        for part in parts
    ]


def limit_words(amount: int, unit: str) -> str:
    """12个工作日"""
    n = {"n": amount}
    if unit == Unit.WORKING_DAY:
        return ngettext("%(n)d个工作日", "%(n)d个工作日", amount) % n
    if unit == Unit.HOUR:
        return ngettext("%(n)d小时", "%(n)d小时", amount) % n
    return ngettext("%(n)d日", "%(n)d日", amount) % n


def reason_words(code: str) -> str:
    """Why a clock gives less time than usual; empty for an ordinary one."""
    return str(REASONS.get(code, ""))


def holiday_words(name: str) -> str:
    return _(name) if name else _("周末")


def plan_problem_words(problem: Problem | None) -> str:
    """What is wrong with a line of an uploaded plan; empty when nothing is."""
    return str(PROBLEM_WORDS[problem]) if problem else ""


def _count(part: Part) -> str:
    start = part["start"]
    shown = datetime.fromisoformat(start).strftime("%Y-%m-%d %H:%M") if "T" in start else start
    return _("自%(start)s起%(limit)s") % {
        "start": shown,
        "limit": limit_words(part["limit"], part["unit"]),
    }


def _fixed(part: Part) -> str:
    due = datetime.fromisoformat(part["due"]).astimezone(SHANGHAI)
    return _("指定期限%(due)s") % {"due": f"{due:%Y-%m-%d}"}


def _bounded(part: Part) -> str:
    due = datetime.fromisoformat(part["due"]).astimezone(SHANGHAI)
    return _("不晚于上级要求的%(due)s") % {"due": f"{due:%Y-%m-%d}"}


def _extension(part: Part) -> str:
    limit = {"limit": limit_words(part["limit"], part["unit"])}
    return (_("其中延期%(limit)s") if part.get("within") else _("延期%(limit)s")) % limit


def _pause(part: Part) -> str:
    span = _span(part["first"], part["last"])
    route = ROUTES.get(part["route"], part["route"])
    if route:
        return _("%(span)s中止计时（%(route)s）") % {"span": span, "route": route}
    return _("%(span)s中止计时") % {"span": span}


def _stood_still(part: Part) -> str:
    return _("中止计时%(hours)s小时") % {"hours": f"{part['hours']:.1f}".removesuffix(".0")}


def _holiday(part: Part) -> str:
    return _("跳过%(name)s%(span)s") % {
        "name": holiday_words(part["name"]),
        "span": _span(part["first"], part["last"]),
    }


def _makeup(part: Part) -> str:
    days = _("、").join(_day(day) for day in part["days"])
    return _("%(days)s为调休上班日") % {"days": days}


def _rolled(part: Part) -> str:
    return _("末日%(last)s逢%(why)s，顺延至%(to)s") % {
        "last": _day(part["from"]),
        "why": holiday_words(part["name"]),
        "to": _day(part["to"]),
    }


def _assumed(part: Part) -> str:
    years = _("、").join(str(year) for year in part["years"])
    return _("%(years)s年放假安排尚未录入，暂按周末和法定节假日推算，录入后自动重算") % {"years": years}


def _why(part: Part) -> str:
    return reason_words(part["code"])


def _nothing(_part: Part) -> str:
    """Plain weekends go without saying."""
    return ""


def _day(iso: str) -> str:
    return day_words(date.fromisoformat(iso))


def day_words(day: date) -> str:
    """10月1日"""
    return date_format(day, pgettext("month and day", "n月j日"))


def span_words(first: date, last: date) -> str:
    """10月1日至7日"""
    if first == last:
        return day_words(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    end = date_format(last, pgettext("day of the month just named", "j日")) if same_month else day_words(last)
    return _("%(first)s至%(last)s") % {"first": day_words(first), "last": end}


def _span(first: str, last: str) -> str:
    return span_words(date.fromisoformat(first), date.fromisoformat(last))


# why a clock rested, by the code its row holds; an appraisal or the like may be named in words
ROUTES: dict[str, Any] = {
    "lawful_route": gettext_lazy("法定途径进行期间"),
    "return": gettext_lazy("退回审批期间，补回"),
    "review": gettext_lazy("审结超期，属审结方，补回"),
}
# why a clock gives less time than usual; says nothing of a level, which not every reader may see
REASONS: dict[str, Any] = {
    "urgent": gettext_lazy("情况紧急，须立即处理"),
    "leader": gettext_lazy("领导明确的化解时限"),
    "funeral": gettext_lazy("公安机关调解，自办理丧葬事宜结束之日起"),
    "treatment": gettext_lazy("公安机关调解，自治疗终结之日起"),
    "rating": gettext_lazy("公安机关调解，自定残之日起"),
    "loss": gettext_lazy("公安机关调解，自损失确定之日起"),
    "committee": gettext_lazy("医疗纠纷人民调解委员会调解，自其签收之日起"),
}
WORDS: dict[str, Callable[[Part], str]] = {
    "count": _count,
    "fixed": _fixed,
    "bounded": _bounded,
    "extension": _extension,
    "pause": _pause,
    "stood_still": _stood_still,
    "weekend": _nothing,
    "holiday": _holiday,
    "makeup": _makeup,
    "rolled": _rolled,
    "assumed": _assumed,
    "why": _why,
}

PROBLEM_WORDS = {
    Problem.DATE: gettext_lazy("日期读不懂，请写成 2027-10-01。"),
    Problem.YEAR: gettext_lazy("不是这一年的日期。"),
    Problem.KIND: gettext_lazy("类型请写“休”或“班”。"),
    Problem.NAME: gettext_lazy("请写名称，最多 40 个字。"),
    Problem.TWICE: gettext_lazy("这一天前面已有一行。"),
    Problem.WORKS_ANYWAY: gettext_lazy("这天是周一至周五，本来就上班，不用标为调休。"),
    Problem.TOO_MANY: gettext_lazy("行数超过一年的天数，后面的没有读。"),
}
