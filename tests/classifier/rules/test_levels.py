"""The convention of the county: what makes a 1, a 2, a 3, and what is dangerous besides."""

import pytest

from tests.classifier.rules.classifying import danger, indicators, level, verdict


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("violent_clash", "六十五名民工与保安队发生群殴，互掷砖块，造成九人受伤。"),
        ("armed_group", "三十名村民手持锄头、木棍与施工队对峙。"),
        ("attack_on_authority", "七十余人冲击派出所抢人，砸毁警车。"),
        ("railway", "九十名职工躺卧在矿区铁路线上，列车停驶。"),
        ("main_road_with_conflict", "八十名村民封堵国道，与过往司机推搡冲突，多人受伤。"),
        ("group_threat", "十一名工人登上天台，称不给钱就一起跳。"),
        ("hundreds_acting", "三百五十余名村民聚集在县政府广场，要求县长答复。"),
    ],
)
def test_each_kind_of_gravest_event_is_level_one(rule: str, text: str) -> None:
    found = verdict(text, 50)
    assert found.level == 1
    assert found.rule == rule or found.rule in {
        "attack_on_authority",
        "armed_group",
        "violent_clash",
        "clashing",
    }


@pytest.mark.parametrize(
    "text",
    [
        "二十五名村民到搅拌站门口聚集，堵住大门不让罐车出入。",
        "五十名商户罢市，聚集在管委会门口起哄。",
        "三十名家属在卫生院设灵堂、堵住门诊大厅。",
        "二十名工人到项目部静坐，不让其他班组施工。",
        "三十八名职工把工作组围在会议室里，不签字不让走，没有打骂。",
        "十二名装修工声明：周五前不给钱就把售楼部大门给封了。",
    ],
)
def test_unarmed_blocking_stopping_sitting_and_detaining_is_level_two(text: str) -> None:
    assert level(text, 30) == 2


@pytest.mark.parametrize(
    "text",
    [
        "二十名工人被欠薪三个月，说好明天一起去省里上访。",
        "四十五户反对变电站选址，表示镇里解决不了就组织大家直接去省里。",
        "十九名司机打算绕开县里集体到市里信访。",
        "我们十六个老姊妹凑了路费，后天一早到省里去，谁劝也不听。",
    ],
)
def test_a_group_going_over_the_level_is_level_three(text: str) -> None:
    assert level(text, 20) == 3


def test_five_are_not_yet_a_group_six_are() -> None:
    assert level("五名工人商量一起去省信访局上访。", 5) == 0
    assert level("六名工人商量一起去省信访局上访。", 6) == 3


def test_the_form_can_say_that_it_is_a_group() -> None:
    assert level("工人商量去省信访局上访。", 20) == 3


def test_many_people_concerned_make_no_level() -> None:
    assert level("小区三百户的电梯经常坏，物业答应十天内修好。", 900) == 0


def test_households_are_not_persons() -> None:
    assert level("一百二十户村民堵住采石场的路。", None) == 2
    assert level("一百二十名村民堵住采石场的路。", None) == 1


def test_who_is_hurt_or_sent_by_an_office_is_not_who_acts() -> None:
    assert level("二十名村民堵住工地大门，镇里派出一百二十名干部劝导。", 20) == 2


@pytest.mark.parametrize(
    "text",
    [
        "一妇女因家庭琐事站在自家楼顶扬言轻生，邻居请求劝解。",
        "夫妻争吵，丈夫将汽油泼在客厅扬言点火。",
        "王某持砍刀守在李某门口，要求归还欠款。",
        "周某拧开煤气阀门，称要与妻子同归于尽。",
        "老许掏出一瓶农药，声称问题不解决就喝下去。",
    ],
)
def test_danger_to_life_is_marked_for_one_person_without_a_level(text: str) -> None:
    assert (level(text, 1), danger(text, 1)) == (0, True)


def test_a_blockade_without_weapons_is_no_danger() -> None:
    assert not danger("二十五名村民堵住大门不让罐车出入。", 25)


def test_the_deciding_words_and_the_head_count_are_shown() -> None:
    found = indicators("二十五名村民堵住大门不让罐车出入。", 25)
    assert {"blockade", "head_count"} <= found


def test_an_ordinary_dispute_has_no_rule_and_no_evidence() -> None:
    found = verdict("邻居家空调外机正对卧室窗户，噪音影响睡眠，希望协调移位。", 2)
    assert (found.level, found.danger, found.rule, found.evidence) == (0, False, "", ())
