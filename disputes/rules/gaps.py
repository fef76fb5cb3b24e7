"""Tabs and line breaks that were typed, pasted or stood in a cell: one answer for form, API and import."""

import re

GAPS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
LINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")


def without_gaps(text: str, *, lines: bool = False) -> str:
    """Each run of them becomes one blank, so that nothing is glued; with `lines` breaks stay, all of one kind."""
    if lines:
        return LINES.sub("\n", text).replace("\t", " ")
    return GAPS.sub(" ", text)
