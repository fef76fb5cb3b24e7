"""The index finds what LIKE finds in the plain text. The oracle normalises by itself and asks LIKE."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.search import plain, tsquery_text, tsvector_text

pytestmark = pytest.mark.django_db
PAIRS = dict(
    zip(
        "萬與專業農業勞動糾紛證據錢還調解處補償單後裡麵",
        "万与专业农业劳动纠纷证据钱还调解处补偿单后里面",
        strict=True,
    )
)
ALPHABET = "拨打12345热线反映3.5万元欠薪ＡＢab款项萬與糾紛證據，。 、-:/（）\n"
MARKS = ".,:/-"


def like(text: str, term: str) -> bool:
    """Each part of the term stands in the text, parts and text cut at blanks and at marks outside figures."""
    return all(part in f" {_cut(text)} " for part in _cut(term).split())


def _cut(text: str) -> str:
    wide = [PAIRS.get(one, one) for one in unicodedata.normalize("NFKC", text).lower()]
    kept = [one if _belongs(wide, at) else " " for at, one in enumerate(wide)]
    return "".join(kept)


def _belongs(wide: list[str], at: int) -> bool:
    if wide[at].isalnum():
        return True
    inside = 0 < at < len(wide) - 1 and wide[at - 1].isalnum() and wide[at + 1].isalnum()
    return wide[at] in MARKS and inside and wide[at - 1].isascii() and wide[at + 1].isascii()


def found(text: str, term: str) -> bool:
    words = [query for query in map(tsquery_text, term.split()) if query]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [tsvector_text(text), " & ".join(words)])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "term", "right"),
    [
        ("群众拨打12345热线反映", "12345热线", True),
        ("12345转办，热线已回复", "12345热线", False),
        ("补偿3.5万元", "3.5万", True),
        ("补偿3万5千元，共5万", "3.5万", False),
        ("補償糾紛已調解", "补偿纠纷", True),
        ("补偿纠纷已调解", "補償糾紛", True),
        ("Ａ区1栋A-101室漏水", "a-101", True),
        ("A栋和101室", "A-101", False),
        ("粤B12345货车", "B12345货车", True),
        ("二〇二六年", "二〇二六", True),
    ],
)
def test_what_is_written_together_is_found_together(text: str, term: str, right: bool) -> None:
    assert found(text, term) is right
    assert like(text, term) is right


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(ALPHABET, min_size=1, max_size=40), st.data())
def test_the_index_and_like_answer_alike(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    term = data.draw(
        st.one_of(
            st.just(text[start : start + data.draw(st.integers(1, 8))]),
            st.text(ALPHABET, min_size=1, max_size=6),
        )
    )
    if any(tsquery_text(word) for word in term.split()):
        assert found(text, term) == like(text, term)


def test_the_table_of_characters_knows_the_common_ones_and_changes_no_simplified_one() -> None:
    assert plain("".join(PAIRS)) == "".join(PAIRS.values())
    everyday = "本镇村民因排水沟改道发生争吵要求拖欠工资着乾坤于余云台发面里后谷丑只系向回"
    assert plain(everyday) == everyday.replace("乾", "干")
