"""Numbers as people write them."""

import pytest

from classifier.rules.counts import Kind, counts_in
from classifier.rules.numerals import value_of
from tests.classifier.rules.classifying import shipped_policy


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一", 1), ("两", 2), ("十", 10), ("十六", 16), ("二十", 20), ("廿三", 23), ("三十一", 31), ("一百一十", 110),
        ("一百零五", 105), ("二百", 200), ("三千二百", 3200), ("一万", 10_000), ("三四十", 30), ("几十", 30),
        ("数百", 300), ("上百", 100), ("百", 100), ("120", 120), ("一二〇", 120), ("陆拾", 60), ("三四", 3),
    ],
)  # fmt: skip
def test_a_numeral_is_read_as_the_least_it_can_mean(words: str, value: int) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("text", "value", "households"),
    [
        ("二十余名工人", 20, False),
        ("一百一十人封路", 110, False),
        ("上百人围住", 100, False),
        ("几十号人堵门", 30, False),
        ("三四十人", 30, False),
        ("近200人", 190, False),
        ("近百人", 95, False),
        ("50多位业主", 50, False),
        ("十几个村民", 11, False),
        ("三个村三百多人", 300, False),
        ("两个组共四十名工人", 40, False),
        ("几百村民", 300, False),
        ("两三百工人", 200, False),
        ("二百余群众", 200, False),
        ("四十五户", 45, True),
        ("十八家养殖户", 18, True),
    ],
)
def test_a_head_count_is_found_and_households_are_told_apart(text: str, value: int, households: bool) -> None:
    (count,) = counts_in(text, shipped_policy().people)
    assert (count.value, count.households) == (value, households)


@pytest.mark.parametrize(
    "text",
    [
        "三个月",
        "五百元",
        "第一名的奖",
        "两千元押金",
        "三次",
        "二十日",
        "12345转办",
        "人民",
        "一辆车",
        "八十老人",
        "十一村民小组",
    ],
)
def test_other_numbers_are_no_head_counts(text: str) -> None:
    assert [count for count in counts_in(text, shipped_policy().people) if count.value > 1] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("三名警察", Kind.TOTAL),
        ("五人受伤", Kind.TOTAL),
        ("影响二十户", Kind.TOTAL),
        ("打伤两名干部", Kind.TOTAL),
        ("五名代表", Kind.REPRESENTATIVES),
        ("五名村民代表", Kind.REPRESENTATIVES),
        ("二十名村民", Kind.ACTORS),
        ("被拖欠工资的三十名工人", Kind.ACTORS),
        ("拖欠三十名工人的工资", Kind.TOTAL),
    ],
)
def test_whose_heads_are_counted(text: str, kind: Kind) -> None:
    (count,) = counts_in(text, shipped_policy().people)
    assert count.kind is kind
