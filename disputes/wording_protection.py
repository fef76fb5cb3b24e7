"""What the law asks of whoever learns of it: one red line for each ground, with its source.

未成年人保护法 art. 11 para. 2 in its own words (主席令第五十七号, in force since 1 June 2021), compared with the text
as it is quoted after the State Council's publication of 18 October 2020, by the justice department of 辽宁 (22 June
2022) and by 法治日报 (30 December 2025, after the amendment of 2024): the three agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.choices import RestrictionAnswer
from disputes.rules.protection import Ground, grounds_in

GROUNDS: dict[Ground, Any] = {
    Ground.MINOR: gettext_lazy("未成年人"),
    Ground.SEXUAL: gettext_lazy("性侵害"),
    Ground.HOME: gettext_lazy("家庭暴力"),
}
ANSWERS: dict[str, Any] = {
    "": gettext_lazy("是否限制知悉待答复"),
    RestrictionAnswer.YES: gettext_lazy("答复：限制知悉"),
    RestrictionAnswer.NO: gettext_lazy("答复：不需要限制知悉"),
}
# ground → what must be done, and where it is written
DUTIES: dict[Ground, tuple[tuple[Any, Any], ...]] = {
    Ground.MINOR: (
        (
            gettext_lazy(
                "强制报告：国家机关、村（居）委会、密切接触未成年人的单位及其工作人员，在工作中发现未成年人身心健康"
                "受到侵害、疑似受到侵害或者面临其他危险情形的，应当立即向公安、民政、教育等有关部门报告。"
            ),
            gettext_lazy("《未成年人保护法》第十一条第二款"),
        ),
    ),
    Ground.SEXUAL: (
        (
            gettext_lazy("涉嫌犯罪的不调解：立即报公安机关，保护当事人隐私，不反复询问。"),
            gettext_lazy("《刑事诉讼法》第一百一十条"),
        ),
    ),
    Ground.HOME: (
        (
            gettext_lazy(
                "村（居）委会等发现没有或者只有部分行为能力的人遭受或者疑似遭受家庭暴力的，及时向公安机关报案（强制报告）。"
            ),
            gettext_lazy("《反家庭暴力法》第十四条"),
        ),
        (
            gettext_lazy(
                "情节较轻、依法不给予治安管理处罚的，由公安机关批评教育或者出具告诫书；出具告诫书的，"
                "村（居）委会和派出所要查访，监督不再施暴。"
            ),
            gettext_lazy("《反家庭暴力法》第十六条、第十七条"),
        ),
        (
            gettext_lazy(
                "遭受家庭暴力或者面临现实危险的，告知可以向人民法院申请人身安全保护令；"
                "本人无法申请的，近亲属、公安机关、妇联、村（居）委会等可以代为申请。"
            ),
            gettext_lazy("《反家庭暴力法》第二十三条"),
        ),
    ),
}


@dataclass(frozen=True)
class RedLine:
    """One duty, and the law it stands in."""

    text: str
    law: str


def red_lines(grounds: dict[Ground, tuple[str, ...]]) -> list[RedLine]:
    return [RedLine(str(text), str(law)) for ground in grounds for text, law in DUTIES[ground]]


def proposal(grounds: dict[Ground, tuple[str, ...]]) -> str:
    """Asks whoever takes it down whether few should know; empty where nothing speaks for it."""
    return mentioned(grounds) + _("请核对是否需要限制知悉；系统不会自动限制。") if grounds else ""


def mentioned(grounds: dict[Ground, tuple[str, ...]]) -> str:
    """What the text says that speaks for it: also the reason of who restricts because of it."""
    words = {
        "what": _("、").join(str(GROUNDS[ground]) for ground in grounds),
        "words": _("、").join([word for found in grounds.values() for word in found][:4]),
    }
    return _("文字提到“%(words)s”，可能涉及%(what)s。") % words


def hints_of(text: str, *, restricted: bool) -> list[str]:
    """While it is typed: the question, unless it is answered already, then what the law asks."""
    grounds = grounds_in(text)
    asked = [] if restricted or not grounds else [proposal(grounds)]
    return asked + [
        _("%(duty)s（%(law)s）") % {"duty": line.text, "law": line.law} for line in red_lines(grounds)
    ]


def said_of_few(data: Mapping[str, Any]) -> list[str]:
    """What an entry of the trail keeps of the question: what the text named, where it asked, and what was answered."""
    asked = data.get("restriction")
    if not asked:
        return []
    what = _("、").join(str(GROUNDS[Ground(ground)]) for ground in asked.get("grounds", ()))
    return [*([_("文字可能涉及%s") % what] if what else []), str(ANSWERS[asked["answer"]])]
