"""What may go into a spreadsheet cell: the text as it is, without characters that break the file.

A text is kept from being a formula by the type of its cell (a string, marked as quoted), never by a character in it:
what we hand out can come back unchanged.
"""

import re

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_000  # a cell holds 32,767 characters
QUOTED = {"quote_prefix": True}  # of a cell's format: office programs show such a text and never compute it


def fit(text: str) -> str:
    """The text as a cell can hold it; write it as a string in a format with QUOTED."""
    return FORBIDDEN.sub("", text)[:LONGEST]
