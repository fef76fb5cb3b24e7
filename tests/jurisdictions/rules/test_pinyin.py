import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.rules.pinyin import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("青石镇", "qsz"),
        ("柳河乡", "lhx"),
        ("上湾村", "swc"),
        ("岚溪县", "lxx"),
        ("梅子坳村", "mzac"),
        ("第3社区", "d3sq"),
        ("", ""),
    ],
)
def test_initials_of_common_characters(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_character_without_known_sound_is_left_out() -> None:
    assert initials("龘溪县") == "xx"


@given(st.text(max_size=40))
def test_any_text_gives_lower_case_letters_and_digits(text: str) -> None:
    found = initials(text)
    assert found == found.lower()
    assert found == "" or found.isalnum()
