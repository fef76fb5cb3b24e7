"""What stands in the frame: the role's own entries and the posts a person may act in.

Upper apps register providers in `AppConfig.ready()`; core only collects. A provider is asked once per
page, and only when the page really draws the frame. What waits behind the entries is counted in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from core import together
from core.registry import Registry

MOST_ENTRIES = 7
PHONE_ENTRIES = 4


@dataclass(frozen=True)
class NavItem:
    """One entry of the rail. `count` is what waits behind it; `order` sorts the entries of all apps."""

    url: str
    label: str
    icon: str
    count: int | None = None
    order: int = 50
    active: bool = False


@dataclass(frozen=True)
class ActingPost:
    """A post the user may act in. `note` says for whom they stand in; `key` goes to `accounts:switch_post`."""

    key: str
    label: str
    organization: str = ""
    note: str = ""
    active: bool = False


NavProvider = Callable[[HttpRequest], list[NavItem]]
PostProvider = Callable[[HttpRequest], list[ActingPost]]
CountProvider = Callable[[HttpRequest], "dict[str, QuerySet[Any, Any]]"]
COUNTED, ALL_COUNTED = "nav_counted", "nav_all_counted"  # on the request: what waits, by the providers' names

nav_providers: Registry[NavProvider] = Registry()
post_providers: Registry[PostProvider] = Registry()
count_providers: Registry[CountProvider] = Registry()
register = nav_providers.register  # entries of the rail
register_posts = post_providers.register  # the posts; accounts is the one that knows them
register_counts = count_providers.register  # what entries count: rows by a name, with their columns chosen


def know(request: HttpRequest, name: str, count: int) -> None:
    """The page has counted that itself: the rail shows the same number and does not ask again."""
    setattr(request, COUNTED, {**getattr(request, COUNTED, {}), name: count})


def count_of(request: HttpRequest, name: str) -> int:
    """How much waits under that name, once it is counted; 0 where nothing is counted for this reader."""
    return int(getattr(request, COUNTED, {}).get(name, 0))


def count(request: HttpRequest) -> None:
    """Asks for all that waits and is not known yet, in one statement; asked again it does nothing."""
    if getattr(request, ALL_COUNTED, False):
        return
    setattr(request, ALL_COUNTED, True)
    known = getattr(request, COUNTED, {})
    asked = {name: rows for provider in count_providers for name, rows in provider(request).items()}
    wanted = {name: rows for name, rows in asked.items() if name not in known}
    setattr(request, COUNTED, {**known, **together.counts(wanted)})


def items_for(request: HttpRequest) -> list[NavItem]:
    """The role's entries in their order, the one the page belongs to marked active."""
    count(request)
    found = [item for provider in nav_providers for item in provider(request)]
    items = sorted(found, key=lambda item: item.order)
    here = _longest_match(items, request.path)
    return [replace(item, active=item.active or item is here) for item in items]


def _longest_match(items: list[NavItem], path: str) -> NavItem | None:
    def belongs(item: NavItem) -> bool:
        target = item.url.partition("?")[0]
        return path == target or (target != "/" and path.startswith(target))

    return max((item for item in items if belongs(item)), key=lambda item: len(item.url), default=None)


class Lazy:
    """`nav` of the templates: nothing is asked of the providers until the frame is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def _known(self) -> bool:
        return bool(getattr(getattr(self._request, "user", None), "is_authenticated", False))

    @cached_property
    def items(self) -> list[NavItem]:
        return items_for(self._request) if self._known else []

    @property
    def shown(self) -> list[NavItem]:
        """The rail: at most seven, the last of them 更多 where there are more."""
        return self.items if len(self.items) <= MOST_ENTRIES else self.items[: MOST_ENTRIES - 1]

    @property
    def more(self) -> list[NavItem]:
        """Behind 更多 in the rail."""
        return self.items[len(self.shown) :]

    @property
    def more_active(self) -> bool:
        return any(item.active for item in self.more)

    @property
    def first(self) -> list[NavItem]:
        """The phone's bottom bar."""
        return self.items[:PHONE_ENTRIES]

    @property
    def rest(self) -> list[NavItem]:
        return self.items[PHONE_ENTRIES:]

    @cached_property
    def posts(self) -> list[ActingPost]:
        if not self._known:
            return []
        return [post for provider in post_providers for post in provider(self._request)]

    @property
    def acting(self) -> ActingPost | None:
        return next((post for post in self.posts if post.active), None)

    def __iter__(self) -> Iterator[NavItem]:
        return iter(self.items)
