"""Chinese and Arabic numerals as head counts."""

import re

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0,
    "两": 2,
    "俩": 2,
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
VAGUE = {"几": 3, "数": 3, "好": 1, "上": 1, "成": 1}
TWO_AT_A_TIME = re.compile(r"([一二两俩三四五六七八九])([一二三四五六七八九])(?=[十百千万])")


def value_of(numeral: str) -> int:
    """The least number the words can mean: 三四十 is thirty, 十几 eleven, 数百 three hundred."""
    if numeral.isascii():
        return int(numeral)
    words = TWO_AT_A_TIME.sub(r"\1", numeral.replace("廿", "二十").replace("卅", "三十"))
    if not any(word in UNITS or word == "万" for word in words):
        return _plain_digits(words)
    return _with_units(words)


def _plain_digits(words: str) -> int:
    """一二〇 is read digit by digit; 三四 (three or four) has no unit and counts as its first."""
    if words[:1] in VAGUE:
        return VAGUE[words[0]]
    digits = [DIGITS[word] for word in words if word in DIGITS]
    if len(digits) == 2 and digits[1] == digits[0] + 1:
        return digits[0]
    return int("".join(map(str, digits[:9])) or "0")


def _with_units(words: str) -> int:
    total = section = digit = 0
    for word in words:
        if word == "万":
            total, section, digit = (total + section + digit or 1) * 10_000, 0, 0
        elif word in UNITS:
            section, digit = section + (digit or 1) * UNITS[word], 0
        else:
            digit = VAGUE.get(word, DIGITS.get(word, 0))
    rest = 1 if words[-1] in VAGUE else digit
    return min(total + section + rest, 10**9)
