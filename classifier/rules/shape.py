"""Is the document shaped like a policy at all? Which fields are there, missing, of the wrong kind."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from classifier.rules.faults import PolicyFault

Check = Callable[[Any], bool]

LEVELS = (1, 2, 3)
PEOPLE = ("any", "group_anywhere", "group", "group_nearest", "hundreds")
TOGETHER = ("text", "sentence", "clause")
REACHES = ("clause", "clause_after", "sentence", "sentence_after", "sentence_before", "before", "text")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_some_texts(value: Any) -> bool:
    return _is_texts(value) and bool(value)


def _is_needs(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_some_texts, value))


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(*allowed: Any) -> Check:
    return lambda value: isinstance(value, int | str) and not isinstance(value, bool) and value in allowed


def _is_entries(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_some_texts, value.values()))


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


PEOPLE_FIELDS = (
    "nouns",
    "crowd",
    "loose_crowd",
    "single",
    "bystanders_before",
    "bystanders_after",
    "representatives",
)
WHOLE_WORDS = "whole_words"
"""The word list (optional) of words that must not be read in part: 加油站 holds no 站, 建设 no 设."""
MORE_PEOPLE_FIELDS = ("delegated", "not_delegates", "only_delegates")
"""Optional, so that versions published before they were known stay valid."""

TOP: dict[str, Check] = {
    "version": _is_number,
    "thresholds": _is_mapping,
    "words": _is_words,
    "people": _is_mapping,
    "indicators": _is_entries,
    "traps": _is_entries,
    "rules": _is_entries,
}
SECTIONS: dict[str, dict[str, Check]] = {
    "thresholds": {"group": _is_number, "hundreds": _is_number},
    "people": dict.fromkeys(PEOPLE_FIELDS, _is_some_texts),
}
ENTRIES: dict[str, dict[str, Check]] = {
    "indicators": {"id": _is_text, "label": _is_text, "patterns": _is_some_texts},
    "traps": {"id": _is_text, "label": _is_text, "reach": _one_of(*REACHES), "patterns": _is_some_texts},
    "rules": {
        "id": _is_text,
        "label": _is_text,
        "level": _one_of(*LEVELS),
        "needs": _is_needs,
        "people": _one_of(*PEOPLE),
    },
}
OPTIONAL: dict[str, dict[str, Check]] = {
    "": {"name": _is_text, "note": _is_text},
    "thresholds": {},
    "people": dict.fromkeys(MORE_PEOPLE_FIELDS, _is_some_texts),
    "indicators": {"danger": _is_flag, "ongoing": _is_flag, "note": _is_text},
    "traps": {
        "ends": _is_texts,
        "only": _is_texts,
        "spares": _is_texts,
        "needs": _is_text,
        "people_at_most": _is_number,
        "note": _is_text,
    },
    "rules": {"together": _one_of(*TOGETHER), "note": _is_text},
}


def shape_faults(document: Any) -> list[PolicyFault]:
    if not isinstance(document, dict):
        return [PolicyFault("", "wrong_shape", "")]
    faults = list(_fields(document, "", TOP, OPTIONAL[""]))
    return faults or [*_section_faults(document), *_entry_faults(document)]


def _section_faults(document: Mapping[str, Any]) -> Iterator[PolicyFault]:
    for section, required in SECTIONS.items():
        yield from _fields(document[section], section, required, OPTIONAL[section])


def _entry_faults(document: Mapping[str, Any]) -> Iterator[PolicyFault]:
    for section, required in ENTRIES.items():
        for number, entry in enumerate(document[section], start=1):
            name = entry.get("id")
            yield from _fields(
                entry,
                name if isinstance(name, str) else f"{section} {number}",
                required,
                OPTIONAL[section],
            )


def _fields(
    entry: Mapping[str, Any], name: str, required: Mapping[str, Check], optional: Mapping[str, Check]
) -> Iterator[PolicyFault]:
    known = {**required, **optional}
    for field in required:
        if field not in entry:
            yield PolicyFault(name, "missing_field", field)
    for field, value in entry.items():
        if field not in known:
            yield PolicyFault(name, "unknown_field", str(field))
        elif not known[field](value):
            yield PolicyFault(name, "wrong_shape", field)
