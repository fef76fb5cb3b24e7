"""What the command palette offers: pages, a dispute by its number, steps, units, searches.

Upper apps register providers in `AppConfig.ready()`; core only collects. A provider offers only what the person may
see, reads nothing by a person's name, and is asked for each word typed: it must stay cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest

from core.registry import Registry

LONGEST = 60  # characters that are read of what was typed


@dataclass(frozen=True)
class Command:
    """One line. It leads to `url`; where `fill` is not empty, that is posted there: so a name never stands in an
    address. Lines of one `group` stand together, groups by their `order`."""

    label: str
    url: str
    icon: str
    group: str
    order: int
    note: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, without blanks around it, and the path of the page the palette was opened on."""

    typed: str = ""
    path: str = ""

    @classmethod
    def read(cls, typed: str, path: str) -> Asked:
        return cls(typed.strip()[:LONGEST], path)


@dataclass(frozen=True)
class Group:
    label: str
    commands: tuple[Command, ...]


Provider = Callable[[HttpRequest, Asked], Iterable[Command]]
providers: Registry[Provider] = Registry()
register = providers.register  # also usable as a decorator


def groups_for(request: HttpRequest, asked: Asked) -> list[Group]:
    """Everything that fits, by group in their order."""
    found = [command for provider in providers for command in provider(request, asked)]
    found.sort(key=lambda command: command.order)
    by_group = groupby(found, key=lambda command: (command.order, command.group))
    return [Group(label, tuple(commands)) for (_order, label), commands in by_group]
