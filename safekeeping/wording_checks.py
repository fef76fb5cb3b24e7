"""What the verification found, in words: where, which entry, what differs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.comparing import recorded_tables
from disputes.models.shown_numbers import shown_number
from disputes.rules import numbers
from safekeeping.rules.faults import FaultKind as K
from safekeeping.rules.faults import RemarkKind as R

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
    K.SEAL_FACTS: gettext_lazy("事实留痕与封存不符（现有/封存 %(what)s 条）：留痕被删除、改动或补写"),
    K.SEAL_MISSING: gettext_lazy("这一天起应已封存至 %(what)s，却没有封存"),
    K.WITNESS_MISSING: gettext_lazy("找不到封存见证文件，无法确认封存没有被整体替换"),
    K.WITNESS_BROKEN: gettext_lazy("封存见证文件中有一行无法读取或不衔接（%(what)s）"),
    K.WITNESS_LOST: gettext_lazy("见证文件记有第 %(what)s 号封存，数据库中没有：封存被删除，或恢复过旧备份"),
    K.WITNESS_DIFFERS: gettext_lazy("封存与见证文件所记不同：%(what)s"),
    K.WITNESS_BEHIND: gettext_lazy("第 %(what)s 号封存不在见证文件中"),
    K.ROW_CHANGED: gettext_lazy("“%(what)s”与数据库当时的留痕不一致，绕过系统被改动"),
    K.ROW_GONE: gettext_lazy("这一行被删除，没有相应的留痕"),
    K.ROW_ADDED: gettext_lazy("这一行没有留痕，绕过系统被写入"),
    K.ROW_UNTOLD: gettext_lazy("改动时没有写下任何环节或访问记录：%(what)s"),
    K.SEAL_SIGNATURE: gettext_lazy("封存签名无效，或不是本系统的密钥（%(what)s）"),
}

REMARK_WORDS: dict[R, Any] = {
    R.LATE: gettext_lazy("%(where)s 的封存是事后补做的：%(what)s"),
    R.RESTORED: gettext_lazy("%(where)s 恢复过较早的备份，其后的封存作废：%(what)s"),
    R.OLD_SEALS: gettext_lazy("有 %(what)s 天的封存是旧格式，只覆盖流转记录，不覆盖事实留痕"),
    R.FOUND_ROWS: gettext_lazy("有 %(what)s 行在系统升级时已经存在，只能核对升级以后的改动"),
    R.CLOCK: gettext_lazy("%(where)s 第 %(what)s 条的时间早于上一条：当时的时钟走快后被校准，不影响记录"),
}
NOT_RUNNING_WORDS = gettext_lazy("系统当时没有运行，恢复运行后自动补封")


def remark_words(remark: Mapping[str, Any]) -> str:
    """One sentence for what is no fault and must be known all the same."""
    what = NOT_RUNNING_WORDS if remark["what"] == "not_running" else remark["what"]
    return str(REMARK_WORDS[R(remark["kind"])]) % {"where": _shown(remark["where"]), "what": what}


def fault_words(fault: Mapping[str, Any]) -> str:
    """One sentence for a fault as the check's row keeps it."""
    return str(FAULT_WORDS[K(fault["kind"])]) % {"what": fault["what"]}


def fault_place(fault: Mapping[str, Any]) -> str:
    """〔2026〕青石镇第000123号 第 4 条; with 期限 #17 for a row; for a seal the day, for a book its name."""
    where = _shown(fault["where"])
    if fault.get("row"):
        return f"{where} {row_words(fault['row'])}".strip()
    if fault["seq"] is None:
        return where
    return _("%(where)s 第 %(seq)d 条") % {"where": where, "seq": fault["seq"]}


def _shown(where: str) -> str:
    """A dispute's number as it is printed; days and books as they stand."""
    return shown_number(where) if isinstance(numbers.parse(where), numbers.AsNumber) else where


def row_words(row: str) -> str:
    """期限 #17, out of `calendars_deadline 17`."""
    table, row_id = row.rsplit(" ", 1)
    recorded = recorded_tables().get(table)
    return f"{recorded.label if recorded else table} #{row_id}"
