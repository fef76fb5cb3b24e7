"""Days somebody may mean: a year of four figures, neither before 1900 nor a slip of the keyboard ahead."""

from datetime import date

EARLIEST = date(1900, 1, 1)
YEARS_AHEAD = 20
DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
MOMENT_FORMATS = tuple(f"{day}{between}%H:%M" for day in DAY_FORMATS for between in (" ", "T"))


def is_too_early(day: date) -> bool:
    """0026-03-02, 1026-03-02: a year written short or wrong."""
    return (day.year, day.month, day.day) < (EARLIEST.year, EARLIEST.month, EARLIEST.day)


def is_too_far(day: date, today: date) -> bool:
    return day.year > today.year + YEARS_AHEAD
