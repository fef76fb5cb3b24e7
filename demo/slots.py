"""What the slots of a skeleton become in one dispute."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from demo.county import Town, Village, county
from demo.people import Registry, masked
from demo.skeletons import OWN_LISTS, Skeleton
from disputes.rules import identity

KIN = ("兄弟", "兄妹", "养子", "叔侄")
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组", "七组", "八组")
WOMAN, MAN = "f", "m"


@dataclass(frozen=True)
class Setting:
    """Where it happened, and the other village of a case with two."""

    town: Town
    village: Village
    other_town: Town
    other_village: Village

    @property
    def crosses_towns(self) -> bool:
        return self.town != self.other_town


def yuan(amount: int) -> str:
    """3.6万元, 4800元."""
    if amount < 10_000:
        return f"{amount}元"
    text = f"{amount / 10_000:.1f}".removesuffix(".0")
    return f"{text}万元"


def rounded(amount: float) -> int:
    """As people name sums: tens below a thousand, hundreds below ten thousand, then thousands."""
    step = 10 if amount < 1_000 else 100 if amount < 10_000 else 1_000
    return max(step, round(amount / step) * step)


def day_text(day: date) -> str:
    return f"{day.month}月{day.day}日"


def month_text(day: date) -> str:
    return f"{day.year}年{day.month}月"


def genders(text: str) -> tuple[str, str]:
    """Of `{a}` and `{b}` as the text implies; empty: either."""
    a = b = ""
    if "她" in text or "与丈夫" in text or "{a}的丈夫" in text:
        a = WOMAN
    elif "他" in text or "{a}的妻子" in text:
        a = MAN
    if "丈夫{b}" in text or "{b}的妻子" in text:
        b = MAN
    elif "儿媳{b}" in text:
        b = WOMAN
    return a, b


def people(skeleton: Skeleton, names: Registry) -> dict[str, str]:
    """Three new persons; relatives share a surname."""
    a_gender, b_gender = genders(skeleton.title + skeleton.text)
    a = names.name(gender=a_gender, elder="老人" in skeleton.text)
    kin = any(word in skeleton.title for word in KIN)
    b = names.name(surname=a[0] if kin else "", gender=b_gender)
    return {"a": a, "b": b, "c": names.name()}


def own_choices(skeleton: Skeleton, use: int, rnd: random.Random) -> dict[str, str]:
    """The skeleton's own lists: `x` goes round with each use, the others are drawn."""
    found = {}
    for name in OWN_LISTS:
        options: tuple[str, ...] = getattr(skeleton, name)
        if options:
            found[name] = options[use % len(options)] if name == "x" else rnd.choice(options)
    return found


def fill(text: str, slots: dict[str, str]) -> str:
    """Twice, because an own list may hold slots itself."""
    return text.format_map(slots).format_map(slots)


def in_title(slots: dict[str, str]) -> dict[str, str]:
    """The same slots with people named as titles name them."""
    a, b = slots["a"], slots["b"]
    return slots | {"a": masked(a, b), "b": masked(b, a), "c": masked(slots["c"])}


def id_number(rnd: random.Random, born_before: date) -> str:
    """A number with the right check digit in the division nobody has."""
    born = born_before - timedelta(days=rnd.randrange(22 * 365, 75 * 365))
    body = f"{county().code}{born:%Y%m%d}{rnd.randrange(1, 999):03d}"
    return body + identity.citizen_check(body)


def phone(rnd: random.Random) -> str:
    """Eleven digits of a range no network uses."""
    return f"129{rnd.randrange(10**8):08d}"
