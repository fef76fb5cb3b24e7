"""第一天: what somebody new does first. A row with a fact is ticked by what was done; only the others by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission as P


@dataclass(frozen=True)
class Item:
    """`permission`: only for posts that hold it. `by_hand`: the person may tick it, nothing else tells."""

    name: str
    text: Any
    why: Any
    url_name: str
    permission: P | None = None
    by_hand: bool = False


ITEMS = (
    Item(
        "password",
        _("改掉第一次登录用的密码"),
        _("一次性密码别人见过，改了才只有您知道。"),
        "account_change_password",
    ),
    Item("phone", _("填写手机号码"), _("紧急的事要能打通您的电话。"), "accounts:profile"),
    Item(
        "notices",
        _("看一看提醒方式"),
        _("紧急消息总会响；平常的，您可以选择不响的种类。"),
        "notifications:preferences",
        by_hand=True,
    ),
    Item("help", _("读一遍本岗位的帮助"), _("哪些事归您、多长时间、从哪一页开始。"), "help", by_hand=True),
    Item(
        "register",
        _("登记第一件纠纷"),
        _("登记页边写边提示，文字自动保存，打断了也不丢。"),
        "disputes:new",
        P.REGISTER,
    ),
    Item(
        "accept",
        _("受理第一件纠纷"),
        _("首页“待受理”点进去，核定级别，可以同时分流。"),
        "disputes:ledger",
        P.ACCEPT,
    ),
    Item("sign_for", _("签收第一件纠纷"), _("签收之后，时限和责任人就明确了。"), "disputes:ledger", P.HANDLE),
    Item(
        "acknowledge",
        _("知悉第一件预警"),
        _("手机上也可以，一张卡片一件。"),
        "early_warning:queue",
        P.LEAD,
    ),
    Item(
        "people",
        _("核对人员和任职"),
        _("离开的、新来的、空着的岗位，今天就改对。"),
        "manage:users",
        P.VIEW_PEOPLE,
        by_hand=True,
    ),
    Item(
        "log",
        _("打开访问记录看一遍"),
        _("知道系统记下了什么，才知道该问什么。"),
        "audit:access_log",
        P.VIEW_AUDIT,
        by_hand=True,
    ),
)
BY_NAME = {item.name: item for item in ITEMS}
