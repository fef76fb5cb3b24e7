"""Help for each role: what the post is for, its duties in the order of the work, and the pages it works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dashboards import wording_duties as duty
from dashboards.wording_duties import Duty
from jurisdictions.choices import PostRole as Role


@dataclass(frozen=True)
class RoleHelp:
    """`pages` are keys of `wording_duties.PAGES`, in the order in which one goes through them."""

    purpose: Any
    duties: tuple[Duty, ...]
    pages: tuple[str, ...]


LEADS = (duty.ACKNOWLEDGE, duty.RESULT, duty.INSTRUCT, duty.STAND_IN)
LEADS_PAGES = ("home", "queue", "ledger", "dashboard", "names", "stand_ins", "notices")
CENTRE = (
    *(duty.TELL_DANGER, duty.ACCEPT, duty.DISPATCH, duty.DECIDE, duty.REVIEW, duty.REVISIT),
    *(duty.CHECK, duty.MEET),
)
CENTRE_PAGES = (
    *("home", "new", "ledger", "coordination", "board", "letters", "dashboard"),
    *("names", "code", "stand_ins", "notices"),
)

HELP: dict[str, RoleHelp] = {
    Role.CLERK: RoleHelp(
        _("把群众反映的每一件事登记清楚，一次也不让人白跑。"),
        (duty.REGISTER, duty.TELL_DANGER, duty.REVISIT),
        ("home", "new", "drafts", "ledger", "code", "names", "notices"),
    ),
    Role.COORDINATOR: RoleHelp(
        _("每一件都交到一个单位、一个人手里，有时限，有结果。"), (*CENTRE, duty.REPORT_UP), CENTRE_PAGES
    ),
    Role.OFFICE: RoleHelp(
        _("接住乡镇解决不了的，看住全县的台账和预警。"),
        (duty.TAKE_OVER, *CENTRE, duty.VERIFY),
        (*CENTRE_PAGES, "check", "coverage"),
    ),
    Role.HANDLER: RoleHelp(
        _("交到本单位的纠纷，由您负责到底。"),
        (duty.SIGN, duty.RESOLVE, duty.EXTEND),
        ("home", "ledger", "notices"),
    ),
    Role.VILLAGE_SECRETARY: RoleHelp(
        _("村里的事第一时间知道、第一时间登记、第一时间去劝。"),
        (duty.REGISTER, duty.TELL_DANGER, duty.SIGN, duty.RESOLVE, duty.EXTEND),
        ("home", "new", "drafts", "ledger", "code", "notices"),
    ),
    Role.MEDIATOR: RoleHelp(
        _("依法、自愿、耐心调解，把协议和履行记清楚。"),
        (duty.REGISTER, duty.TELL_DANGER, duty.SIGN, duty.MEDIATE, duty.RESOLVE, duty.EXTEND),
        ("home", "new", "drafts", "ledger", "code", "notices"),
    ),
    Role.DEPUTY: RoleHelp(_("分管领域里的预警，您是第一个该知道、该处理的人。"), LEADS, LEADS_PAGES),
    Role.POLITICAL_LEGAL: RoleHelp(_("预警逐级上报到您时，统筹各方把风险消除。"), LEADS, LEADS_PAGES),
    Role.HEAD: RoleHelp(_("分管领导没有消除的风险，由您接着处理。"), LEADS, LEADS_PAGES),
    Role.PARTY_SECRETARY: RoleHelp(_("您是第一责任人，一级预警先报告您。"), LEADS, LEADS_PAGES),
    Role.DUTY: RoleHelp(
        _("夜里和节假日也有人知道危险，领导联系得上。"),
        (duty.PHONE, duty.TELL_DANGER),
        ("home", "phone", "ledger", "notices"),
    ),
    Role.AUDITOR: RoleHelp(
        _("看住系统自己：谁看过、谁查过，台账有没有被动过。"),
        (duty.READ_LOG, duty.VERIFY),
        ("home", "log", "check"),
    ),
    Role.ADMINISTRATOR: RoleHelp(
        _("单位、岗位、时限、消息发送都是对的，别人才能办事。"),
        (duty.KEEP_HOUSE, duty.KEEP_LIMITS, duty.KEEP_CHANNELS),
        ("home", "users", "organizations", "places", "catalogue", "coverage", "limits", "failures"),
    ),
    Role.SECURITY: RoleHelp(
        _("给谁什么权限，由您一人经手，件件有记录。"),
        (duty.GIVE_RIGHTS,),
        ("home", "users", "organizations", "tokens", "stand_ins"),
    ),
}
