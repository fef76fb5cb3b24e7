"""A book keeps its places, a place takes its town along: written down by hand."""

import pytest

from disputes.rules import corrections

T01, T02 = "369901101", "369901102"


def test_a_town_goes_along_with_its_place() -> None:
    assert corrections.towns_with([T01, "369901109"], f"{T01}201", f"{T02}201") == [T02, "369901109"]
    assert corrections.towns_with([T01, T02], f"{T01}201", f"{T02}201") == [T02]
    assert corrections.towns_with([], f"{T01}201", f"{T02}201") == []
    assert corrections.towns_with([T01], f"{T01}201", "369901") == [T01]


@pytest.mark.parametrize(
    ("place", "book", "town", "stays"),
    [
        (f"{T01}202", T01, T01, True),
        (f"{T02}202", T01, T01, False),
        (f"{T02}202", T01, T02, True),  # it was registered for the other town, and stays there
        (f"{T02}202", "369901", T01, True),
        ("369901", T01, T01, False),
        ("369902101", "369901", "", False),
    ],
)
def test_a_book_keeps_its_places(place: str, book: str, town: str, stays: bool) -> None:
    assert corrections.still_in_book(place, book, town) is stays
