"""Who stands against whom in a dispute of the demo county."""

import random
from datetime import date

from demo import slots
from demo.organizations import ENTERPRISES
from demo.skeletons import Skeleton
from demo.slots import Setting
from disputes.rules.intake import PartyFacts

ID_SHARE = 0.4
PHONE_SHARE = 0.8
GROUP_NAMES = {
    "wage_arrears": "被欠薪人员",
    "labour_other": "职工",
    "enterprise_reform": "原企业职工",
    "property_mgmt": "小区业主",
    "education": "学生家长",
    "food_drug": "反映人",
    "consumer": "会员",
    "tourism": "游客",
    "illegal_fundraising": "参与人",
    "medical": "家属",
    "traffic": "家属",
}
UNIT_NAMES = {code: name for code, name, _town in ENTERPRISES}


def of(
    skeleton: Skeleton, setting: Setting, filled: dict[str, str], count: int, day: date, rnd: random.Random
) -> tuple[PartyFacts, ...]:
    """Applicant (or group with its representative), the other side, and a third where the story has one."""
    if skeleton.parties == "villages":
        return _villages(setting, count)
    if skeleton.parties == "groups":
        return _two_groups(setting, filled, count)
    found = _applicants(skeleton, setting, filled, count, day, rnd)
    other = _other_side(skeleton, setting, filled, day, rnd)
    found += [other] if other else []
    return tuple(found)


def _person(role: str, name: str, setting: Setting, day: date, rnd: random.Random) -> PartyFacts:
    return PartyFacts(
        role=role,
        kind="natural",
        name=name,
        phone=slots.phone(rnd) if rnd.random() < PHONE_SHARE else "",
        id_number=slots.id_number(rnd, day) if rnd.random() < ID_SHARE else "",
        address=f"{setting.town.name}{setting.village.name}{rnd.choice(slots.GROUPS)}",
    )


def _applicants(
    skeleton: Skeleton, setting: Setting, filled: dict[str, str], count: int, day: date, rnd: random.Random
) -> list[PartyFacts]:
    if not skeleton.group:
        return [_person("applicant", filled["a"], setting, day, rnd)]
    name = f"{setting.village.name}{GROUP_NAMES.get(skeleton.category, '村民')}"
    group = PartyFacts("applicant", "group", f"{name}（{count}人）", head_count=count)
    return [group, _person("representative", filled["a"], setting, day, rnd)]


def _other_side(
    skeleton: Skeleton, setting: Setting, filled: dict[str, str], day: date, rnd: random.Random
) -> PartyFacts | None:
    if skeleton.accused:
        name = f"{setting.village.name}{'居委会' if skeleton.setting == 'community' else '村委会'}"
        return PartyFacts("respondent", "legal", name, organization=setting.village.alias)
    if skeleton.respondent == "x" or skeleton.unit == "x":
        return PartyFacts("respondent", "legal", filled["x"])
    if skeleton.unit:
        return PartyFacts("respondent", "legal", UNIT_NAMES[skeleton.unit], organization=skeleton.unit)
    if "{b}" in skeleton.text or "{b}" in skeleton.title:
        return _person("respondent", filled["b"], setting, day, rnd)
    return None


def _villages(setting: Setting, count: int) -> tuple[PartyFacts, ...]:
    return tuple(
        PartyFacts(role, "group", f"{village.name}村民", head_count=max(2, count // 2), organization="")
        for role, village in (("applicant", setting.village), ("respondent", setting.other_village))
    )


def _two_groups(setting: Setting, filled: dict[str, str], count: int) -> tuple[PartyFacts, ...]:
    here = filled["group"]
    there = next(group for group in slots.GROUPS if group != here)
    return tuple(
        PartyFacts(role, "group", f"{setting.village.name}{group}村民", head_count=max(2, count // 2))
        for role, group in (("applicant", here), ("respondent", there))
    )
