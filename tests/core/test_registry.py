"""What upper apps register: each once, in order, and put aside for a test."""

from __future__ import annotations

import contextlib

from core.registry import Registry


def test_what_is_registered_is_read_in_its_order_then_as_it_came() -> None:
    letters: Registry[str] = Registry()
    letters.register("c", order=60)
    letters.register("b")
    letters.register("a")
    assert list(letters) == ["b", "a", "c"]


def test_the_same_again_adds_nothing_and_the_same_name_replaces() -> None:
    numbers: Registry[int] = Registry()
    numbers.register(1)
    numbers.register(1)
    numbers.register(2, name="two")
    numbers.register(22, name="two")
    assert list(numbers) == [1, 22]
    assert numbers["two"] == 22
    assert "two" in numbers
    assert numbers.get("three") is None


def test_it_stands_as_a_decorator() -> None:
    makers: Registry[object] = Registry()

    @makers.register
    def make() -> None: ...

    assert list(makers) == [make]


def test_a_nameless_list_is_registered_too() -> None:
    lists: Registry[list[int]] = Registry()
    one = [1]
    lists.register(one)
    lists.register(one)
    assert list(lists) == [[1]]


def test_only_puts_the_rest_aside_and_brings_it_back() -> None:
    letters: Registry[str] = Registry()
    letters.register("a")
    with letters.only("x", named="y"):
        letters.register("z")
        assert list(letters) == ["x", "y", "z"]
    assert list(letters) == ["a"]


def test_it_comes_back_also_after_a_failure() -> None:
    letters: Registry[str] = Registry()
    letters.register("a")
    with contextlib.suppress(KeyError), letters.only():
        letters["a"]
    assert list(letters) == ["a"]
