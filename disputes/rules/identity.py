"""Numbers persons and units are told apart by: what makes one right, and when it says nothing or the same.

Stated numbers are kept as they were given; only what is compared is brought to one spelling.
"""

import re
import unicodedata
from datetime import date

CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_CHECKS = "10X98765432"  # GB 11643, by the remainder 0..10
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: without I O S V Z
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
CITIZEN = re.compile(r"[1-9][0-9]{16}[0-9X]")
# authority and kind of the unit, division of six digits, organization code, check: village bodies begin with N
CREDIT = re.compile(rf"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{10}}")
LONG_NUMBER = re.compile(r"[0-9]{14,}[0-9X]")
NUMBER_LENGTH = 18
FIRST_BIRTH = date(1880, 1, 1)

SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−_.·()]+")
MARKS = re.compile(r"[\W_]+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
COUNTRY = re.compile(r"(?:\+86|0086)(?=[0-9]{5})|86(?=1[3-9][0-9]{9}$)")
DIGITS_OF_A_PHONE = range(5, 13)
SHORTEST_OWN_PHONE = 7  # 110, 12345, 95588: one number, many strangers
# what people write where they have nothing to write
EMPTY_WORDS = frozenset(
    {
        "无", "没", "没有", "暂无", "暂缺", "暂未提供", "缺", "空", "略", "否", "同上", "见附件",
        "不详", "不祥", "未详", "不明", "不清", "不清楚", "不知", "不知道", "未知", "未留", "未填", "未填写",
        "未登记", "未提供", "未采集", "拒绝", "拒绝提供", "不提供", "不愿提供", "不愿透露", "保密",
        "待查", "待补", "待核", "待核实", "待补充", "忘记", "忘带",
        "无电话", "没电话", "没有电话", "无手机", "没手机", "没有手机", "无号码", "没有号码", "空号",
        "无身份证", "没身份证", "没有身份证", "无证件", "没有证件", "未带身份证", "未带证件",
        "NA", "NO", "NIL", "NONE", "NULL", "UNKNOWN", "TEST", "测试",
    }
)  # fmt: skip
ASK_AGAIN = frozenset({"不知", "不知道"})
NO_NAMES = EMPTY_WORDS | {
    "无名", "无名氏", "佚名", "匿名", "匿名人", "匿名群众", "某人", "某某", "某某某", "群众", "村民", "居民", "业主",
    "当事人", "申请人", "反映人", "来访人", "来电人", "对方", "姓名不详", "不具名", "未署名",
}  # fmt: skip
HALF_A_NAME = re.compile(
    r"\w[某Xx×○〇*]+[甲乙丙丁]?|\w{1,2}(先生|女士|小姐|同志|师傅|老师|老板|大爷|大妈|阿姨)"
)
COUNTED_UP = "12345678901234567890"
FOR_EVERYBODY = re.compile(r"13800138000|1[0-9]{2}0{8}|12345678?|([0-9])\1*")  # typed, not dialled


def half_width(text: str) -> str:
    """１３８ as 138, upper case, nothing before or behind it."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def citizen_check(body: str) -> str:
    """The eighteenth character over the first seventeen digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, CITIZEN_WEIGHTS, strict=True))
    return CITIZEN_CHECKS[total % 11]


def credit_check(body: str) -> str:
    """The eighteenth character over the first seventeen (GB 32100)."""
    total = sum(
        CREDIT_ALPHABET.index(char) * weight for char, weight in zip(body, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[-total % 31]


def meant_as_citizen_number(number: str) -> bool:
    """Eighteen characters, or so many digits that nothing else is meant; passports and permits are shorter."""
    plain = joined(number)
    return len(plain) == NUMBER_LENGTH or bool(LONG_NUMBER.fullmatch(plain))


def is_citizen_number(number: str, today: date) -> bool:
    """Check digit and birth date of GB 11643. The division may be a dissolved county: it is not looked up."""
    plain = joined(number)
    if not CITIZEN.fullmatch(plain) or citizen_check(plain[:17]) != plain[17]:
        return False
    try:
        born = date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return False
    return FIRST_BIRTH <= born <= today


def is_credit_code(number: str) -> bool:
    """Form and check character of GB 32100."""
    plain = joined(number)
    return bool(CREDIT.fullmatch(plain)) and credit_check(plain[:17]) == plain[17]


def joined(number: str) -> str:
    """A number in one spelling: half width, upper case, without what only groups its digits."""
    return SEPARATORS.sub("", half_width(number))


def says_no_number(text: str) -> bool:
    """无, 不详, /, 000…: written where there is no number. Never two persons' same number."""
    plain = MARKS.sub("", half_width(text))
    return plain in EMPTY_WORDS or len(set(plain)) <= 1 or (len(plain) > 2 and COUNTED_UP.startswith(plain))


def says_no_phone(text: str) -> bool:
    """As of any number; but eight eights and 12345 are lines that exist, and 不知道 is worth asking again."""
    plain = MARKS.sub("", half_width(text))
    if plain in ASK_AGAIN:
        return False
    if plain.isdecimal() and len(plain) in DIGITS_OF_A_PHONE:
        return not plain.strip("0") or (len(plain) > 8 and (len(set(plain)) == 1 or _counts_up(plain)))
    return says_no_number(text)


def _counts_up(plain: str) -> bool:
    return COUNTED_UP.startswith(plain)


def says_no_name(text: str) -> bool:
    """不详, 匿名, 张某, 王女士: nobody can be told by it from the next one called so."""
    plain = MARKS.sub("", half_width(text))
    return plain in NO_NAMES or len(plain) <= 1 or bool(HALF_A_NAME.fullmatch(half_width(text)))


def phone_number(text: str) -> str:
    """The digits to dial inside the country, with + before those of another; empty if it is not a number."""
    plain = SEPARATORS.sub("", half_width(text))
    own = COUNTRY.sub("", plain, count=1) if COUNTRY.match(plain) else plain
    if own != plain and not own.startswith("0") and not MOBILE.fullmatch(own) and len(own) > 8:
        own = f"0{own}"  # +86 595 … is 0595 … from here
    if MOBILE.fullmatch(own[1:]) and own[0] == "0":
        own = own[1:]
    digits = own.removeprefix("+")
    return own if digits.isdecimal() and digits.isascii() and len(digits) in DIGITS_OF_A_PHONE else ""


def id_key(number: str) -> str:
    """What two spellings of one number have in common; empty where it says nothing."""
    return "" if says_no_number(number) else joined(number)


def phone_key(text: str) -> str:
    """The same of a phone; empty too for lines that are nobody's own."""
    number = "" if says_no_phone(text) else phone_number(text)
    shared = len(number) < SHORTEST_OWN_PHONE or FOR_EVERYBODY.fullmatch(number)
    return "" if shared else number
