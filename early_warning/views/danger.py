"""Beside "文字中可能有人身危险": a person says that it is so, or has looked and it is not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.errors import NotPermitted
from disputes.models import Dispute
from disputes.selectors.detail import visible_dispute
from disputes.services import danger
from disputes.views.acting import acting
from early_warning.forms.danger import DangerForm
from early_warning.services import dangers
from responsibility.forms import ReasonForm
from responsibility.views.leader_pages import LeaderPage, dispute_and_actor


class MarkPage(LeaderPage):
    """Marks danger, with whom somebody told of it; where it is marked already, asks only that."""

    form_class = DangerForm
    heading, done = _("有人身危险"), _("已标记有人身危险，值班岗位和有关领导已收到通知。")
    effect = _("先报 110/派出所，并电话报告值班领导，再写明报告了谁、什么时候。")

    def asked_for(self) -> tuple[Dispute, Actor]:
        """Whoever sees the dispute says so, also who is not told its level."""
        by = acting(self.request)
        dispute = visible_dispute(self.kwargs["number"], by)
        if self.request.method != "POST" or dispute.danger:
            dispute_and_actor(self.request, self.kwargs["number"])
        return dispute, by

    @property
    def submit(self) -> str:
        return str(_("写明报告了谁") if self.dispute.danger else _("标记有人身危险"))

    def perform(self, data: dict[str, Any]) -> None:
        danger.mark(dispute_id=self.dispute.pk, **data, by=self.by, now=self.now)


class ClearPage(LeaderPage):
    form_class = ReasonForm
    heading, submit = _("核实没有人身危险"), _("没有危险")
    done = _("已记录。以后的进展报告再提到危险时会重新提示。")
    effect = _("请先联系当事人或到场核实。怎样核实的写入流转记录；如有疑问，按有危险办理。")

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if not danger.may_mark(by, dispute):
            raise NotPermitted(_("您当前的岗位不能核实人身危险。"))
        return dispute, by

    def perform(self, data: dict[str, Any]) -> None:
        dangers.clear(number=self.kwargs["number"], reason=data["reason"], by=self.by, now=self.now)
