"""Whatever is typed, the classifier answers, quickly, and its evidence fits the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.rules import classify
from tests import slowness
from tests.classifier.rules.classifying import shipped_policy, verdict

LONG = 100_000
WORDS = [
    "二十余名", "一百一十人", "户", "村民", "堵住", "大门", "去", "省里", "上访", "集体", "不会", "曾", "已化解",
    "持", "砍刀", "对峙", "冲击", "派出所", "打伤", "汽油", "，", "。", "！", "\n", " ", "　", "ＡＢ", "㎡", "①",
    "😀", "👨‍👩‍👧", "é", "e\u0301", "\u200b", "１２０人", "a", "\x00", "\ud800",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map("".join))


@given(TEXTS, st.none() | st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict_whose_evidence_fits_it(text: str, people: int | None) -> None:
    found = classify(text, people_count=people, policy=shipped_policy())
    assert found.level in {0, 1, 2, 3}
    assert bool(found.rule) == (found.level > 0)
    for each in found.evidence:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_same_text_always_gets_the_same_verdict(text: str) -> None:
    assert verdict(text, 20) == verdict(text, 20)


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_a_number_on_the_form_alone_never_makes_a_level(people: int) -> None:
    assert verdict("邻居家空调噪音影响睡眠，希望协调移位。", people).level == 0


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "堵", "！！！", "hello", "😀😀", "123", "二十"])
def test_almost_nothing_is_nothing(text: str) -> None:
    assert verdict(text, None).level == 0


def test_full_width_digits_and_blanks_are_read_and_shown_as_written() -> None:
    text = "２５ 名村民　堵 住大门，不让车辆出入。"
    found = verdict(text, None)
    assert found.level == 2
    assert "２５ 名" in {each.text for each in found.evidence}


def cpu_seconds(text: str) -> float:
    started = time.process_time()
    verdict(text, 20)
    return time.process_time() - started


@pytest.mark.parametrize(
    "unit",
    ["1", "一", "十", "百", "堵", "堵路", "围", "去", "到", "省", "市", "去省信访局", "不", "不会", "曾", "已",
     "人", "二十人", "十户", "扬言", "把", "被", "，", "。", " ", "😀", "ａＡ１", "the quick brown fox ", "集体",
     "公司", "反映", "村民二十人到派出所围住大门堵路上访打砸，"],
)  # fmt: skip
def test_a_hundred_thousand_characters_of_anything_take_under_a_second(unit: str) -> None:
    verdict("先读一次", 1)
    text = (unit * LONG)[:LONG]
    assert cpu_seconds(text) < 1.0 or min(cpu_seconds(text) for _ in range(3)) < slowness.of_processor()


def test_time_grows_with_length_and_not_faster() -> None:
    sentence = "二十名村民堵住采石场大门，不让车辆出入，扬言明天集体去省里上访。"
    short, long = sentence * 100, sentence * 1000
    quick = min(cpu_seconds(short) for _ in range(3))
    assert min(cpu_seconds(long) for _ in range(2)) < 25 * max(quick, 0.002)


def test_three_hundred_characters_take_a_few_milliseconds() -> None:
    text = ("二十名村民因灰尘污染到搅拌站门口聚集，堵住大门不让罐车出入，镇里正在劝导。" * 10)[:300]
    verdict(text, 20)
    assert sorted(cpu_seconds(text) for _ in range(15))[7] < 0.015 * slowness.of_processor()
