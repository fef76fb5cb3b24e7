"""What the access log is about, in words: each app writes those of its own things in its `audit_words.py`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from core.registry import Registry

targets: Registry[Promise] = Registry()


def register(words: Mapping[str, Promise]) -> None:
    """By the `target_type` under which they are recorded."""
    for kind, word in words.items():
        targets.register(word, name=kind)


def word_of(kind: str) -> str:
    """The kind itself where nobody has a word for it any more."""
    _read()
    return str(targets.get(kind) or kind)


def all_kinds() -> list[tuple[str, Promise]]:
    """Kind and word, by kind."""
    _read()
    return sorted(targets.items())


@cache
def _read() -> None:
    """Once for each process: looking for a module that an app has not costs each time."""
    autodiscover_modules("audit_words")
