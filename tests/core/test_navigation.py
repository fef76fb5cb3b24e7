"""The rail shows the role's own entries, seven at once, and asks nobody before it is drawn."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from core import navigation
from core.navigation import ActingPost, Lazy, NavItem


@pytest.fixture(autouse=True)
def no_providers() -> Iterator[None]:
    registries = navigation.nav_providers, navigation.post_providers, navigation.count_providers
    with registries[0].only(), registries[1].only(), registries[2].only():
        yield


def request(path: str = "/", known: bool = True) -> object:
    made = RequestFactory().get(path)
    made.user = SimpleNamespace(is_authenticated=known)
    return made


def test_entries_of_all_apps_are_sorted_and_none_is_out_of_reach() -> None:
    navigation.register(lambda r: [NavItem(f"/{n}/", str(n), "dot", order=90 - n) for n in range(6)])
    navigation.register(lambda r: [NavItem(f"/x{n}/", f"x{n}", "dot", order=1) for n in range(3)])
    nav = Lazy(request("/0/"))
    assert [item.label for item in nav.shown] == ["x0", "x1", "x2", "5", "4", "3"]
    assert [item.label for item in nav.more] == ["2", "1", "0"]
    assert nav.more_active


def test_the_closest_entry_is_active() -> None:
    navigation.register(
        lambda r: [
            NavItem("/", "首页", "a"),
            NavItem("/disputes/", "台账", "b"),
            NavItem("/disputes/new/", "登记", "c"),
        ]
    )
    active = [item.label for item in navigation.items_for(request("/disputes/new/")) if item.active]
    assert active == ["登记"]
    assert [item.label for item in navigation.items_for(request("/disputes/7/")) if item.active] == ["台账"]
    assert [item.label for item in navigation.items_for(request("/audit/")) if item.active] == []


def test_seven_entries_need_no_more() -> None:
    navigation.register(lambda r: [NavItem(f"/{n}/", str(n), "dot") for n in range(7)])
    nav = Lazy(request())
    assert (len(nav.shown), nav.more) == (7, [])


def test_the_phone_bar_has_four_and_the_rest_is_behind_more() -> None:
    navigation.register(lambda r: [NavItem(f"/{n}/", str(n), "dot") for n in range(6)])
    nav = Lazy(request())
    assert (len(nav.first), len(nav.rest)) == (4, 2)


def test_nobody_is_asked_for_a_stranger() -> None:
    navigation.register(lambda r: pytest.fail("asked"))
    nav = Lazy(request(known=False))
    assert nav.items == []
    assert nav.posts == []
    assert nav.acting is None


def test_a_provider_registered_twice_counts_once() -> None:
    def provider(request: object) -> list[NavItem]:
        return [NavItem("/a/", "a", "dot")]

    navigation.register(provider)
    navigation.register(provider)
    assert len(navigation.items_for(request())) == 1


def test_the_post_in_use_is_known() -> None:
    navigation.register_posts(lambda r: [ActingPost("1", "登记员"), ActingPost("2", "协调员", active=True)])
    assert Lazy(request()).acting == ActingPost("2", "协调员", active=True)
