"""What stands in the frame: the role's own entries and the posts a person may act in.

Upper apps register providers in `AppConfig.ready()`; core only collects. A provider is asked once per
page, and only when the page really draws the frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import cached_property

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

_nav_providers: list[NavProvider] = []
_post_providers: list[PostProvider] = []


def register(provider: NavProvider) -> NavProvider:
    """Add a provider of rail entries; also usable as a decorator."""
    if provider not in _nav_providers:
        _nav_providers.append(provider)
    return provider


def register_posts(provider: PostProvider) -> PostProvider:
    """Add the provider of posts; accounts is the one that knows them."""
    if provider not in _post_providers:
        _post_providers.append(provider)
    return provider


def items_for(request: HttpRequest) -> list[NavItem]:
    """The role's entries in their order, the one the page belongs to marked active."""
    found = [item for provider in _nav_providers for item in provider(request)]
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
        return [post for provider in _post_providers for post in provider(self._request)]

    @property
    def acting(self) -> ActingPost | None:
        return next((post for post in self.posts if post.active), None)

    def __iter__(self) -> Iterator[NavItem]:
        return iter(self.items)
