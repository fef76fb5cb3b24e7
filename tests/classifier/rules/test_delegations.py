"""A number after 代表, 推选, 选派 is the size of a delegation; the group is those who sent it.

The right level of each family is written beside it: five or fewer going for others are nothing, the plan of those
others is what it is without them (§7, 信访工作条例 art. 20).
"""

from pathlib import Path

import pytest

from classifier.rules.scoring import load
from tests.classifier.rules.classifying import level, verdict

DATA = Path(__file__).resolve().parents[1] / "data"
LEARNT = ("county_examples", "development", "held_out", "held_out_third", "held_out_eighth", "probes")

DELEGATIONS = (
    "村民代表5人", "村民代表五人", "5名代表", "五名村民代表", "村民代表周某、李某等5人", "村民推选5人",
    "村民推选出五名代表", "村民推举３人", "村民选派三人", "村民选出3名代表", "村民委派两人", "村民委托4人",
    "村民公推三人", "代表一行5人", "村民代表（5人）", "村民派出3人", "大家派了2个人", "村民推了四个代表", "由5名代表",
)  # fmt: skip
PLANS = (
    ("村民商量下周一包两辆大巴到省里", 3),
    ("全体村民准备明天集体到市里上访", 3),
    ("全部村民扬言到省政府上访", 3),
    ("群里有人号召一起到省信访局上访", 3),
    ("村民扬言周一到县政府门口静坐", 2),
    ("大家商定明天去堵工地大门", 2),
    ("其余村民在工地阻止施工", 2),
    ("村民计划拉横幅游行", 2),
)
ERRANDS = ("到省信访局递交材料", "到市信访局反映后返回", "明天去省里反映", "到市住建局上访讨说法")


@pytest.mark.parametrize(
    ("text", "people", "right"),
    [
        ("村民代表5人到镇政府反映，村民商量下周一包两辆大巴到省里。", 40, 3),
        ("5名代表到镇政府反映，村民商量下周一包两辆大巴到省里。", 40, 3),
        ("工人代表3人来反映，全部工人周一到县政府门口静坐。", 30, 2),
        ("5名代表到县信访局反映后返回，没有其他人。", 5, 0),
        ("5名代表到县信访局反映，没有其他人。准备明天再到省信访局递交材料，没有其他人参加。", 40, 0),
        ("代表5人来访。代表表示明天去市信访局递交材料。", 40, 0),
        ("3名代表受全体业主委托到市住建局上访。", 36, 0),
        ("3名代表代表全体村民到省信访局递交材料。", 36, 0),
        ("十一名股民代表到镇里，均表示明日到合作社静坐。", 11, 2),
        ("五个村各选两名代表，准备集体到省里上访。", 40, 3),
        ("业主拉横幅堵住大门，并推选5名代表进去谈。", 40, 2),
        ("张某代表三十名村民扬言集体到省里上访。", 1, 3),
        ("3名代表扬言喝农药。", 30, 0),
        ("村民代表5人来访，村民张某扬言一个人到省里上访。", 40, 0),
    ],
)
def test_the_group_is_who_sent_the_delegation_unless_the_text_says_so_few_act(text, people, right):
    assert level(text, people) == right


@pytest.mark.parametrize("delegation", DELEGATIONS)
@pytest.mark.parametrize(("plan", "right"), PLANS)
@pytest.mark.parametrize("join", ["，", "。", "。目前"])
def test_a_delegation_silences_no_plan_of_the_others(delegation, plan, right, join):
    assert level(f"{delegation}到镇政府反映{join}{plan}。", 40) == right


@pytest.mark.parametrize("delegation", DELEGATIONS)
@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize("people", [5, 40])
def test_a_delegation_on_its_errand_is_no_warning_however_many_sent_it(delegation, errand, people):
    assert level(f"{delegation}{errand}。", people) == 0


@pytest.mark.parametrize("name", LEARNT)
def test_a_visit_of_delegates_told_first_changes_no_labelled_narrative(name):
    changed = [
        each.id
        for each in load(DATA / f"{name}.jsonl")
        for visit in ("代表5人来访。", "各方推选三名代表到镇里说明情况。")
        if level(visit + each.text, each.people_count) != level(each.text, each.people_count)
    ]
    assert changed == []


def test_the_size_of_the_delegation_is_not_shown_as_what_spoke_for_the_level():
    found = verdict("村民代表5人到镇政府反映，村民商量下周一包两辆大巴到省里。", 40)
    assert "head_count" not in {each.indicator for each in found.evidence}
