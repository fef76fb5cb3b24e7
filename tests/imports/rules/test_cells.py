"""What cells say, by tables written from the calendar and by hand."""

from datetime import date

import pytest

from imports.rules.cells import CellFault, Doubt, Ways, count_of, day_of, fen_of, with_unit
from imports.rules.sheet import changed_in, text_of

SECOND = date(2026, 3, 2)
NOBODY_ASKED = Ways()
ANSWERED = Ways(year=2026, century=True, unit="yuan")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026/3/2",
        "2026.3.2",
        "2026年3月2日",
        "2026年3月2号",
        "20260302",
        "2026／3／2",
        "２０２６-０３-０２",
        "2026-03-02 14:30",
        "2026-03-02T14:30:00",
        "2026年3月2日 下午3时20分",
        "2026年3月2日下午",
        "2026-3-2 (周一)",
        "46083",
        "46083.604",
    ],
)
def test_a_day_however_it_is_written(text: str) -> None:
    assert day_of(text, NOBODY_ASKED).value == SECOND


@pytest.mark.parametrize(
    "text",
    [
        "三月初",
        "2026-02-30",
        "2026-13-01",
        "20261301",
        "2026年3月",
        "3.2",
        "⑤",
        "2026-3-2-1",
        "9999999999-1-1",
        "12345678901",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert day_of(text, ANSWERED).fault is CellFault.NOT_A_DATE


@pytest.mark.parametrize("text", ["3月2日", "3/2", "3-2", "03月02日"])
def test_a_day_without_a_year_is_asked_about(text: str) -> None:
    asked = day_of(text, NOBODY_ASKED)
    assert (asked.value, asked.fault, asked.doubt) == (None, CellFault.NO_YEAR, Doubt.NO_YEAR)
    assert day_of(text, ANSWERED).value == SECOND


def test_the_29th_of_february_is_a_day_of_the_year_that_is_meant() -> None:
    assert day_of("2月29日", Ways(year=2024)).value == date(2024, 2, 29)
    assert day_of("2月29日", Ways(year=2026)).fault is CellFault.NOT_A_DATE


@pytest.mark.parametrize("text", ["26.3.2", "26-03-02", "26年3月2日"])
def test_a_year_of_two_figures_is_asked_about(text: str) -> None:
    assert day_of(text, NOBODY_ASKED).fault is CellFault.SHORT_YEAR
    assert day_of(text, ANSWERED).value == SECOND
    assert day_of(text, Ways(century=False)).fault is CellFault.SHORT_YEAR


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("3.5万元", 3_500_000),
        ("￥3000", 300_000),
        ("¥3,000.50", 300_050),
        ("3,000元", 300_000),
        ("５０００元", 500_000),
        ("1.2亿元", 12_000_000_000),
        ("3千元", 300_000),
        ("3000元整", 300_000),
        ("人民币3000元", 300_000),
        ("0.28元", 28),
        ("0", 0),
        ("-5元", -500),
    ],
)
def test_an_amount_that_names_its_unit(text: str, fen: int) -> None:
    assert fen_of(text, NOBODY_ASKED).value == fen


@pytest.mark.parametrize("text", ["0.285元", "0.0000001万元"])
def test_a_part_of_a_fen_is_refused_and_never_cut(text: str) -> None:
    assert fen_of(text, NOBODY_ASKED).fault is CellFault.FRACTION


@pytest.mark.parametrize("text", ["12 34元", "1,2元", "1e5", "⑤", "许多", "12\n34", "3000元5000元"])
def test_figures_are_never_glued(text: str) -> None:
    assert fen_of(text_of(text, "amount"), ANSWERED).fault is CellFault.NOT_A_NUMBER


def test_an_amount_without_a_unit_is_asked_about_unless_the_heading_says_it() -> None:
    assert fen_of("3000", NOBODY_ASKED).fault is CellFault.NO_UNIT
    assert fen_of("3000", ANSWERED).value == 300_000
    assert fen_of("3.5", Ways(unit="wan")).value == 3_500_000
    assert fen_of("3.5", NOBODY_ASKED, "wan").value == 3_500_000
    assert fen_of("3000元", NOBODY_ASKED, "wan").value == 300_000
    assert fen_of(with_unit("3.5", "wan"), NOBODY_ASKED, "yuan").value == 3_500_000


@pytest.mark.parametrize(
    ("text", "count"), [("30", 30), ("30人", 30), ("1,200人", 1200), ("２名", 2), ("5.0", 5)]
)
def test_a_number_of_persons(text: str, count: int) -> None:
    assert count_of(text).value == count


@pytest.mark.parametrize("text", ["30余人", "30多人", "约30人", "30人左右", "30人以上", "近30"])
def test_about_so_many_are_read_and_told(text: str) -> None:
    assert (count_of(text).value, count_of(text).doubt) == (30, Doubt.ABOUT)


@pytest.mark.parametrize("text", ["⑤", "³", "2.5", "12 3", "三五人", "12\t3", "-3"])
def test_what_is_no_number_of_persons(text: str) -> None:
    assert count_of(text_of(text)).fault is CellFault.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["无", "/", "—", "-"])
def test_words_for_nothing_are_nothing(text: str) -> None:
    for said in (day_of(text, NOBODY_ASKED), fen_of(text, NOBODY_ASKED), count_of(text)):
        assert (said.value, said.fault, said.doubt) == (None, None, Doubt.MEANS_NOTHING)


def test_tabs_and_line_breaks_become_a_blank_and_the_narrative_keeps_its_lines() -> None:
    assert text_of("张\n三\t12\r\n34", "applicant") == "张 三 12 34"
    assert text_of("第一行\r\n第二行\t完", "narrative") == "第一行\n第二行 完"


def test_characters_that_cannot_be_kept_are_named() -> None:
    assert changed_in("甲\x07乙\ue000\uf9d1") == "\x07\ue000\uf9d1"
    assert changed_in("第一行\n第二行，Café") == ""
