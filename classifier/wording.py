"""The policy's fields, values and faults in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classifier.rules import PolicyFault

Words = Mapping[str, Any]

SECTIONS: Words = {
    "thresholds": gettext_lazy("人数界线"),
    "indicators": gettext_lazy("线索"),
    "traps": gettext_lazy("排除情形"),
    "rules": gettext_lazy("定级规则"),
    "words": gettext_lazy("词表"),
    "people": gettext_lazy("人数说法"),
}
HELP: Words = {
    "indicators": gettext_lazy("文字里说了什么。一条线索有若干种说法，出现任何一种就算。"),
    "traps": gettext_lazy("看着像、其实不是：否认、已经过去、正常会议等。它取消所及范围内的线索。"),
    "rules": gettext_lazy("哪些线索合在一起、有多少人，定为几级。从一级往下看，先合者定级。"),
    "words": gettext_lazy("说法里用 <名称> 引用的词。"),
    "people": gettext_lazy("文字怎样说明有多少人、是不是一群人。"),
}
FIELDS: Words = {
    "id": gettext_lazy("代号"),
    "label": gettext_lazy("名称"),
    "patterns": gettext_lazy("说法"),
    "danger": gettext_lazy("属于人身危险"),
    "ongoing": gettext_lazy("说明事件正在发生"),
    "note": gettext_lazy("说明"),
    "reach": gettext_lazy("所及范围"),
    "ends": gettext_lazy("到这些词为止"),
    "only": gettext_lazy("只取消这些线索"),
    "spares": gettext_lazy("不取消这些线索"),
    "needs": gettext_lazy("需要的线索"),
    "people_at_most": gettext_lazy("人数至多"),
    "level": gettext_lazy("定为"),
    "people": gettext_lazy("人数"),
    "together": gettext_lazy("须在"),
    "lines": gettext_lazy("内容"),
    "group": gettext_lazy("群体"),
    "hundreds": gettext_lazy("数百人"),
    "version": gettext_lazy("版本"),
}
TABLE_ROWS: Words = {
    "group": gettext_lazy("多少人以上算群体"),
    "hundreds": gettext_lazy("多少人以上算数百人"),
    "nouns": gettext_lazy("指人的词"),
    "crowd": gettext_lazy("指一群人的说法"),
    "loose_crowd": gettext_lazy("可能指一群人的说法"),
    "single": gettext_lazy("指个人的说法"),
    "bystanders_before": gettext_lazy("不是当事人的人（人数前）"),
    "bystanders_after": gettext_lazy("不是当事人的人（人数后）"),
    "representatives": gettext_lazy("代表人的说法"),
    "delegated": gettext_lazy("推选、委派的说法（# 代表人数）"),
    "not_delegates": gettext_lazy("代表以外的人行动的说法"),
    "only_delegates": gettext_lazy("只有代表行动的说法"),
    "whole_words": gettext_lazy("不能拆开读的词"),
    "group_noun": gettext_lazy("指一群人的名词"),
    "go": gettext_lazy("前往、到达的说法"),
    "province": gettext_lazy("指省里的词"),
    "city": gettext_lazy("指市里的词"),
    "capital": gettext_lazy("指北京的词"),
    "above": gettext_lazy("泛指上级的词"),
    "higher": gettext_lazy("指县以上的词"),
    "petition": gettext_lazy("上访、反映的说法"),
    "together": gettext_lazy("一起、集合的说法"),
    "vehicle": gettext_lazy("车辆"),
    "gate": gettext_lazy("大门、入口"),
    "road": gettext_lazy("道路"),
    "site": gettext_lazy("工地、厂区"),
    "public_office": gettext_lazy("机关"),
    "official": gettext_lazy("公职人员"),
    "blade": gettext_lazy("刀具"),
    "gun": gettext_lazy("枪支"),
    "tool": gettext_lazy("农具、棍棒"),
    "arm": gettext_lazy("拿着、准备器具的说法"),
    "explosive": gettext_lazy("爆炸物"),
    "gas": gettext_lazy("燃气"),
    "fuel": gettext_lazy("燃烧物"),
    "poison": gettext_lazy("毒物"),
}
REACHES: Words = {
    "clause": gettext_lazy("所在的分句"),
    "clause_after": gettext_lazy("分句里它以后"),
    "sentence": gettext_lazy("所在的句子"),
    "sentence_after": gettext_lazy("句子里它以后"),
    "sentence_before": gettext_lazy("句子里它以前"),
    "before": gettext_lazy("它以前的全文"),
    "text": gettext_lazy("全文"),
}
PEOPLE: Words = {
    "any": gettext_lazy("不论人数"),
    "group": gettext_lazy("说的是一群人"),
    "group_nearest": gettext_lazy("离它最近的人数是一群人"),
    "group_anywhere": gettext_lazy("文中任何地方提到一群人"),
    "hundreds": gettext_lazy("数百人"),
}
TOGETHER: Words = {
    "text": gettext_lazy("同一篇文字"),
    "sentence": gettext_lazy("同一句"),
    "clause": gettext_lazy("同一分句"),
}
KINDS: Words = {
    "added": gettext_lazy("增加"),
    "removed": gettext_lazy("删除"),
    "changed": gettext_lazy("修改"),
}
FAULTS: Words = {
    "wrong_shape": gettext_lazy("%(rule)s：“%(detail)s”没有填写或填写不正确。"),
    "unknown_field": gettext_lazy("%(rule)s：没有“%(detail)s”这一项。"),
    "missing_field": gettext_lazy("%(rule)s：缺少“%(detail)s”。"),
    "duplicate_id": gettext_lazy("%(rule)s：代号重复，请改用别的代号。"),
    "unknown_word": gettext_lazy("%(rule)s：词表里没有“%(detail)s”。"),
    "unknown_indicator": gettext_lazy("%(rule)s：引用了不存在的“%(detail)s”。"),
    "pattern_invalid": gettext_lazy("%(rule)s：说法“%(detail)s”写法不对。"),
    "pattern_dangerous": gettext_lazy("%(rule)s：说法“%(detail)s”重复太多，读长文会很慢，请写得具体一些。"),
    "pattern_matches_nothing": gettext_lazy("%(rule)s：说法“%(detail)s”什么也不说也会算，请写明词语。"),
    "thresholds_order": gettext_lazy("人数界线：群体至少 2 人，并且要小于“数百人”。"),
    "level_missing": gettext_lazy("没有任何规则能定为%(detail)s，三个级别缺一不可。"),
    "contradiction": gettext_lazy("%(rule)s：与“%(detail)s”条件相同、级别不同，互相矛盾。"),
    "shadowed": gettext_lazy("%(rule)s：永远轮不到，因为“%(detail)s”总是先定了更高的级别。"),
}
LEVELS: Words = {"1": gettext_lazy("一级"), "2": gettext_lazy("二级"), "3": gettext_lazy("三级")}
NAMED_BY_DETAIL = {"wrong_shape", "unknown_field", "missing_field"}
REFERS = {"unknown_indicator", "contradiction", "shadowed"}
HEAD_COUNT = "head_count"


def label_of(document: Mapping[str, Any], row_id: str) -> str:
    """The county's word for an indicator, trap or rule; of tables, ours."""
    if row_id == HEAD_COUNT:
        return _("人数")
    for section in ("indicators", "traps", "rules"):
        for row in document.get(section) or ():
            if isinstance(row, dict) and row.get("id") == row_id:
                return str(row.get("label") or row_id)
    return str(TABLE_ROWS.get(row_id) or SECTIONS.get(row_id) or row_id)


def fault_words(fault: PolicyFault, document: Mapping[str, Any]) -> str:
    """Which rule is wrong, and how."""
    template = FAULTS.get(fault.code)
    rule = f"“{label_of(document, fault.rule)}”" if fault.rule else _("整份规则")
    if template is None:
        return f"{rule}：{fault.code} {fault.detail}"
    return str(template) % {"rule": rule, "detail": _detail(fault, document)}


def _detail(fault: PolicyFault, document: Mapping[str, Any]) -> str:
    if fault.code in NAMED_BY_DETAIL:
        return str(FIELDS.get(fault.detail) or SECTIONS.get(fault.detail) or fault.detail)
    if fault.code in REFERS:
        return label_of(document, fault.detail)
    return str(LEVELS.get(fault.detail, fault.detail)) if fault.code == "level_missing" else fault.detail
