"""How sending can end badly. What matters afterwards is whether the message may have arrived."""

from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, NotFound


class SendingError(Exception):
    """Why a message was not, or perhaps not, delivered."""


class Unavailable(SendingError):
    """Surely not delivered, may work later: it is tried again."""


class Refused(SendingError):
    """Surely not delivered and never will be: a wrong address, a wrong password."""


class Unclear(SendingError):
    """May have been delivered. A person decides whether to repeat it."""


class NoSuchNotice(NotFound):
    """Not there, or somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("没有这条消息。"))


class NothingToRepeat(Conflict):
    """Somebody else dealt with it first, or it is on its way again."""

    def __init__(self) -> None:
        super().__init__(_("这条发送记录已经有人处理过了，请刷新页面。"))
