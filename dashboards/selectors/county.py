"""The county dashboard as a page: five figures and at most six charts, each answering its title."""

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
    """What components/chart.html takes."""

    id: str
    title: str
    data: dict[str, Any]
    columns: list[dict[str, Any]]
    rows: list[list[Any]]
    note: str = ""


def boxes(payload: Payload) -> list[FigureBox]:
    settled, on_time = payload["settled"]["number"], payload["on_time"]["number"]
    before = payload["before"]
    rate, rate_before = percent(on_time, settled), percent(before["on_time"], before["settled"])
    return [
        _box(_("收到"), payload["received"], before["received"]),
        _box(_("已化解"), payload["settled"], before["settled"], more_is_good=True),
        FigureBox(
            _("按期化解率"),
            "—" if rate is None else f"{rate}%",
            payload["on_time"]["url"],
            change="" if rate_before is None else _("上期 %s%%") % rate_before,
            note=_("按期 %(on_time)d 件，化解 %(settled)d 件") % {"on_time": on_time, "settled": settled},
        ),
        FigureBox(_("未办结"), f"{payload['open']['number']:,}", payload["open"]["url"], note=_("目前")),
        FigureBox(_("超期"), f"{payload['overdue']['number']:,}", payload["overdue"]["url"], note=_("目前")),
    ]


def _box(label: str, counted: Payload, before: int, *, more_is_good: bool = False) -> FigureBox:
    difference = counted["number"] - before
    tone = "neutral"
    if difference and more_is_good:
        tone = "good" if difference > 0 else "bad"
    change = _("较上期 %+d") % difference if difference else _("与上期相同")
    return FigureBox(label, f"{counted['number']:,}", counted["url"], change, tone)


def charts(payload: Payload) -> list[Chart]:
    towns = payload["towns"]
    late = sorted(towns, key=lambda town: -town["counts"]["overdue"]["number"])
    return [
        _bars("towns", _("哪些乡镇收到和化解的纠纷多？"), towns, {"received": _("收到"), "settled": _("已化解")}),
        _bars("overdue", _("哪些乡镇超期最多？"), late, {"overdue": _("超期")}, tone="bad"),
        _rates("rates", _("哪些乡镇按期化解率低？"), towns),
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
        (town, percent(town["counts"]["on_time"]["number"], town["counts"]["settled"]["number"]))
        for town in towns
    ]
    known = sorted(((town, rate) for town, rate in rated if rate is not None), key=lambda pair: pair[1])
    data = {
        "kind": "bar",
        "labels": [town["label"] for town, _rate in known[:MOST_BARS]],
        "series": [{"name": _("按期化解率"), "values": [rate for _town, rate in known[:MOST_BARS]]}],
        "links": [town["counts"]["on_time"]["url"] for town, _rate in known[:MOST_BARS]],
        "unit": "%",
    }
    columns: list[dict[str, Any]] = [
        {"label": _("名称")},
        {"label": _("按期化解率"), "number": True},
        {"label": _("按期"), "number": True},
        {"label": _("已化解"), "number": True},
    ]
    rows = [
        [town["label"], f"{rate}%", _cell(town["counts"]["on_time"]), _cell(town["counts"]["settled"])]
        for town, rate in known
    ]
    return Chart(chart_id, title, data, columns, rows)


def _cell(counted: Payload) -> dict[str, Any]:
    return {"value": f"{counted['number']:,}", "href": counted["url"]}


def percent(part: int, whole: int) -> float | None:
    """With one decimal; None where there is nothing to divide by."""
    return round(100 * part / whole, 1) if whole else None
