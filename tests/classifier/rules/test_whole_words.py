"""A word is read whole: 加油站 holds no 站, 交易引发 no 易引发. Right values by meaning, written beside each."""

import re

import pytest

from classifier.rules.whole import WholeWords
from tests.classifier.rules.classifying import danger, level


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("小区门口加油站建设", 60),
        ("小区门口加油站建设，施工噪声大。", 60),
        ("小区门口设计不合理。", 60),
        ("学校门口建设路坑洼。", 60),
        ("门口书架摆放不整齐。", 60),
        ("路上访问游客的记者太多。", 60),
        ("孩子跟不上课程，六十名家长要求换老师。", 60),
        ("六十名业主要求物业把小区住宅楼的电梯修好。", 60),
        ("二十名家长要求把学校住宿费降下来。", 20),
        ("六十名居民要求镇里把有关规定贴出来。", 60),
        ("三十名村民要求把村里停车场修好。", 30),
        ("一百二十名教师到县教育局递交职称评审材料。", 120),
        ("楼上吊顶漏水，三十户住户要求修。", 30),
    ],
)
def test_part_of_another_word_says_nothing(text, people):
    assert level(text, people) == 0
    assert not danger(text, people)


@pytest.mark.parametrize(
    ("text", "people", "right"),
    [
        ("小区门口设路障，三十名业主不让车辆进出。", 30, 2),
        ("因土地交易引发三十名村民堵住镇政府大门。", 30, 2),
        ("三十名村民带着以上诉求集体到省里上访。", 30, 3),
        ("三十名业主堵住电影院大门，要求退还会员费。", 30, 2),
        ("三十名工人堵住爆竹厂大门讨薪。", 30, 2),
        ("村民代表演讲后三十名工人堵住厂门。", 30, 2),
        ("三十名村民不得不堵住工地大门。", 30, 2),
        ("三十人死守厂门，不让货车出入。", 3, 2),
        ("三十人警告说，再不发钱就堵厂门。", 3, 2),
        ("二十人持刀在屠宰场门口对峙。", 20, 1),
        ("六百名考生家长围在教育考试院外，要求公开评分。", 600, 1),
        ("三十名业主把停车场堵住，要求退费。", 30, 2),
        ("三十名商户堵住停车场出入口。", 30, 2),
        ("死者家属十二人把灵堂设在施工单位门口。", 12, 2),
    ],
)
def test_part_of_another_word_takes_nothing_back_and_hides_nothing(text, people, right):
    assert level(text, people) == right


def test_a_word_read_in_part_is_passed_over_and_the_search_reaches_further():
    words = WholeWords.of("门口建设处设卡", re.compile("建设"))
    assert list(words.found(re.compile("门口.{0,5}?设"))) == [(0, 6)]


def test_a_word_the_search_names_whole_stands():
    words = WholeWords.of("砸坏设备", re.compile("设备"))
    assert list(words.found(re.compile("砸坏.{0,4}?设备"))) == [(0, 4)]
