"""Whether a unit may be told: the answers by hand, from the played week's case 24 and §8."""

from __future__ import annotations

import pytest

from disputes.rules import consent


@pytest.mark.parametrize(
    ("relation", "stated", "knows", "kept"),
    [
        ("inside", None, False, False),  # nobody said yes
        ("inside", False, False, False),
        ("inside", True, False, True),
        ("inside", None, True, True),  # the unit brought it itself
        ("inside", False, True, True),
        ("versus_locality", None, False, None),  # the unit is never given it: not asked
        ("", None, False, None),
        ("", None, True, None),
    ],
)
def test_what_is_kept_at_registration(
    relation: str, stated: bool | None, knows: bool, kept: bool | None
) -> None:
    assert consent.settled(stated, relation, knows=knows) is kept


@pytest.mark.parametrize(
    ("before", "as_before", "stated", "relation", "kept"),
    [
        (False, True, True, "inside", True),  # they agreed
        (True, True, False, "inside", False),  # they took it back
        (True, True, None, "inside", True),  # another fact was corrected
        (None, True, None, "inside", None),  # from before anybody asked
        (True, False, None, "inside", False),  # another unit: a yes does not pass on
        (None, False, None, "inside", False),  # inside a unit only by now
        (True, False, None, "", None),  # no longer inside a unit
    ],
)
def test_what_holds_after_a_correction(
    before: bool | None, as_before: bool, stated: bool | None, relation: str, kept: bool | None
) -> None:
    assert consent.corrected(stated, relation, before, as_before=as_before) is kept


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (None, False, False),
        (None, None, None),
    ],
)
def test_of_two_answers_a_no_holds(one: bool | None, other: bool | None, both: bool | None) -> None:
    assert consent.stricter(one, other) is both
