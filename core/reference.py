"""Reference data of all apps: what the product needs before anybody enters anything.

An app writes its loaders in its `reference.py`. A loader is idempotent and never overwrites what the county
has edited.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import autodiscover_modules

from core.registry import Registry

Load = Callable[[datetime], str]  # says in a few words what was loaded


@dataclass(frozen=True)
class Loader:
    name: str
    order: int
    load: Load


loaders: Registry[Loader] = Registry()


def register(name: str, *, order: int = 50) -> Callable[[Load], Load]:
    """`@register("calendars", order=20)`; lower order loads earlier."""

    def add(load: Load) -> Load:
        loaders.register(Loader(name, order, load), name=name)
        return load

    return add


def load_all(now: datetime) -> dict[str, str]:
    """Runs every loader; name → what it did."""
    autodiscover_modules("reference")
    ordered = sorted(loaders, key=lambda loader: (loader.order, loader.name))
    return {loader.name: loader.load(now) for loader in ordered}
