"""What the gallery shows: made-up texts for every state of every component."""

from datetime import UTC, datetime, timedelta
from typing import Any

from core.navigation import ActingPost, NavItem

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
TONES = ("neutral", "info", "good", "warn", "bad")

NAV = [
    NavItem("/gallery/", "今日待办", "inbox", 7, active=True),
    NavItem("/disputes/", "纠纷台账", "journal-text"),
    NavItem("/disputes/new/", "登记纠纷", "pencil-square"),
    NavItem("/disputes/?status=registered", "待受理", "clipboard-check", 128),
    NavItem("/calendars/", "办理期限", "calendar3"),
    NavItem("/notifications/", "消息", "bell", 3),
]
POSTS = [
    ActingPost("1", "登记员", "青石镇综治中心", active=True),
    ActingPost("2", "人民调解员", "青石镇调解委员会"),
    ActingPost("3:9", "协调员", "柳河乡综治中心", note="代 王建国 办理"),
]
MOMENTS = [
    NOW + timedelta(days=12),
    NOW + timedelta(days=2, hours=3),
    NOW + timedelta(hours=5),
    NOW + timedelta(minutes=20),
    NOW - timedelta(hours=9),
    NOW - timedelta(days=3),
]
LEVELS = [(1, "一级预警"), (2, "二级预警"), (3, "三级预警")]
STATUSES = [
    ("已登记", "info"),
    ("已受理", "info"),
    ("办理中", "neutral"),
    ("已报结", "warn"),
    ("已化解", "good"),
    ("履行中", "good"),
    ("未化解", "bad"),
    ("已销号", "neutral"),
]
ROWS: list[dict[str, Any]] = [
    {
        "number": "〔2026〕青石镇第000123号",
        "title": "刘家湾排水渠改道，七户与施工队争执",
        "town": "青石镇",
        "unit": "青石镇水利站",
        "status": ("办理中", "neutral"),
        "level": (2, "二级预警"),
        "due": MOMENTS[5],
        "asked": "催促签收",
    },
    {
        "number": "〔2026〕青石镇第000119号",
        "title": "建材厂拖欠二十一名工人三个月工资",
        "town": "青石镇",
        "unit": "县人社局",
        "status": ("已受理", "info"),
        "level": (3, "三级预警"),
        "due": MOMENTS[2],
        "asked": "分流交办",
    },
    {
        "number": "〔2026〕柳河乡第000087号",
        "title": "宅基地边界，两家都说有老契",
        "town": "柳河乡",
        "unit": "柳河乡自然资源所",
        "status": ("已登记", "info"),
        "level": None,
        "due": MOMENTS[1],
        "asked": "决定是否受理",
    },
    {
        "number": "〔2026〕青石镇第000101号",
        "title": "麻将馆深夜扰民，邻居多次报警",
        "town": "青石镇",
        "unit": "青石派出所",
        "status": ("已化解", "good"),
        "level": None,
        "due": MOMENTS[0],
        "asked": "电话回访",
    },
]
TIMELINE = [
    {
        "at": NOW,
        "title": "报结",
        "by": "青石镇水利站 经办人",
        "icon": "flag",
        "tone": "accent",
        "note": "等待审结",
    },
    {
        "at": NOW - timedelta(days=2),
        "title": "签收",
        "by": "青石镇水利站 经办人",
        "icon": "pen",
        "text": "已与村委会联系，明天上午到现场。",
    },
    {"at": NOW - timedelta(days=3), "title": "逾期未签收", "by": "系统", "icon": "clock", "tone": "bad"},
    {"at": NOW - timedelta(days=5), "title": "登记", "by": "青石镇综治中心 登记员", "icon": "journal-plus"},
]
STEPS = [
    {"title": "乡镇分管领导 陈志远", "state": "done", "state_label": "已知悉", "at": NOW - timedelta(days=2)},
    {"title": "乡镇长", "state": "skipped", "state_label": "同一人，跳过"},
    {"title": "党委书记 周慧", "state": "now", "state_label": "待办结", "note": "剩 2 天"},
    {"title": "县委政法委", "state": "next"},
]
FACTS = [
    {"term": "来源", "value": "群众来访"},
    {"term": "发生地", "value": "青石镇刘家湾村", "note": "登记时名称"},
    {"term": "涉及人数", "value": "21 人", "action": "更改", "action_url": "#"},
    {"term": "金额", "value": ""},
]
TABS = [
    {"url": "#", "label": "全部", "count": "1 万以上", "active": True},
    {"url": "#", "label": "超期", "count": 12},
    {"url": "#", "label": "我经手的", "count": None},
]
CHART: dict[str, Any] = {
    "kind": "bar",
    "labels": ["青石镇", "柳河乡", "大坪镇", "石桥镇", "云岭乡", "白马镇"],
    "series": [
        {"name": "收到", "values": [42, 31, 28, 22, 17, 9]},
        {"name": "超期", "values": [6, 1, 4, 0, 2, 1], "tone": "bad"},
    ],
    "unit": "件",
}
CHART_COLUMNS = [{"label": "乡镇"}, {"label": "收到", "number": True}, {"label": "超期", "number": True}]
LINE: dict[str, Any] = {
    "kind": "line",
    "labels": ["6月", "7月", "8月", "9月", "10月", "11月"],
    "series": [
        {"name": "收到", "values": [88, 94, 121, 103, 97, 64]},
        {"name": "化解", "values": [80, 91, 99, 110, 95, 70]},
    ],
    "unit": "件",
}
LINE_COLUMNS = [{"label": "月份"}, {"label": "收到", "number": True}, {"label": "化解", "number": True}]


def rows_of(chart: dict[str, Any]) -> list[list[Any]]:
    """The table behind a chart."""
    return [list(row) for row in zip(chart["labels"], *[s["values"] for s in chart["series"]], strict=True)]
