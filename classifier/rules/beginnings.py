"""Which characters an expression begins with and cannot do without, so that most searches end at a glance.

Only read off, never a change of what is found: where it cannot be told, nothing is said.
"""

import re
from functools import lru_cache, reduce
from typing import NamedTuple

Beginnings = frozenset[str] | None
"""Members of a character class; None is any character."""
Hints = tuple[frozenset[str], ...]
"""Sets of characters: of each set at least one stands in whatever is found."""

NOTHING: frozenset[str] = frozenset()
LOOK = re.compile(r"\(\?<?[=!]")
GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
CLASS = re.compile(r"\[\^?\]?(?:[^\\\]]|\\.)*\]")
MEMBERS = re.compile(r"\[((?:[^\\\[\]^-](?:-[^\\\[\]^-])?|\\[dws])+)\]")
EDGE = re.compile(r"[$^]|\\[bBAZ]")
ANY = re.compile(r"\.|\\[DWS]")
KIND = re.compile(r"\\(?:[dwsn]|\W)")
PLAIN = re.compile(r"[^\\.^$*+?{}()|\[\]]")
# nearly all of a policy is words, alone or in lists: these are read whole
WORD = re.compile(r"[^\\.^$*+?{}()|\[\]]{2,}(?![*+?{])")
WORDS = re.compile(r"\((?:\?:)?([^\\.^$*+?{}()|\[\]]+(?:\|[^\\.^$*+?{}()|\[\]]+)+)\)")
REPEAT = re.compile(r"(?:(?P<maybe>[*?]|\{0*\}|\{0*,\d*\}|\{0\d*,\d*\})|\+|\{\d+(?:,\d*)?\})[?+]?")


class _UntoldError(Exception):
    """Something this look does not know."""


class _Told(NamedTuple):
    first: Beginnings
    empty: bool
    """It can match nothing at all."""
    hints: Hints


UNTOLD = _Told(None, True, ())
EMPTY = _Told(NOTHING, True, ())


def beginnings(expression: str) -> Beginnings:
    """One of these comes first in whatever the expression finds; None where that cannot be told."""
    told = _told(expression)
    return None if told.empty else told.first


def hints(expression: str) -> Hints:
    """A text without any of the characters of one of these sets does not hold the expression."""
    return _told(expression).hints


def glanced(expression: str) -> str:
    """The same expression behind a look at the first character, where that can be told."""
    first = beginnings(expression)
    return f"(?:(?=[{''.join(sorted(first))}])(?:{expression}))" if first else expression


def _told(expression: str) -> _Told:
    reader = _Reader(expression)
    try:
        told = reader.alternatives()
    except _UntoldError:
        return UNTOLD
    return told if reader.position == len(expression) else UNTOLD


def _either(one: _Told, other: _Told) -> _Told:
    """What is true of both: a character of either's first hint, and one of either's last."""
    first = None if one.first is None or other.first is None else one.first | other.first
    both = bool(one.hints and other.hints)
    shared = (one.hints[0] | other.hints[0], one.hints[-1] | other.hints[-1]) if both else ()
    return _Told(first, one.empty or other.empty, shared)


def _then(one: _Told, other: _Told) -> _Told:
    """One after the other."""
    hints = (*one.hints, *other.hints)
    if not one.empty:
        return _Told(one.first, False, hints)
    first = None if one.first is None or other.first is None else one.first | other.first
    return _Told(first, other.empty, hints)


@lru_cache(maxsize=8192)
def _of_word(word: str) -> _Told:
    return _Told(frozenset((re.escape(word[0]),)), False, tuple(map(frozenset, word)))


@lru_cache(maxsize=8192)
def _of_words(listed: str) -> _Told:
    """Of words between bars."""
    return reduce(_either, map(_of_word, listed.split("|")))


class _Reader:
    """Walks an expression and tells of each part what it can begin with and must hold."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.position = 0

    def alternatives(self) -> _Told:
        told = self._sequence()
        while self._take("|"):
            told = _either(told, self._sequence())
        return told

    def _sequence(self) -> _Told:
        told = EMPTY
        while self.position < len(self.expression) and self.expression[self.position] not in "|)":
            told = _then(told, self._item())
        return told

    def _item(self) -> _Told:
        told = self._atom()
        repeat = self._read(REPEAT)
        return _Told(told.first, True, ()) if repeat and repeat["maybe"] else told

    def _atom(self) -> _Told:
        word = self._read(WORD)
        if word:
            return _of_word(word[0])
        listed = self._read(WORDS)
        if listed:
            return _of_words(listed[1])
        if self._read(LOOK):
            self._inside()
            return EMPTY
        if self._read(GROUP):
            return self._inside()
        return EMPTY if self._read(EDGE) else self._character()

    def _inside(self) -> _Told:
        told = self.alternatives()
        if not self._take(")"):
            raise _UntoldError
        return told

    def _character(self) -> _Told:
        if self._read(ANY):
            return _Told(None, False, ())
        listed = self._read(CLASS)
        if listed:
            return _listed(listed[0])
        kind = self._read(KIND)
        if kind:
            return _Told(frozenset((kind[0],)), False, ())
        plain = self._read(PLAIN)
        if plain is None:
            raise _UntoldError
        return _Told(frozenset((re.escape(plain[0]),)), False, (frozenset(plain[0]),))

    def _read(self, what: re.Pattern[str]) -> re.Match[str] | None:
        found = what.match(self.expression, self.position)
        if found:
            self.position = found.end()
        return found

    def _take(self, character: str) -> bool:
        here = self.expression.startswith(character, self.position)
        self.position += here
        return here


def _listed(characters: str) -> _Told:
    """A character class."""
    members = MEMBERS.fullmatch(characters)
    if members is None:
        return _Told(None, False, ())
    plain = not set(members[1]) & set("-\\")
    return _Told(frozenset((members[1],)), False, (frozenset(members[1]),) if plain else ())
