"""Everything that keeps a policy draft from being used, each fault with the rule it lies in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from classifier.rules.faults import PolicyFault
from classifier.rules.patterns import PatternError, checked
from classifier.rules.shape import (
    LEVELS,
    MORE_PEOPLE_FIELDS,
    PEOPLE,
    PEOPLE_FIELDS,
    WHOLE_WORDS,
    shape_faults,
)

Entry = Mapping[str, Any]
STRICTER = {name: place for place, name in enumerate(PEOPLE)}
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")


def check(document: Any) -> list[PolicyFault]:
    """All faults of a policy document; an empty list means it can be used."""
    faults = shape_faults(document)
    if faults:
        return faults
    return [
        *_id_faults(document),
        *_threshold_faults(document["thresholds"]),
        *_pattern_faults(document),
        *_reference_faults(document),
        *_rule_faults(document["rules"]),
    ]


def _id_faults(document: Entry) -> Iterator[PolicyFault]:
    ids = [entry["id"] for section in ("indicators", "traps", "rules") for entry in document[section]]
    for id, times in Counter(ids).items():
        if times > 1:
            yield PolicyFault(id, "duplicate_id", id)
        if not IDENTIFIER.match(id):
            yield PolicyFault(id, "wrong_shape", "id")


def _threshold_faults(thresholds: Entry) -> Iterator[PolicyFault]:
    if not 2 <= thresholds["group"] < thresholds["hundreds"]:
        yield PolicyFault("thresholds", "thresholds_order", f"{thresholds['group']} {thresholds['hundreds']}")


def _pattern_faults(document: Entry) -> Iterator[PolicyFault]:
    for name, pattern in _all_patterns(document):
        try:
            checked(pattern, document["words"])
        except PatternError as error:
            yield PolicyFault(name, error.code, error.detail)


def _all_patterns(document: Entry) -> Iterator[tuple[str, str]]:
    for section in ("indicators", "traps"):
        for entry in document[section]:
            for pattern in (*entry["patterns"], *entry.get("ends", ())):
                yield entry["id"], pattern
    for field in (*PEOPLE_FIELDS, *MORE_PEOPLE_FIELDS):
        for pattern in document["people"].get(field, ()):
            yield "people", pattern
    for pattern in document["words"].get(WHOLE_WORDS, ()):
        yield WHOLE_WORDS, pattern


def _reference_faults(document: Entry) -> Iterator[PolicyFault]:
    indicators = {entry["id"] for entry in document["indicators"]}
    traps = {entry["id"] for entry in document["traps"]}
    for rule in document["rules"]:
        for alternatives in rule["needs"]:
            yield from _unknown(rule["id"], alternatives, indicators)
    for trap in document["traps"]:
        yield from _unknown(trap["id"], (*trap.get("only", ()), *trap.get("spares", ())), indicators)
        yield from _unknown(trap["id"], [trap["needs"]] if "needs" in trap else [], traps)


def _unknown(name: str, ids: Any, known: set[str]) -> Iterator[PolicyFault]:
    for id in ids:
        if id not in known:
            yield PolicyFault(name, "unknown_indicator", id)


def _rule_faults(rules: list[Entry]) -> Iterator[PolicyFault]:
    hopeless = set()
    for first, second in combinations(sorted(rules, key=lambda rule: int(rule["level"])), 2):
        fault = _clash(first, second)
        if fault:
            hopeless.add(second["id"])
            yield fault
    alive = {rule["level"] for rule in rules if rule["id"] not in hopeless}
    for level in LEVELS:
        if level not in alive:
            yield PolicyFault("", "level_missing", str(level))


def _clash(first: Entry, second: Entry) -> PolicyFault | None:
    """The second rule, of the same or a lower level, can never decide because the first always does before it."""
    if not _covers(first, second) or first["level"] == second["level"]:
        return None
    same = _covers(second, first)
    return PolicyFault(second["id"], "contradiction" if same else "shadowed", first["id"])


def _covers(wide: Entry, narrow: Entry) -> bool:
    """Whenever the narrow rule holds, the wide one holds too."""
    scopes = ("text", "sentence", "clause")
    if scopes.index(wide.get("together", "text")) > scopes.index(narrow.get("together", "text")):
        return False
    if STRICTER[wide["people"]] > STRICTER[narrow["people"]]:
        return False
    asked = [set(alternatives) for alternatives in narrow["needs"]]
    return all(any(theirs <= set(mine) for theirs in asked) for mine in wide["needs"])
