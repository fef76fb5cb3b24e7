"""Words of upper apps on our pages: the names of categories and sources a rule may be limited to.

disputes registers them in `ready()`; until somebody does, codes are shown as they are.
"""

from __future__ import annotations

from collections.abc import Callable

from core.registry import Registry

Choices = Callable[[], list[tuple[str, str]]]  # code and name

words: Registry[Choices] = Registry()


def register_categories(choices: Choices) -> None:
    words.register(choices, name="categories")


def register_sources(choices: Choices) -> None:
    words.register(choices, name="sources")


def categories() -> list[tuple[str, str]]:
    return _said("categories")


def sources() -> list[tuple[str, str]]:
    return _said("sources")


def _said(name: str) -> list[tuple[str, str]]:
    choices = words.get(name)
    return choices() if choices else []
