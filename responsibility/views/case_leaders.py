"""领导包案 on pages: taking a case on, telling how it goes, the principal stepping in, ending it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.errors import NotPermitted, WrongState
from disputes.models import Dispute
from responsibility import rights
from responsibility.forms import CaseLeaderForm, ProgressForm, ReasonForm, TakeOverForm, undertaking_of
from responsibility.models import CaseLeader
from responsibility.selectors import leader_choices
from responsibility.services import case_leaders
from responsibility.views.leader_pages import LeaderPage


class CaseLeaderPage(LeaderPage):
    """For whoever decides on case leaders."""

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if not rights.may_assign_case_leader(by, dispute):
            raise NotPermitted(_("包案领导由领导或县综治中心确定。"))
        return dispute, by


class ChoosingPage(CaseLeaderPage):
    """Offers the leaders; one who opens the page most likely takes the case on."""

    principals = False

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return leader_choices.person_choices(self.dispute, self.now, principals=self.principals)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"leaders": self.choices}

    def get_initial(self) -> dict[str, Any]:
        own = str(self.by.acting.pk) if self.by.acting else ""
        return {"leader": own} if own in dict(self.choices) else {}


class StartPage(ChoosingPage):
    form_class = CaseLeaderForm
    heading, submit = _("领导包案"), _("确定包案")
    effect = _("包案领导和承办人将收到通知；方案写入流转记录，当事单位看不到。")

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if self.request.method != "POST" and case_leaders.current_of(dispute) is not None:
            raise WrongState(_("本件已有包案领导。如需更换，请先结束包案或由主要领导接手。"))
        return dispute, by

    def perform(self, data: dict[str, Any]) -> None:
        row = case_leaders.start(
            number=self.kwargs["number"], undertaking=undertaking_of(data), by=self.by, now=self.now
        )
        self.done = _("已确定由 %s 包案，并已通知。") % row.leader


class PresentPage(LeaderPage):
    """About the case leader of today, who stands above the form."""

    current: CaseLeader

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        current = case_leaders.current_of(dispute)
        if current is None:
            raise WrongState(_("本件目前没有包案领导，请刷新页面。"))
        self.current = current
        return dispute, by

    def rows(self) -> list[dict[str, Any]]:
        rows = [
            (_("包案领导"), str(self.current.leader)),
            (_("化解方案"), self.current.plan),
            (_("预计化解日期"), self.current.expected_on.isoformat()),
            (_("进展"), self.current.progress),
        ]
        return [{"term": term, "value": value} for term, value in rows if value]


class TakeOverPage(PresentPage, ChoosingPage):
    """What the case leader could not solve goes to a principal leader."""

    form_class = TakeOverForm
    heading, submit = _("主要领导接手包案"), _("接手")
    principals = True

    def perform(self, data: dict[str, Any]) -> None:
        row = case_leaders.take_over(
            number=self.kwargs["number"],
            undertaking=undertaking_of(data),
            reason=data["reason"],
            by=self.by,
            now=self.now,
        )
        self.done = _("现由 %s 接手包案，并已通知。") % row.leader


class ProgressPage(PresentPage):
    form_class = ProgressForm
    heading, submit, done = _("填写包案进展"), _("保存进展"), _("包案进展已写入流转记录。")

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if not rights.may_report_as_case_leader(by, dispute, self.current.leader.user_id):
            raise NotPermitted(_("包案进展由包案领导本人或管理中心填写。"))
        return dispute, by

    def perform(self, data: dict[str, Any]) -> None:
        case_leaders.report_progress(number=self.kwargs["number"], by=self.by, now=self.now, **data)


class EndPage(PresentPage, CaseLeaderPage):
    form_class = ReasonForm
    heading, submit, done = _("结束包案"), _("结束包案"), _("包案已结束。")

    def perform(self, data: dict[str, Any]) -> None:
        case_leaders.end(number=self.kwargs["number"], reason=data["reason"], by=self.by, now=self.now)
