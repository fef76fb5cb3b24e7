"""What the verification found, in words: where, which entry, what differs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.rules.faults import FaultKind as K

FAULT_WORDS: dict[K, Any] = {
    K.CONTENT: gettext_lazy("记录内容与其哈希不符，内容或哈希被改动"),
    K.LINK: gettext_lazy("与上一条记录不衔接，上一条被改动或替换"),
    K.GAP: gettext_lazy("缺少记录：第 %(what)s 条"),
    K.COLUMN: gettext_lazy("字段“%(what)s”与记录内容不一致"),
    K.UNREADABLE: gettext_lazy("记录内容无法读取"),
    K.NO_ENTRIES: gettext_lazy("没有任何流转记录"),
    K.ORPHAN: gettext_lazy("有 %(what)s 条记录，对应的纠纷已不存在"),
    K.STATUS: gettext_lazy("纠纷状态“%(what)s”与最后一条记录不一致"),
    K.TEXT: gettext_lazy("文本“%(what)s”与登记时的哈希不符"),
    K.TEXT_GONE: gettext_lazy("文本“%(what)s”缺失，没有相应的删除记录"),
    K.FACT: gettext_lazy("台账中的“%(what)s”与记录的文本不一致"),
    K.NUMBER: gettext_lazy("编号与所在台账、序号不符"),
    K.NUMBER_GAP: gettext_lazy("台账缺号 %(what)s"),
    K.SEAL: gettext_lazy("当日记录与封存不符（现有/封存 %(what)s 条）：有记录被删除、改动或补写"),
    K.SEAL_CHAIN: gettext_lazy("封存不衔接：缺少某日的封存，或封存被替换"),
    K.SEAL_SIGNATURE: gettext_lazy("封存签名无效，或不是本系统的密钥（%(what)s）"),
}


def fault_words(fault: Mapping[str, Any]) -> str:
    """One sentence for a fault as the check's row keeps it."""
    return str(FAULT_WORDS[K(fault["kind"])]) % {"what": fault["what"]}


def fault_place(fault: Mapping[str, Any]) -> str:
    """t01-2026-000123 第 4 条; for a seal the day, for a book centre, year and number."""
    if fault["seq"] is None:
        return str(fault["where"])
    return _("%(where)s 第 %(seq)d 条") % {"where": fault["where"], "seq": fault["seq"]}
