"""Words and ages of a text that speak for keeping it to few: minors, sexual violence, beatings at home. A proposal to
the clerk, never more; the readings of a level are elsewhere."""

import re
import unicodedata
from enum import StrEnum

CLAUSE = r"[^。；;!！?？\n]"
BEATING = r"(?:殴打|打骂|毒打|暴打|打伤|打了|拳打脚踢|掐脖|虐待|家暴)"
FAMILY = (
    r"(?:丈夫|妻子|老公|老婆|前夫|前妻|男方|女方|同居|婆婆|公公|儿媳|女婿|儿子|女儿|"
    r"父亲|母亲|继父|继母|养父|养母|爸爸|妈妈)"
)
FIGURES = {name: value for value, name in enumerate("零一二三四五六七八九十")}
ADULT = 18  # 未成年人保护法 art. 2
AGE = re.compile(
    r"(?<![\d.])(\d{1,3}|[一二三四五六七八九十]{1,3})\s*个?(?:周)?岁(?!月)(?!的?(?:牛|马|羊|猪|狗|树|老树))"
)
MINOR = re.compile(
    r"未成年|未满十八|不满十八|小学生|初中生|高中生|中学生|婴儿|新生儿|幼女|幼童|女童|男童|留守儿童|孩子被|"
    r"儿童(?!节|公园|乐园|医院|游乐)|[一二三四五六]年级|初[一二三](?=学|男|女|的|班)|高[一二三](?=学|男|女|的|班)"
)
SEXUAL = re.compile(r"强奸|性侵|猥亵|性骚扰|强暴|奸淫|迷奸|裸照|偷拍.{0,4}(?:裙底|洗澡|更衣)|性虐待")
HOME = re.compile(
    rf"家暴|家庭暴力|{FAMILY}(?:(?!被|遭|与|和|同|跟){CLAUSE}){{0,14}}?{BEATING}|"
    rf"(?:被|遭)(?:其|她|他|自己的)?{FAMILY}{CLAUSE}{{0,8}}?{BEATING}"
)


class Ground(StrEnum):
    """Why few should know."""

    MINOR = "minor"
    SEXUAL = "sexual"
    HOME = "home"


def grounds_in(text: str) -> dict[Ground, tuple[str, ...]]:
    """Each ground the text names, with the words that speak for it, in the order of the text."""
    plain = unicodedata.normalize("NFKC", text)
    found = {
        Ground.MINOR: (*_ages(plain), *(match[0] for match in MINOR.finditer(plain))),
        Ground.SEXUAL: tuple(match[0] for match in SEXUAL.finditer(plain)),
        Ground.HOME: tuple(match[0] for match in HOME.finditer(plain)),
    }
    return {ground: tuple(dict.fromkeys(words)) for ground, words in found.items() if words}


def _ages(text: str) -> list[str]:
    return [match[0] for match in AGE.finditer(text) if 0 < _number(match[1]) < ADULT]


def _number(figures: str) -> int:
    """Up to 99, in figures or Chinese."""
    if figures.isdecimal():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    if not ten:
        return FIGURES.get(figures, 0)
    return 10 * (FIGURES.get(tens, 0) if tens else 1) + (FIGURES.get(ones, 0) if ones else 0)
