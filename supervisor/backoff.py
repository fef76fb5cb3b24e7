"""How long to wait before starting a program again that keeps dying."""

FIRST_DELAY = 0.25
LONGEST_DELAY = 5.0  # a town that waits for its ledger waits no longer, whatever happened before
STEADY_AFTER = 60.0  # a program that lived this long was healthy: start counting anew


def delay_before_restart(deaths_in_a_row: int) -> float:
    """0.25 s, 0.5 s, 1 s … up to 5 s."""
    if deaths_in_a_row < 1:
        return 0.0
    return min(FIRST_DELAY * 2.0 ** min(deaths_in_a_row - 1, 16), LONGEST_DELAY)


def count_death(deaths_in_a_row: int, lived: float) -> int:
    """The new count after a program died that had lived for so many seconds."""
    return 1 if lived >= STEADY_AFTER else deaths_in_a_row + 1
