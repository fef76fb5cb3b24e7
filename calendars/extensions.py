"""Words of upper apps on our pages: the names of categories and sources a rule may be limited to.

disputes registers them in `ready()`; until somebody does, codes are shown as they are.
"""

from __future__ import annotations

from collections.abc import Callable

Choices = Callable[[], list[tuple[str, str]]]  # code and name

_categories: list[Choices] = []
_sources: list[Choices] = []


def register_categories(choices: Choices) -> None:
    _categories[:] = [choices]


def register_sources(choices: Choices) -> None:
    _sources[:] = [choices]


def categories() -> list[tuple[str, str]]:
    return [pair for choices in _categories for pair in choices()]


def sources() -> list[tuple[str, str]]:
    return [pair for choices in _sources for pair in choices()]
