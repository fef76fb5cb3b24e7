"""Who is how many: head counts in the narrative, and whose heads they are."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from classifier.rules.numerals import value_of

NUMERAL = r"(?:\d{1,6}|[〇零一二两俩三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅几数上成]{1,9})"
BEFORE = r"(?P<near>近|将近|接近|不足|不到)?"
ROUGH = r"[余多来几好]{0,2}"
PERSON = r"(?:名|位|号人|口人|人(?!次|均|民|大|社|力|行|员?会)|(?:个|号)…(?:<people>))"
# 几百村民, 两三百工人: a tens or hundreds word before whom it counts; 八十老人 is an age, 十一村民小组 a name
BARE = r"(?<=[十百千万余多来\d])(?=(?:<people>)(?!小组|节|委|组))(?!老|住户)"
HOUSEHOLD = r"(?P<households>户|家(?=[一-龥]{0,2}户|村民|人家|人))"


LOOK = 10
EACH = re.compile(r"[每各][^,。!?;\n]{0,5}$")
LOOK_FOR_SENDERS = 18  # 村民代表张某某、李某某、王某某等5人


class PeopleWords(Protocol):
    """What the policy says about people, as far as counting needs it."""

    @property
    def counts(self) -> re.Pattern[str]: ...
    @property
    def bystanders_before(self) -> re.Pattern[str]: ...
    @property
    def bystanders_after(self) -> re.Pattern[str]: ...
    @property
    def representatives(self) -> re.Pattern[str]: ...
    @property
    def delegated(self) -> re.Pattern[str]: ...


class Kind(StrEnum):
    ACTORS = "actors"
    REPRESENTATIVES = "representatives"
    TOTAL = "total"
    """Who is concerned, hurt or sent by an office: true, but not who acts."""


@dataclass(frozen=True, slots=True)
class Count:
    value: int
    households: bool
    kind: Kind
    start: int
    end: int

    @property
    def persons(self) -> int:
        """Households are not persons: how many stand behind them nobody knows."""
        return 0 if self.households else self.value


def count_expression(people: str) -> str:
    between = rf"(?:(?!{NUMERAL})[^,。!?;\n]){{0,4}}?"  # 三个村三百多人 are not three
    unit = f"{PERSON}|{BARE}".replace("…", between).replace("<people>", people)
    return rf"{BEFORE}(?P<numeral>{NUMERAL})(?P<rough>{ROUGH})(?:{HOUSEHOLD}|{unit})"


def value(match: re.Match[str]) -> int:
    number = value_of(match["numeral"])
    return number - number // 20 - (number % 20 > 0) if match["near"] else number


def counts_in(plain: str, people: PeopleWords) -> list[Count]:
    """Every head count of the text, in order."""
    return [_count(plain, match, people) for match in people.counts.finditer(plain)]


def _count(plain: str, match: re.Match[str], people: PeopleWords) -> Count:
    return Count(
        value=value(match),
        households=bool(match["households"]),
        kind=_kind(plain, match, people),
        start=match.start(),
        end=match.end(),
    )


def _kind(plain: str, match: re.Match[str], people: PeopleWords) -> Kind:
    """A delegation is told from either side of its number; of several bodies that send some each nobody knows."""
    lead = _lead(plain, match.start(), LOOK)
    each = EACH.search(lead)
    if people.representatives.match(plain, match.end()):
        return Kind.TOTAL if each else Kind.REPRESENTATIVES
    if people.bystanders_after.match(plain, match.end()):
        return Kind.TOTAL
    if not each and not match["households"] and _delegated(plain, match, people):
        return Kind.REPRESENTATIVES
    return Kind.TOTAL if people.bystanders_before.search(lead) else Kind.ACTORS


def _delegated(plain: str, match: re.Match[str], people: PeopleWords) -> bool:
    """The policy's patterns read the clause around the number, `#` in the number's place."""
    lead, after = _lead(plain, match.start(), LOOK_FOR_SENDERS), plain[match.end() : match.end() + 4]
    return people.delegated.search(f"{lead}#{after}") is not None


def _lead(plain: str, start: int, look: int) -> str:
    """What stands before a number in its clause."""
    return re.split(r"[,。!?;\n]", plain[max(0, start - look) : start])[-1]
