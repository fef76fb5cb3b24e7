"""How corrections read in the timeline: old and new value, the words as they were, personal data masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import masking
from core.templatetags.components import money, sh_date
from disputes.choices import Confidentiality, PartyKind, PartyRole, UnitRelation
from disputes.entry_words import EntryData
from disputes.models import DisputeCategory, EntryText
from disputes.rules.corrections import WAS
from jurisdictions.models import Place, Sector

Data = Mapping[str, Any]
Names = Mapping[str, str]
TERMS: dict[str, Any] = {
    "title": gettext_lazy("标题"),
    "narrative": gettext_lazy("事由"),
    "category": gettext_lazy("类别"),
    "place_name": gettext_lazy("发生地"),
    "people_count": gettext_lazy("涉及人数"),
    "occurred_on": gettext_lazy("发生日期"),
    "amount_fen": gettext_lazy("涉及金额"),
    "towns": gettext_lazy("涉及乡镇"),
    "sectors": gettext_lazy("涉及行业"),
    "unit_name": gettext_lazy("涉事单位"),
    "unit_relation": gettext_lazy("单位关系"),
    "unit_consent": gettext_lazy("能否告知单位"),
    "restricted": gettext_lazy("知悉范围"),
    "origin_sender": gettext_lazy("来件单位"),
    "origin_number": gettext_lazy("来件编号"),
    "origin_received_on": gettext_lazy("来件日期"),
    "origin_due_at": gettext_lazy("来件要求办结"),
    "origin_answer_wanted": gettext_lazy("书面答复"),
    "role": gettext_lazy("身份"),
    "kind": gettext_lazy("类型"),
    "name": gettext_lazy("姓名或名称"),
    "phone": gettext_lazy("电话"),
    "id_number": gettext_lazy("证件号码"),
    "address": gettext_lazy("住址"),
    "head_count": gettext_lazy("人数"),
}
CODED: dict[str, Any] = {
    "category": DisputeCategory,
    "towns": Place,
    "sectors": Sector,
}  # columns that hold codes of rows
CONSENT_WORDS = {True: gettext_lazy("申请人同意告知"), False: gettext_lazy("申请人不同意告知")}
Show = Callable[[Any, Names], str]
SHOWN: dict[str, Show] = {
    "category": lambda value, names: names.get(f"category:{value}", value),
    "people_count": lambda value, _names: _("%d 人") % value,
    "amount_fen": lambda value, _names: money(value),
    "towns": lambda value, names: _("、").join(names.get(f"towns:{code}", code) for code in value),
    "sectors": lambda value, names: _("、").join(names.get(f"sectors:{code}", code) for code in value),
    "unit_relation": lambda value, _names: str(UnitRelation(value).label),
    "unit_consent": lambda value, _names: str(CONSENT_WORDS[value]),
    "restricted": lambda value, _names: str(
        (Confidentiality.NORMAL, Confidentiality.RESTRICTED)[value].label
    ),
    "origin_due_at": lambda value, _names: sh_date(datetime.fromisoformat(value)),
    "origin_answer_wanted": lambda value, _names: _("要求") if value else _("不要求"),
    "role": lambda value, _names: str(PartyRole(value).label),
    "kind": lambda value, _names: str(PartyKind(value).label),
}
MASKS: dict[str, Callable[[str], str]] = {"phone": masking.phone, "id_number": masking.id_number}


def names_in(payloads: Iterable[Data]) -> dict[str, str]:
    """The names of what corrections name by code; one query for each kind that occurs, none without corrections."""
    codes: dict[str, set[str]] = {}
    for data in payloads:
        for column, pair in data.get("changed", {}).items():
            if column in CODED:
                flat = [pair] if column == "category" else pair
                codes.setdefault(column, set()).update(code for values in flat for code in values if code)
    return {
        f"{column}:{row.code}": str(row.label if column == "category" else row.name)
        for column, wanted in codes.items()
        for row in CODED[column].objects.filter(code__in=wanted)
    }


def said(words: Sequence[str], data: Data, texts: Sequence[EntryText]) -> list[str]:
    """The `words` an entry corrects: title, narrative and unit as they were and are, a party masked."""
    found = {text.name: text for text in texts}
    lines = [_line(name, data, found) for name in words]
    return [line for line in lines if line]


def _line(name: str, data: Data, texts: Mapping[str, EntryText]) -> str:
    old, new = texts.get(f"{name}{WAS}"), texts.get(name)
    if old is None and new is None:
        return ""
    term = TERMS[name]
    if any(text is not None and text.erased_at for text in (old, new)):
        return _("%s：（文本已按期删除）") % term
    if name == "address":
        return _("%s已更正") % term if old else ""
    was, now = (_shown(name, text, data) for text in (old, new))
    if "kind_was" not in data and "kind" in data:  # added: nothing was there before
        return _("%(term)s：%(now)s") % {"term": term, "now": now}
    return _("%(term)s：%(was)s → %(now)s") % {"term": term, "was": was, "now": now}


def _shown(name: str, text: EntryText | None, data: Data) -> str:
    if text is None:
        return _("（无）")
    if name in MASKS:
        return MASKS[name](text.text)
    kind = data.get("kind_was" if text.name.endswith(WAS) else "kind", "")
    return masking.name(text.text) if name == "name" and kind == PartyKind.NATURAL else text.text


def changed(data: EntryData) -> str:
    """类别：邻里纠纷 → 宅基地纠纷；涉及人数：2 人 → 5 人."""
    lines = [
        _("%(term)s：%(was)s → %(now)s")
        % {
            "term": TERMS[column],
            "was": _value(column, old, data.names),
            "now": _value(column, new, data.names),
        }
        for column, (old, new) in data.get("changed", {}).items()
        if column in TERMS
    ]
    return _("；").join([*lines, *_date_left(data)])


def _value(column: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return _("（无）")
    show = SHOWN.get(column)
    return show(value, names) if show else str(value)


def added(data: EntryData) -> str:
    who = _("%(role)s，%(kind)s") % {
        "role": PartyRole(data["role"]).label,
        "kind": PartyKind(data["kind"]).label,
    }
    return _("；").join(part for part in (who, changed(data)) if part)


def barred(data: EntryData) -> str:
    """How many, and what it led to; whom, the page tells to those who may read it."""
    who = {"units": len(data["barred_units"]), "people": len(data["barred_people"])}
    said = [_("应当回避：单位 %(units)d 个、人员 %(people)d 人") % who]
    if data["taken"]:
        said.append(_("原承办单位或责任人应当回避，重新分流"))
    if data["moved"]:
        said.append(_("改由县综治中心管理"))
    return _("；").join([*said, *_date_left(data)])


def _date_left(data: Data) -> list[str]:
    """The limit from here on, where one of the law ended with it."""
    due = data.get("resolve_by")
    return [_("化解时限：%s") % sh_date(datetime.fromisoformat(due))] if due else []
