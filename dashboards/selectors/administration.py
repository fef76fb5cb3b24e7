"""What an administrator or auditor finds first: what is missing in the house, and ways in."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission as P
from accounts.rights import may
from administration.selectors import structure
from calendars.selectors import missing_plan
from core.actor import Actor
from core.clock import shanghai_date
from core.templatetags.components import sh_time
from disputes.models import DailySeal
from safekeeping.models import LedgerCheck


@dataclass(frozen=True)
class Notice:
    """Something that wants doing; `tone` as the alert component takes it."""

    title: str
    text: str
    url: str
    tone: str = "info"


def notices(by: Actor, now: datetime) -> list[Notice]:
    """The state of the house, for those who keep it."""
    found: list[Notice] = []
    if may(by, P.MANAGE_CALENDAR):
        found += _calendar(now)
    if may(by, P.VIEW_PEOPLE):
        found += _vacant(now)
    if may(by, P.VERIFY_LEDGER):
        found.append(_ledger())
    return found


def _calendar(now: datetime) -> list[Notice]:
    year = missing_plan(now)
    if year is None:
        return []
    title = _("%d 年放假安排尚未录入") % year
    text = _("跨入该年的时限暂按周末和法定节假日推算，录入后自动重新计算。")
    return [Notice(title, text, reverse("calendars:year", args=[year]), "warn")]


def _vacant(now: datetime) -> list[Notice]:
    vacant = structure.vacant_posts(shanghai_date(now)).count()
    if not vacant:
        return []
    title = _("%d 个岗位空缺") % vacant
    return [
        Notice(title, _("空缺岗位收不到交办和提醒，请尽快任命。"), reverse("manage:vacant_posts"), "warn")
    ]


def _ledger() -> Notice:
    """What the last verification found, and how far the seals reach."""
    check = LedgerCheck.objects.filter(state=LedgerCheck.State.DONE).first()
    seal = DailySeal.objects.order_by("-day").first()
    sealed = _("封存至 %s。") % f"{seal.day:%Y-%m-%d}" if seal else _("还没有封存。")
    url = reverse("safekeeping:check")
    if check is None:
        return Notice(_("台账还没有核验过"), sealed, url)
    text = _("最近核验于 %s；") % sh_time(check.finished_at) + sealed
    if check.fault_count:
        return Notice(_("台账核验发现 %d 处问题") % check.fault_count, text, url, "bad")
    return Notice(_("台账核验未发现问题"), text, url, "good")
