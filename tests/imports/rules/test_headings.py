"""Where the names of columns stand, and what they are."""

import pytest

from imports.rules.headings import COLUMNS, TITLE_OF, Heading, locate, name_of

TITLES = [column.title for column in COLUMNS]


def located(*rows: list[str]) -> Heading:
    found = locate(list(enumerate(rows, start=1)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("涉及金额(元)", "amount"),
        ("涉及金额（万元）", "amount"),
        ("涉及\n金额", "amount"),
        ("标 题", "title"),
        ("＊标题", "title"),
        ("村（社区）", "place"),
        ("村(社区)", "place"),
        ("申请人（签名）", "applicant"),
        ("申请人\u3000电话", "applicant_phone"),
        ("备注", ""),
    ],
)
def test_a_heading_without_regard_to_width_blanks_and_brackets(written: str, name: str) -> None:
    assert name_of(written) == name


def test_every_name_of_every_column_means_that_column() -> None:
    for column in COLUMNS:
        assert {name_of(title) for title in (column.title, *column.also)} == {column.name}


def test_title_rows_and_a_cover_stand_before_the_names() -> None:
    found = located(["矛盾纠纷台账"], ["填报单位：青石镇", "", "2026年3月"], TITLES, ["1"] * len(TITLES))
    assert (found.first_row, found.last_row, found.is_usable) == (3, 3, True)
    assert locate([(1, ["岚溪县台账"]), (2, ["2026"])]) is None


def test_two_lines_of_names_are_read_together() -> None:
    upper = ["标题", "事由", "类别", "发生地", "申请人", "", "被申请人", ""]
    lower = ["标题", "事由", "类别", "发生地", "姓名", "电话", "姓名", "电话"]
    found = located(upper, lower)
    assert found.last_row == 2
    assert list(found.positions.values()) == [
        "title",
        "narrative",
        "category",
        "place",
        "applicant",
        "applicant_phone",
        "respondent",
        "respondent_phone",
    ]


def test_what_is_missing_or_stands_twice_is_named() -> None:
    found = located(["标题", "标题", "事由", "类别", "发生地", "申请人"])
    assert (found.twice, found.missing) == (("标题",), ())
    assert located(["标题", "类别", "申请人"]).missing == ("事由", "发生地")


def test_our_own_heading_goes_before_one_that_resembles_it() -> None:
    found = located(["名称", *TITLES])
    assert found.is_usable
    assert found.positions[TITLES.index(TITLE_OF["title"]) + 1] == "title"
    assert found.is_missed(0)


@pytest.mark.parametrize(
    ("title", "unit"), [("涉及金额", ""), ("涉及金额（元）", "yuan"), ("涉及金额(万元)", "wan")]
)
def test_the_unit_a_heading_names(title: str, unit: str) -> None:
    assert located(["标题", "事由", title]).unit == unit


def test_names_that_stand_again_on_every_page_are_no_line() -> None:
    found = located(TITLES)
    assert found.repeats(TITLES)
    assert not found.repeats(["旧-1", "田埂纠纷", "两家为田埂起了争执", "邻里", "石桥村"])
