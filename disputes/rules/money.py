"""Yuan as people write them, fen as they are kept. What would be rounded away is refused."""

from decimal import Decimal


def fen_of(yuan: Decimal) -> int | None:
    """The amount in fen; None where it has a part smaller than a fen, or is no amount."""
    fen = yuan.scaleb(2) if yuan.is_finite() else yuan
    return int(fen) if fen.is_finite() and fen == fen.to_integral_value() else None
