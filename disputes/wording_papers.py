"""The sentences of the papers that are handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.choices import Route
from disputes.rules.refusals import ARBITRATION, COURT, OTHER, REVIEWED, excluded_by, ground_of
from disputes.rules.routes import DECIDED, MEDIATED, PETITIONED

ROUTES = {
    Route.MEDIATION: _("向村（社区）或乡镇人民调解委员会申请调解，人民调解不收取任何费用"),
    Route.ADMINISTRATIVE_MEDIATION: _("向有关主管部门申请行政调解或者处理"),
    Route.LABOUR_ARBITRATION: _("自知道或者应当知道权利被侵害之日起一年内，向劳动人事争议仲裁委员会申请仲裁"),
    Route.LAND_ARBITRATION: _("自知道或者应当知道权利被侵害之日起二年内，向农村土地承包仲裁委员会申请仲裁"),
    Route.REVIEW: _("对行政行为不服的，自知道该行为之日起六十日内申请行政复议"),
    Route.LITIGATION: _("依法向人民法院起诉"),
    Route.PROCEEDINGS: _("在正在进行的诉讼或者仲裁中提出主张；对生效裁判不服的，依法申请再审"),
    Route.PETITION: _("依照《信访工作条例》向信访部门反映"),
    Route.DEPARTMENT: _("向主管部门投诉举报"),
    Route.DISCIPLINE: _("反映公职人员违纪违法的，向纪检监察机关举报"),
    Route.LEGAL_AID: _("经济确有困难的，可以申请法律援助，咨询电话 12348"),
}
# What a route means where the reason of a refusal leaves only a part of it. Older refusals named routes that are shut
# by now (`rules/refusals.py:EXCLUDED`): printed anew they still send nobody to a court that has the case.
ROUTES_AFTER = {
    (Route.LITIGATION, COURT): _("在正在进行的诉讼或者仲裁中提出主张；对生效裁判不服的，依法申请再审"),
    (Route.LABOUR_ARBITRATION, ARBITRATION): _("对仲裁裁决不服的，按裁决书写明的期限向人民法院起诉"),
    (Route.LITIGATION, ARBITRATION): _("对仲裁裁决不服的，按裁决书写明的期限向人民法院起诉"),
    (Route.PETITION, COURT): _("涉及诉讼的事项，向审理的人民法院或者有关政法机关反映"),
    (Route.PETITION, REVIEWED): _("有新的事实和理由的，作为新的事项向信访部门反映；同一事实和理由不再受理"),
    (Route.REVIEW, REVIEWED): _("对另外的行政行为不服的，自知道该行为之日起六十日内申请行政复议"),
}

TITLES = {
    "receipt": _("登记回执"),
    "acceptance": _("受理告知书"),
    "refusal": _("不予受理告知书"),
    "not_resolved": _("处理未果告知书"),
    "delivery": _("送达回证"),
    "dispatch_order": _("矛盾纠纷分流交办单"),
    "urging": _("催办单"),
    "handing_over": _("移送函"),
    "extension": _("延期审批表"),
    "return": _("退回审批表"),
    "conclusion": _("结案审批表"),
    "revisit": _("回访记录"),
}
DELIVERY_WAYS = _("□直接送达　□邮寄送达　□留置送达　□经同意的电子送达")


@dataclass(frozen=True)
class Way:
    """How a matter is worked on: its name, and what is said of the date. A mediation promises no result."""

    name: Any
    until: Any


WAYS = {
    MEDIATED: Way(
        _("调解"),
        _(
            "调解期限到%(by)s。调解以双方自愿为前提，能不能达成协议由双方决定；"
            "到期没有达成协议的，我们会告知您其他途径。需要延长的，会提前告知您新的日期和理由。"
        ),
    ),
    PETITIONED: Way(
        _("按信访事项办理"),
        _("我们将在%(by)s办结并书面答复您。确需延长的，会提前告知您新的日期和理由。"),
    ),
    DECIDED: Way(
        _("由主管单位依法处理"),
        _("主管单位应在%(by)s作出处理，我们会告知您结果。确需延长的，会提前告知您新的日期和理由。"),
    ),
}
BASIS = {
    MEDIATED: _("《中华人民共和国人民调解法》第十七条，县实施意见第（九）条"),
    PETITIONED: _("《信访工作条例》第二十三条、第三十四条"),
    DECIDED: _("县实施意见第（八）条"),
}
BASIS_OF_NO_RESULT = {
    MEDIATED: _("《中华人民共和国人民调解法》第二十六条，县实施意见第（七）条、第（八）条"),
    PETITIONED: _("县实施意见第（七）条、第（八）条"),
    DECIDED: _("县实施意见第（七）条、第（八）条"),
}
RIGHTS = {
    MEDIATED: (
        _("调解不收取任何费用。您可以选择或者接受调解员，可以要求有利害关系的人员回避。"),
        _("您可以接受、拒绝或者随时要求终止调解，改走其他途径；可以要求公开或者不公开进行。"),
        _("达成书面协议后，双方可以自协议生效之日起三十日内共同向人民法院申请司法确认。"),
    ),
    PETITIONED: (
        _("您可以查询办理情况，可以要求有利害关系的人员回避；任何单位和个人不得打击报复。"),
        _(
            "对处理意见不服的，可以自收到之日起三十日内请求复查；对复查意见不服的，可以自收到之日起三十日内请求复核。"
        ),
    ),
    DECIDED: (_("您可以陈述意见、提交证据，可以要求有利害关系的人员回避。"),),
}
# the ground of a refusal, and whether it came as a petition → the article
ORDER_22 = _("《人民调解工作若干规定》第二十二条（已由人民法院或者其他机关受理、解决的纠纷不予受理）。")
LAWFUL_WAYS = _("《信访工作条例》第三十一条（应当通过诉讼、仲裁等法定途径解决的，引导依照法定程序处理）。")
REFUSED_BY = {
    (COURT, False): ORDER_22,
    (COURT, True): LAWFUL_WAYS,
    (ARBITRATION, False): ORDER_22,
    (ARBITRATION, True): LAWFUL_WAYS,
    (REVIEWED, False): _("《信访工作条例》第三十六条（复核后以同一事实和理由提出的，不再受理）。"),
    (REVIEWED, True): _("《信访工作条例》第三十六条（复核后以同一事实和理由提出的，不再受理）。"),
    (OTHER, False): _("________________（由经办人填写法律、法规或者文件的条款）"),
    (OTHER, True): _("《信访工作条例》第二十三条（书面告知处理途径和程序）。"),
}


def route_words(route: Route, ground: str) -> Any:
    """The route as a refusal tells it: what its own reason leaves of it."""
    return ROUTES_AFTER.get((route, ground), ROUTES[route])


# why a route is shut: what the reason says
SHUT_BY = {
    COURT: _("已在人民法院处理"),
    ARBITRATION: _("已在仲裁机构处理"),
    REVIEWED: _("信访程序已经复核终结"),
}


def shut_routes(reason: str, routes: Sequence[str]) -> str:
    """Which of these routes the reason excludes, and what to name instead; empty where it excludes none."""
    shut = [str(Route(route).label) for route in routes if route in excluded_by(reason)]
    if not shut:
        return ""
    words = {"why": SHUT_BY[ground_of(reason)], "routes": gettext("、").join(shut)}
    return gettext("理由写明%(why)s，不能再告知%(routes)s这样的途径，请改选其他途径。") % words


def decline_cautions(step: str, text: str) -> list[str]:
    """Before a refusal is written: what the text of the matter itself already shuts."""
    shut = excluded_by(text) if step == "decline" else frozenset()
    if not shut:
        return []
    named = [str(route.label) for route in Route if route in shut]
    words = {"why": SHUT_BY[ground_of(text)], "routes": gettext("、").join(named)}
    return [gettext("事由写到%(why)s。以此为由不予受理的，不能告知：%(routes)s。") % words]
