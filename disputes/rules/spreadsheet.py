"""What may go into a spreadsheet cell: no formulas, no characters that break the file, no endless text."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_000  # a cell holds 32,767 characters


def safe(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, also after it was saved as CSV."""
    clean = FORBIDDEN.sub("", text)[:LONGEST]
    return f"'{clean}" if clean.lstrip(" ").startswith(FORMULA_STARTS) else clean
