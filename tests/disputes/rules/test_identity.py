"""Numbers of persons and units, against the arithmetic of the standards written down a second time."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from stdnum.cn import ric, uscc

from disputes.rules import identity

TODAY = date(2026, 3, 2)
# GB 11643 as domain.md §4 has it: the weights of the seventeen places, the character for each remainder
WEIGHTS = "7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2"
REMAINDERS = {0: "1", 1: "0", 2: "X", 3: "9", 4: "8", 5: "7", 6: "6", 7: "5", 8: "4", 9: "3", 10: "2"}
# GB 32100: the characters in the order of their values; their weights are the powers of three modulo 31
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_of(body: str) -> str:
    return REMAINDERS[sum(int(d) * int(w) for d, w in zip(body, WEIGHTS.split(), strict=True)) % 11]


def credit_check_of(body: str) -> str:
    value = 31 - sum(LETTERS.index(c) * w for c, w in zip(body, CREDIT_WEIGHTS, strict=True)) % 31
    return LETTERS[value % 31]


def bodies(count: int = 2000) -> list[str]:
    chance = random.Random(11643)
    days = (date(1925, 1, 1) + timedelta(days=chance.randrange(36_000)) for _ in range(count))
    return [f"{chance.randrange(110000, 820000)}{day:%Y%m%d}{chance.randrange(1000):03d}" for day in days]


def test_every_true_number_is_taken_and_none_with_another_last_character() -> None:
    for body in bodies():
        right = check_of(body)
        taken = [c for c in "0123456789X" if identity.is_citizen_number(body + c, TODAY)]
        assert taken == [right], body
        assert ric.calc_check_digit(body + right) == right


def test_one_wrong_digit_and_two_exchanged_ones_are_noticed() -> None:
    for body in bodies(200):
        number = body + check_of(body)
        for place in range(6):
            wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
            assert not identity.is_citizen_number(wrong, TODAY)


@pytest.mark.parametrize("division", ["110105", "522526", "999999", "321081"])
def test_a_dissolved_or_unknown_county_is_no_reason_to_refuse(division: str) -> None:
    body = f"{division}19491231002"
    assert identity.is_citizen_number(body + check_of(body), TODAY)


@pytest.mark.parametrize(
    "spelling",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002X",
    ],
)
def test_spellings_of_one_number_are_right_and_one(spelling: str) -> None:
    assert identity.is_citizen_number(spelling, TODAY)
    assert identity.id_key(spelling) == "11010519491231002X"


@pytest.mark.parametrize("birth", ["19491331", "20260303", "18491231", "19000229"])
def test_a_birthday_that_was_not_is_noticed(birth: str) -> None:
    body = f"110105{birth}002"
    assert not identity.is_citizen_number(body + check_of(body), TODAY)


def test_credit_codes_are_right_by_the_standards_arithmetic() -> None:
    chance = random.Random(32100)
    for _ in range(2000):
        head = chance.choice(["91", "92", "93", "51", "52", "54", "12", "N2", "N1", "Y1", "A1"])
        body = head + f"{chance.randrange(110000, 820000)}" + "".join(chance.choices(LETTERS, k=9))
        right = credit_check_of(body)
        taken = [char for char in LETTERS if identity.is_credit_code(body + char)]
        assert taken == [right], body
        assert uscc.calc_check_digit(body) == right


@pytest.mark.parametrize("known", ["91110000600037341L", "91350100M000100Y43", "11100000000013338W"])
def test_published_credit_codes_are_taken(known: str) -> None:
    assert identity.is_credit_code(known)
    assert identity.is_credit_code(known.lower())


@pytest.mark.parametrize("text", ["91350100M000100Y44", "91110000600037341I", "9111000060003734", ""])
def test_wrong_credit_codes_are_not(text: str) -> None:
    assert not identity.is_credit_code(text)


SAME_PHONE = [
    *(
        "13800001234",
        "138-0000-1234",
        "138 0000 1234",
        "+86 138 0000 1234",
        "+8613800001234",
        "008613800001234",
    ),
    *("8613800001234", "１３８００００１２３４", "138—0000—1234", "（138）00001234", "013800001234"),
]


@pytest.mark.parametrize("typed", SAME_PHONE)
def test_a_phone_is_the_same_however_it_is_written(typed: str) -> None:
    assert identity.phone_key(typed) == "13800001234"


@pytest.mark.parametrize(
    "typed", ["0595-1234567", "(0595)1234567", "+86 595 1234567", "０５９５－１２３４５６７"]
)
def test_so_is_a_line_with_its_area(typed: str) -> None:
    assert identity.phone_key(typed) == "05951234567"


@pytest.mark.parametrize(
    "typed", ["不知道", "1234", "1380000123456", "138000x1234", "13800001234/13900001234"]
)
def test_what_cannot_be_dialled_is_no_phone(typed: str) -> None:
    assert identity.phone_number(typed) == ""


NOTHING = [
    *(
        "无",
        "不详",
        "/",
        "-",
        "——",
        "0",
        "000",
        "000000000000000000",
        "暂无",
        "未知",
        "没有",
        "ｎ／ａ",
        "N/A",
        "无。",
    ),
    *("***", "XXXX", "不清楚", "（无）", "null", "。", "、", "", " "),
]


@pytest.mark.parametrize("typed", [*NOTHING, "111111111111111111", "123456789012345678"])
def test_nothing_written_out_is_no_number(typed: str) -> None:
    assert identity.says_no_number(typed)
    assert identity.id_key(typed) == ""


@pytest.mark.parametrize(
    "typed", [*NOTHING, "00000000000", "11111111111", "99999999999", "12345678901", "没有电话"]
)
def test_nothing_written_out_is_no_phone(typed: str) -> None:
    assert identity.says_no_phone(typed)
    assert identity.phone_key(typed) == ""


@pytest.mark.parametrize(
    "typed", ["88888888", "6666666", "12345", "110", "95588", "13888888888", "13800138000"]
)
def test_lines_that_exist_stay(typed: str) -> None:
    assert not identity.says_no_phone(typed)


@pytest.mark.parametrize(
    "typed", ["88888888", "12345", "110", "95588", "13800138000", "13800000000", "12345678"]
)
def test_a_line_of_everybodys_tells_nobody_apart(typed: str) -> None:
    assert identity.phone_key(typed) == ""


@pytest.mark.parametrize("typed", ["E12345678", "K1234567(8)", "00001", "100", "无锡商会0012"])
def test_numbers_of_other_papers_stay(typed: str) -> None:
    assert not identity.says_no_number(typed)


@pytest.mark.parametrize(
    "name", ["不详", "匿名", "某某", "张某", "孙某某", "李××", "王女士", "欧阳先生", "/", "无名氏", "李"]
)
def test_a_name_many_go_by_is_nobodys(name: str) -> None:
    assert identity.says_no_name(name)


@pytest.mark.parametrize(
    "name", ["张建国", "李大山", "买买提·艾力", "王二", "吴用", "无为县农机厂", "何先", "𠮷田", "石桥村村民"]
)
def test_a_name_is_a_name(name: str) -> None:
    assert not identity.says_no_name(name)
