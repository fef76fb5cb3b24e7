"""How long an account stays closed to one address after wrong passwords or codes: 1, 2, 4 … times the first wait."""

from datetime import timedelta

NONE = timedelta(0)


def wait_after(failures: int, *, free: int, first: timedelta, longest: timedelta) -> timedelta:
    """Nothing before the `free`th failure, then `first`, doubled by each further one up to `longest`."""
    if failures < free:
        return NONE
    doublings = min(failures - free, (longest // first).bit_length())  # beyond that it is the longest anyway
    return min(first * 2**doublings, longest)


def waits(*, free: int, first: timedelta, longest: timedelta) -> list[timedelta]:
    """After the first, second … failure, as far as they still grow; the last one holds from there on."""
    found: list[timedelta] = []
    while not found or found[-1] < longest:
        found.append(wait_after(len(found) + 1, free=free, first=first, longest=longest))
    return found
