"""The small pattern language of the policy.

A pattern is a regular expression in which `<name>` stands for a list of words, `…` for up to eight characters of the
same clause, and `~` for up to twenty characters of the same sentence. Repeats must be bounded and may not be nested,
so that no narrative, however odd, can make one search long.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from classifier.rules.beginnings import Hints, glanced, hints

Words = Mapping[str, Sequence[str]]

NAME = re.compile(r"<([a-z][a-z0-9_]*)>")
HEAD = re.compile(r"<([a-z][a-z0-9_]*)>(?![?*+{])")
GAP = r"[^,。!?;\n]{0,8}?"
LONG_GAP = r"[^。!?;\n]{0,20}?"
QUANTIFIER = re.compile(r"[*+?]|\{(\d*)(,?)(\d*)\}")
MANY = 8
WIDEST_REPEAT = 40
MOST_WAYS = 1_000


class PatternError(ValueError):
    """A pattern that cannot be used; `code` says why, `detail` what."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def expand(pattern: str, words: Words) -> str:
    """The regular expression a pattern stands for; a leading word list becomes top-level alternatives."""
    tail_start = HEAD.match(pattern)
    heads, tail = [""], pattern
    if tail_start:
        heads, tail = list(_listed(tail_start[1], words)), pattern[tail_start.end() :]
    rest = _fill(tail, words)
    return "|".join(_fill(head, words) + rest for head in heads)


def _fill(text: str, words: Words) -> str:
    filled = NAME.sub(lambda name: _any_of(_listed(name[1], words)), text)
    return filled.replace("…", GAP).replace("~", LONG_GAP)


def _any_of(listed: Sequence[str]) -> str:
    """One of the words. A look at the first character spares the search trying them all where none can stand."""
    body = f"(?:{'|'.join(listed)})"
    return body if len(listed) < MANY else glanced(body)


def _listed(name: str, words: Words) -> Sequence[str]:
    if name not in words:
        raise PatternError("unknown_word", name)
    return words[name]


def compile_all(patterns: Sequence[str], words: Words) -> re.Pattern[str]:
    """One regular expression for several patterns, each checked first."""
    expanded = [checked(pattern, words) for pattern in patterns]
    return re.compile(glanced("|".join(map(glanced, expanded))) or r"(?!)")


def hints_of(patterns: Sequence[str], words: Words) -> tuple[Hints, ...]:
    """Of each pattern the characters without which a text cannot hold it."""
    return tuple(hints(_together(pattern, words)) for pattern in patterns)


def _together(pattern: str, words: Words) -> str:
    """The pattern with its leading word list in one place, where that says the same as its alternatives."""
    head = HEAD.match(pattern)
    apart = head and any(set(word) & set("|<") for word in _listed(head[1], words))
    return expand(pattern, words) if apart else _fill(pattern, words)


def checked(pattern: str, words: Words) -> str:
    """The expression of a pattern, found sound; raises `PatternError` when it is not."""
    expression = expand(pattern, words)
    _verify(expression, pattern)
    return expression


@lru_cache(maxsize=8192)
def _verify(expression: str, pattern: str) -> None:
    require_safe(expression, pattern)
    try:
        compiled = re.compile(expression)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError("pattern_invalid", pattern) from error
    if compiled.match(""):
        raise PatternError("pattern_matches_nothing", pattern)


def require_safe(expression: str, pattern: str) -> None:
    """Refuse what could make a search long: unbounded, nested or very many repeats, back references."""
    if re.search(r"\\[1-9]|\(\?P[=<]|\(\?\(", expression):
        raise PatternError("pattern_dangerous", pattern)
    for ways in _Repeats(expression).ways():
        if ways > MOST_WAYS:
            raise PatternError("pattern_dangerous", pattern)


class _Repeats:
    """Walks an expression and multiplies the ways its repeats can be taken, alternative by alternative."""

    TOO_MANY = MOST_WAYS + 1

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.position = 0

    def ways(self) -> list[int]:
        found = [self._alternative()]
        while self.position < len(self.expression):
            self.position += 1
            found.append(self._alternative())
        return found

    def _group(self) -> int:
        self.position += 1
        most = 1
        while self.position < len(self.expression) and self.expression[self.position] != ")":
            most = max(most, self._alternative())
            if self._at("|"):
                self.position += 1
        self.position += 1
        return most

    def _alternative(self) -> int:
        ways = 1
        while self.position < len(self.expression) and not (self._at("|") or self._at(")")):
            ways = min(ways * self._item(), self.TOO_MANY)
        return ways

    def _item(self) -> int:
        inside = self._atom()
        repeat = QUANTIFIER.match(self.expression, self.position)
        if repeat is None:
            return inside
        self.position = repeat.end()
        if self._at("?") or self._at("+"):
            self.position += 1
        return self._repeated(repeat, inside)

    def _repeated(self, repeat: re.Match[str], inside: int) -> int:
        choices = _choices(repeat)
        if choices is None or (inside > 1 and choices > 2):
            return self.TOO_MANY
        return inside * choices

    def _atom(self) -> int:
        if self._at("("):
            return self._group()
        if self._at("["):
            closing = self.expression.find("]", self.position + 2)
            self.position = len(self.expression) if closing < 0 else closing + 1
            return 1
        self.position += 2 if self._at("\\") else 1
        return 1

    def _at(self, character: str) -> bool:
        return self.expression.startswith(character, self.position)


def _choices(repeat: re.Match[str]) -> int | None:
    """In how many lengths the repeat can be taken; None when there is no bound or too wide a one."""
    if repeat[0] in "*+":
        return None
    if repeat[0] == "?":
        return 2
    low = int(repeat[1] or 0)
    high = int(repeat[3]) if repeat[3] else (low if not repeat[2] else WIDEST_REPEAT + 1)
    return high - low + 1 if 0 <= high <= WIDEST_REPEAT else None
