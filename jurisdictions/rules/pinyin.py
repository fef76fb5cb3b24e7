"""Pinyin initials of a Chinese name, so that `qsz` finds 青石镇. A suggestion: the administrator may correct it.

GB 2312 sorts its 3,755 common characters by pinyin, so the code of a character tells its initial.
"""

from bisect import bisect_right

# First code of each initial in GB 2312, level 1; there are none for i, u and v.
STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
CODES = [code for code, _letter in STARTS]
END = 0xD7FA  # level 2 is sorted by radical and tells nothing


def initials(name: str) -> str:
    """Letters and digits stay, common characters become their initial, others are left out."""
    return "".join(_initial(character) for character in name)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        raw = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    code = int.from_bytes(raw, "big")
    return STARTS[bisect_right(CODES, code) - 1][1] if CODES[0] <= code < END else ""
