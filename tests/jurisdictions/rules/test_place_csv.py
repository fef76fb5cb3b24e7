import pytest
from hypothesis import given
from hypothesis import strategies as st

from jurisdictions.rules.place_csv import (
    Line,
    NoCodes,
    Problem,
    is_above_county,
    parse,
    place_name,
    shortened,
)

FILE = """统计用区划代码,城乡分类代码,名称
369900000000,,某市
369901000000,,青岚县
369901101000,,青石镇
369901101201,220,上湾村委会
"""


def short(text: str) -> list[tuple[str, str, str]]:
    return [(line.code, line.name, line.kind) for line in parse(text)]


def test_codes_of_twelve_digits_are_cut_to_their_level() -> None:
    assert short(FILE) == [
        ("369900000000", "某市", ""),
        ("369901", "青岚县", "county"),
        ("369901101", "青石镇", "town"),
        ("369901101201", "上湾村", "village"),
    ]


def test_provinces_and_cities_are_passed_over_not_wrong() -> None:
    city = parse(FILE)[0]
    assert (city.above, city.problem) == (True, None)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("区划代码\t名称", "369901101000\t青石镇"),
        ("code;name", "369901101;青石镇"),
        ("名称,代码", "青石镇,369901101000"),
        ("统计用区划代码 , 名称", '="369901101000",青石镇'),
        ("代码,名称", "369901101000.0,青石镇"),
    ],
)
def test_headers_delimiters_and_spreadsheet_quirks_are_understood(header: str, row: str) -> None:
    assert short(f"{header}\n{row}\n") == [("369901101", "青石镇", "town")]


def test_a_file_without_a_header_is_guessed_from_its_first_line() -> None:
    assert short("369901000000,青岚县\n369901101000,青石镇\n") == [
        ("369901", "青岚县", "county"),
        ("369901101", "青石镇", "town"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "姓名,电话\n张三,139\n", "hello world"])
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(NoCodes):
        parse(text)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("36990110120X,上湾村", Problem.BAD_CODE),
        ("3699011,上湾村", Problem.BAD_CODE),
        ("369901101201,", Problem.NO_NAME),
        ("369901101201," + "村" * 61, Problem.LONG_NAME),
    ],
)
def test_a_wrong_line_says_what_is_wrong(row: str, problem: Problem) -> None:
    assert [line.problem for line in parse(f"代码,名称\n{row}\n")] == [problem]


def test_the_second_line_with_a_code_is_wrong() -> None:
    lines = parse("代码,名称\n369901101000,青石镇\n369901101,青石乡\n")
    assert [line.problem for line in lines] == [None, Problem.TWICE]


def test_line_numbers_are_those_of_the_file() -> None:
    assert [line.number for line in parse("代码,名称\n\n369901101000,青石镇\n")] == [3]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("上湾村委会", "上湾村"),
        ("上湾村村民委员会", "上湾村"),
        ("上湾村民委员会", "上湾村"),
        ("城东社区居委会", "城东社区"),
        ("望湖街道办事处", "望湖街道"),
        ("青石镇", "青石镇"),
    ],
)
def test_a_committee_stands_for_its_place(written: str, name: str) -> None:
    assert place_name(written) == name


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        lines = parse(text)
    except NoCodes:
        return
    assert all(isinstance(line, Line) and (line.kind or line.problem or line.above) for line in lines)


@given(st.from_regex(r"\d{6}", fullmatch=True), st.from_regex(r"\d{3}", fullmatch=True))
def test_shortening_keeps_the_hierarchy(county: str, town: str) -> None:
    code = shortened(f"{county}{town}000")
    assert code.startswith(county)
    assert len(code) in (6, 9)
    assert is_above_county(county) == county.endswith("00")
