from collections.abc import Iterator

import pytest

from calendars import extensions


@pytest.fixture(autouse=True)
def own_words() -> Iterator[None]:
    with extensions.words.only():
        yield


def test_nobody_registered_means_no_words() -> None:
    assert (extensions.categories(), extensions.sources()) == ([], [])


def test_the_registered_words_are_asked_each_time() -> None:
    names = ["邻里"]
    extensions.register_categories(lambda: [("neighbour", name) for name in names])
    extensions.register_sources(lambda: [("petition", "信访转来")])

    names[0] = "邻里纠纷"

    assert extensions.categories() == [("neighbour", "邻里纠纷")]
    assert extensions.sources() == [("petition", "信访转来")]
