"""The palette's pages: the person's own navigation, and what stands in the person's own menu."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import navigation
from core.palette import Asked, Command, register
from jurisdictions.rules.typed import means

ORDER = 30


@register
def pages(request: HttpRequest, asked: Asked) -> Iterator[Command]:
    """Their titles in the reader's language, by a part of them or by pinyin initials."""
    entries = [(item.label, item.url, item.icon) for item in navigation.items_for(request)]
    for label, url, icon in dict.fromkeys([*entries, *_own()]):
        if means(asked.typed, label):
            yield Command(label, url, icon, group=_("页面"), order=ORDER)


def _own() -> list[tuple[str, str, str]]:
    """What everybody has."""
    return [
        (_("帮助"), reverse("help"), "question-circle"),
        (_("第一天"), reverse("first_day"), "list-check"),
        (_("全部消息"), reverse("notifications:list"), "bell"),
        (_("提醒方式"), reverse("notifications:preferences"), "sliders"),
        (_("我的资料"), reverse("accounts:profile"), "person"),
        (_("修改密码"), reverse("account_change_password"), "key"),
        (_("两步验证"), reverse("mfa_index"), "shield-lock"),
        (_("登录的设备"), reverse("usersessions_list"), "laptop"),
    ]
