"""What is read off a pattern to spare searches never hides anything a plain search finds."""

import re

import pytest

from classifier.rules.beginnings import beginnings, glanced, hints


@pytest.mark.parametrize(
    ("expression", "first", "needed"),
    [
        ("堵住", {"堵"}, [{"堵"}, {"住"}]),
        ("(?:堵|围住)门", {"堵", "围"}, [{"堵", "围"}, {"堵", "住"}, {"门"}]),
        ("不?去", {"不", "去"}, [{"去"}]),
        ("(?<!没)[去到]{0,2}县", {"去到", "县"}, [{"县"}]),
        ("(?=去)(?!到)上|访", {"上", "访"}, [{"上", "访"}, {"上", "访"}]),
        (r"\d{1,3}人", {r"\d"}, [{"人"}]),
        ("[^,。]{0,8}?门", None, [{"门"}]),
        ("[一-龥]户", {"一-龥"}, [{"户"}]),
        ("(?i)a", None, []),
        ("门|", None, []),
    ],
)
def test_the_first_and_the_needed_characters(expression, first, needed):
    assert beginnings(expression) == first
    assert [set(each) for each in hints(expression)] == needed


@pytest.mark.parametrize(
    "expression", ["(?:堵|围住)门", "不?去", "(?<!没)[去到]{0,2}县", r"\d{1,3}人", "(?!到)上|访"]
)
def test_a_look_ahead_changes_nothing_that_is_found(expression):
    text = "堵门围住门没去县不去到县12人到上访"
    plain = [match.span() for match in re.finditer(expression, text)]
    assert [match.span() for match in re.finditer(glanced(expression), text)] == plain
