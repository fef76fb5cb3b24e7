"""Whole numbers out of what somebody typed or an address carries."""

BIGGEST = 2**63 - 1  # of a bigint column


def whole(text: str, most: int = BIGGEST) -> int | None:
    """The number written in plain digits 0-9, at most `most`; None for everything else, `²` and `٣` included."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19:
        return None
    number = int(text)
    return number if number <= most else None
