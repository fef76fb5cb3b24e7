"""Named errors of accounts."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import DomainError


class TooManyAttempts(DomainError):
    """The account is closed to this address until then: 429."""

    status = 429
    code = "too_many_attempts"

    def __init__(self, until: datetime, now: datetime) -> None:
        minutes = max(1, -int((now - until).total_seconds() // 60))
        super().__init__(
            _("登录失败次数过多，请 %(minutes)d 分钟后再试，或请安全管理员解除锁定。") % {"minutes": minutes}
        )
        self.until = until
