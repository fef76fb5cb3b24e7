"""The access log in words. A test holds that every action and every kind of target has its wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.choices import Action
from audit.models import AccessEvent
from audit.targets import word_of

ANONYMOUS = "anonymous"
DECISIONS: dict[str, Promise] = {"repeat": gettext_lazy("重新发送"), "drop": gettext_lazy("不再发送")}


@dataclass(frozen=True)
class Change:
    """One field of a changed configuration, as it was and as it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One event, ready to be read."""

    at: datetime
    who: str
    action: str
    words: str
    reason: str
    changes: list[Change]


def present(event: AccessEvent) -> Line:
    return Line(
        at=event.at,
        who=_who(event),
        action=str(Action(event.action).label),
        words=WORDS[Action(event.action)](event),
        reason=event.reason,
        changes=_changes(event.details) if event.action == Action.CONFIG_CHANGED else [],
    )


def _who(event: AccessEvent) -> str:
    """Post and name; for the system the job it did; nobody, when nobody was signed in."""
    if event.user_id is not None:
        return event.actor_label
    if event.actor_label == ANONYMOUS:
        return _("未登录")
    return _("系统（%(job)s）") % {"job": event.actor_label}


def target(event: AccessEvent) -> str:
    """What kind of thing, and which."""
    return f"{word_of(event.target_type)} {event.target_label or event.target_id}".strip()


def _saying(template: Promise) -> Callable[[AccessEvent], str]:
    return lambda event: str(template) % {"target": target(event)}


def _searched(event: AccessEvent) -> str:
    found = int(event.details.get("found", 0))
    count = ngettext("找到 %(n)d 件", "找到 %(n)d 件", found) % {"n": found}
    return _("按姓名“%(name)s”检索，%(count)s") % {"name": event.target_label, "count": count}


def _exported(event: AccessEvent) -> str:
    rows = int(event.details.get("rows") or 0)
    count = ngettext("%(n)d 行", "%(n)d 行", rows) % {"n": rows}
    if event.details.get("fetched"):
        return _("下载了导出的台账，%(count)s") % {"count": count}
    return _("导出台账，%(count)s") % {"count": count}


def _printed(event: AccessEvent) -> str:
    """A paper, or the page itself from the browser: of the ledger with its filter."""
    said = _("打印了%(target)s的页面") if event.details.get("page") else _("打印了%(target)s的文书")
    return said % {"target": target(event)}


def _imported(event: AccessEvent) -> str:
    rows = int(event.details.get("rows") or 0)
    count = ngettext("%(n)d 行", "%(n)d 行", rows) % {"n": rows}
    return _("导入台账，%(count)s") % {"count": count}


def _decided(event: AccessEvent) -> str:
    decision = DECISIONS.get(event.details.get("decision", ""), "")
    return _("%(target)s：%(decision)s") % {"target": target(event), "decision": decision}


def _code_checked(event: AccessEvent) -> str:
    said = (
        _("核对%(target)s的查询码：相符")
        if event.details.get("right")
        else _("核对%(target)s的查询码：不相符")
    )
    return said % {"target": target(event)}


WORDS: dict[Action, Callable[[AccessEvent], str]] = {
    Action.UNMASKED: _saying(gettext_lazy("查看了%(target)s的完整信息")),
    Action.SEARCHED_NAME: _searched,
    Action.OPENED: _saying(gettext_lazy("打开了%(target)s")),
    Action.DOWNLOADED: _saying(gettext_lazy("下载了%(target)s")),
    Action.EXPORTED: _exported,
    Action.IMPORTED: _imported,
    Action.CODE_CHECKED: _code_checked,
    Action.PRINTED: _printed,
    Action.CONFIG_CHANGED: _saying(gettext_lazy("修改了%(target)s")),
    Action.LOGGED_IN: _saying(gettext_lazy("登录：%(target)s")),
    Action.LOGGED_OUT: _saying(gettext_lazy("退出登录：%(target)s")),
    Action.LOGIN_FAILED: _saying(gettext_lazy("登录失败：%(target)s")),
    Action.PASSWORD_CHANGED: _saying(gettext_lazy("修改了密码：%(target)s")),
    Action.TOKEN_ISSUED: _saying(gettext_lazy("签发了%(target)s")),
    Action.TOKEN_REVOKED: _saying(gettext_lazy("吊销了%(target)s")),
    Action.CALENDAR_READ: _saying(gettext_lazy("由%(target)s读取了到期日程")),
    Action.REFUSED: _saying(gettext_lazy("被拒绝：%(target)s")),
    Action.LEDGER_CHECKED: _saying(gettext_lazy("核验了%(target)s")),
    Action.DELIVERY_DECIDED: _decided,
}


def _changes(details: dict[str, Any]) -> list[Change]:
    """The fields that differ; values that are no mappings are compared whole."""
    before, after = _fields(details.get("before")), _fields(details.get("after"))
    return [
        Change(name, _shown(before.get(name)), _shown(after.get(name)))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def _fields(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {} if value is None else {"": value}


def _shown(value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _("、").join(map(str, value)) if isinstance(value, list) else str(value)
