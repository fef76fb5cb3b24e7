"""Pinyin initials of a Chinese name, so that `qsz` finds 青石镇. A suggestion: the administrator may correct it.

GB 2312 sorts its 3,755 common characters by pinyin, so the code of a character tells its initial.
"""

from bisect import bisect_right
from functools import lru_cache

# First code of each initial in GB 2312, level 1; there are none for i, u and v.
STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"),
    (0xB8C1, "g"), (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"),
    (0xC4C3, "n"), (0xC5B6, "o"), (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"),
    (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"), (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
CODES = [code for code, _letter in STARTS]
END = 0xD7FA  # level 2 is sorted by radical and tells nothing
# Characters of level 2 that places are often named with.
SELDOM = {
    "a": "坳岙", "b": "坂坌灞", "c": "埕郴", "d": "峒垌岱埭", "f": "垡涪", "g": "崮圪垓", "h": "邯滹", "j": "蕨鄄",
    "k": "崆岢垲", "l": "岚鹭崂垅渌潞", "m": "岷嵋坶", "n": "坭垴埝", "p": "邳濮淠", "q": "邛衢淇", "s": "嵊嵩沭泗",
    "t": "坨郯堍", "w": "坞汶嵬", "x": "浔岫崤", "y": "垭塬垸峪沂郓鄢", "z": "嶂洙",
}  # fmt: skip
BY_CHARACTER = {character: letter for letter, characters in SELDOM.items() for character in characters}


@lru_cache(maxsize=16_384)  # the names of a large county
def initials(name: str) -> str:
    """Letters and digits stay, common characters become their initial, others are left out."""
    return "".join(_initial(character) for character in name)


def _initial(character: str) -> str:
    if character in BY_CHARACTER:
        return BY_CHARACTER[character]
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        raw = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    code = int.from_bytes(raw, "big")
    return STARTS[bisect_right(CODES, code) - 1][1] if CODES[0] <= code < END else ""
