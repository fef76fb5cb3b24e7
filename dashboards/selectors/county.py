"""The county dashboard as a page: five figures and at most six charts, each answering its title.

Towns stand in the order of places: a list by number received would press them to receive less.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Payload = dict[str, Any]
MOST_BARS = 20


@dataclass(frozen=True)
class FigureBox:
    label: str
    value: str
    href: str
    change: str = ""
    change_tone: str = "neutral"
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """What `drawn_figures.chart` takes."""

    id: str
    title: str
    data: dict[str, Any]
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    note: str = ""


def boxes(payload: Payload) -> list[FigureBox]:
    fell_due, kept = payload["fell_due"]["number"], payload["kept"]["number"]
    before = payload["before"]
    rate, rate_before = percent(kept, fell_due), percent(before["kept"], before["fell_due"])
    return [
        _box(_("收到"), payload["received"], before["received"]),
        _box(_("已化解"), payload["settled"], before["settled"], more_is_good=True),
        FigureBox(
            _("按期化解率"),
            "—" if rate is None else f"{rate}%",
            payload["fell_due"]["url"],
            change="" if rate_before is None else _("上期 %s%%") % rate_before,
            note=_("到期 %(fell_due)d 件，其中按期化解 %(kept)d 件") % {"fell_due": fell_due, "kept": kept},
        ),
        FigureBox(_("未办结"), f"{payload['open']['number']:,}", payload["open"]["url"], note=_("目前")),
        FigureBox(_("超期"), f"{payload['overdue']['number']:,}", payload["overdue"]["url"], note=_("目前")),
    ]


def _box(label: str, counted: Payload, before: int, *, more_is_good: bool = False) -> FigureBox:
    difference = counted["number"] - before
    tone = "neutral"
    if before and difference and more_is_good:
        tone = "good" if difference > 0 else "bad"
    change = (_("较上期 %+d") % difference if difference else _("与上期相同")) if before else _("无可比数据")
    return FigureBox(label, f"{counted['number']:,}", counted["url"], change, tone)


def charts(payload: Payload) -> list[Chart]:
    towns = payload["towns"]
    return [
        _bars("towns", _("各乡镇收到和化解多少？"), towns, {"received": _("收到"), "settled": _("已化解")}),
        _bars("overdue", _("各乡镇有多少超期？"), towns, {"overdue": _("超期")}, tone="bad"),
        _rates("rates", _("各乡镇到期的纠纷按期化解了多少？"), towns),
        _bars("months", _("每月收到和化解多少？"), payload["months"], {"received": _("收到"), "settled": _("已化解")},
              kind="line"),
        _bars("categories", _("哪类纠纷最多？"), payload["categories"], {"received": _("收到"), "settled": _("已化解")},
              horizontal=True),
        _bars("units", _("哪些单位手里压得最多？"), payload["units"], {"open": _("未办结"), "overdue": _("超期")},
              horizontal=True),
    ]  # fmt: skip


def _bars(
    chart_id: str,
    title: str,
    groups: list[Payload],
    series: dict[str, str],
    *,
    kind: str = "bar",
    horizontal: bool = False,
    tone: str = "",
) -> Chart:
    shown = groups[:MOST_BARS]
    first = next(iter(series))
    data: dict[str, Any] = {
        "kind": kind,
        "labels": [group["label"] for group in shown],
        "series": [
            {"name": label, "values": [group["counts"][name]["number"] for group in shown]}
            | ({"tone": "bad"} if tone or name == "overdue" else {})
            for name, label in series.items()
        ],
        "links": [group["counts"][first]["url"] for group in shown],
        "horizontal": horizontal,
    }
    columns: list[dict[str, Any]] = [
        {"label": _("名称")},
        *({"label": label, "number": True} for label in series.values()),
    ]
    rows = [[group["label"], *(_cell(group["counts"][name]) for name in series)] for group in groups]
    return Chart(chart_id, title, data, columns, rows)


def _rates(chart_id: str, title: str, towns: list[Payload]) -> Chart:
    rated = [
        (town, percent(town["counts"]["kept"]["number"], town["counts"]["fell_due"]["number"]))
        for town in towns
    ]
    known = [(town, rate) for town, rate in rated if rate is not None]
    data = {
        "kind": "bar",
        "labels": [town["label"] for town, _rate in known[:MOST_BARS]],
        "series": [{"name": _("按期化解率"), "values": [rate for _town, rate in known[:MOST_BARS]]}],
        "links": [town["counts"]["fell_due"]["url"] for town, _rate in known[:MOST_BARS]],
        "unit": "%",
    }
    columns: list[dict[str, Any]] = [
        {"label": _("名称")},
        {"label": _("按期化解率"), "number": True},
        {"label": _("按期化解"), "number": True},
        {"label": _("到期"), "number": True},
    ]
    rows = [
        [town["label"], f"{rate}%", _cell(town["counts"]["kept"]), _cell(town["counts"]["fell_due"])]
        for town, rate in known
    ]
    return Chart(chart_id, title, data, columns, rows)


def _cell(counted: Payload) -> dict[str, Any]:
    return {"value": f"{counted['number']:,}", "href": counted["url"]}


def percent(part: int, whole: int) -> float | None:
    """With one decimal; None where there is nothing to divide by."""
    return round(100 * part / whole, 1) if whole else None
