"""What 结案审批表 says of 处理未果: the routes told and the principal leader's answer, or room for them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from disputes.choices import LeaderAnswer, Route, TellingWay
from disputes.models import TrailEntry
from disputes.rules.lifecycle import NOT_RESOLVED
from disputes.selectors.house_sheet import Sheet, data_of
from disputes.selectors.paper_parts import Rows, as_on_paper, day_words


def boxes_of(sheet: Sheet) -> Rows:
    """Two boxes where the result was found not resolved; none of any other result."""
    found = sheet.until_next("approve_result")
    if found is None or found.status_to != NOT_RESOLVED:
        return []
    return [
        (_("告知当事人的途径"), _told(sheet.until_next("tell_routes"))),
        (_("主要领导答复"), _answered(sheet, sheet.until_next("answer_not_resolved"))),
    ]


def _told(entry: TrailEntry | None) -> str:
    if entry is None:
        return ""
    data = data_of(entry)
    routes = _("、").join(str(Route(route).label) for route in data["routes"])
    said = as_on_paper(f"{data['on']} ") + f"{TellingWay(data['way']).label}：{routes}"
    return said + (_("。当事人选择%s") % Route(data["chosen"]).label if data.get("chosen") else "")


def _answered(sheet: Sheet, entry: TrailEntry | None) -> str:
    if entry is None:
        return ""
    answer = LeaderAnswer(data_of(entry)["decision"]).label
    return f"{answer}。{sheet.text(entry, 'instruction')}（{entry.actor_label}，{day_words(entry.at)}）"
