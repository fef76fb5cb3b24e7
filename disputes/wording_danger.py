"""Whom somebody told of 人身危险 and when, in words: one wording for page, timeline, notice, paper and export."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.clock import SHANGHAI
from core.wording import with_aside
from disputes.models import Dispute


def told_words(told: str, at: datetime | None) -> str:
    """派出所王警官、值班领导（2026-11-28 09:10）; empty where nobody was named."""
    if not told:
        return ""
    return with_aside(told, f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}") if at else told


def told_of(dispute: Dispute) -> str:
    return told_words(dispute.danger_told, dispute.danger_told_at)


def told_or_not(dispute: Dispute) -> str:
    """The same, or that it is not written down yet: somebody then asks."""
    return told_of(dispute) or _("还没有写明报告了谁")


def notice_words(dispute: Dispute) -> str:
    """What a notice says of it. Restricted matters send no words of anybody's, only the time."""
    if not dispute.danger_told:
        return ""
    if not dispute.is_restricted:
        return _("已报告：%s") % told_of(dispute)
    at = dispute.danger_told_at
    return _("登记人已于 %s 报告") % f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else _("登记人已报告")
