"""Days off by law, as a first filling of their table: 全国年节及纪念日放假办法, in force since 1 January 2025, art. 2.

The State Council's yearly plan moves weekends around them and is published in November. A year whose plan nobody
has entered has at least these days off.
"""

from collections.abc import Iterator
from datetime import date, timedelta

SOURCE = "全国年节及纪念日放假办法（2024年修订）第二条"
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (5, 2, "劳动节"), *((10, day, "国庆节") for day in (1, 2, 3)))
# month and day of the first day of the lunar year, of 清明, 端午 and 中秋
MOVING = {
    2025: ((1, 29), (4, 4), (5, 31), (10, 6)),
    2026: ((2, 17), (4, 5), (6, 19), (9, 25)),
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
    2037: ((2, 15), (4, 4), (6, 18), (9, 24)),
    2038: ((2, 4), (4, 5), (6, 7), (9, 13)),
    2039: ((1, 24), (4, 5), (5, 27), (10, 2)),
    2040: ((2, 12), (4, 4), (6, 14), (9, 20)),
}
NEW_YEAR = ((-1, "除夕"), (0, "春节"), (1, "春节"), (2, "春节"))  # days from the first of the lunar year


def days() -> dict[date, str]:
    """Every day off by law in the years above; a day that is two holidays bears both names."""
    named: dict[date, str] = {}
    for day, name in _all():
        named[day] = f"{named[day]}、{name}" if day in named else name
    return named


def _all() -> Iterator[tuple[date, str]]:
    for year, (new_year, qingming, dragon_boat, mid_autumn) in MOVING.items():
        yield from ((date(year, month, day), name) for month, day, name in FIXED)
        first = date(year, *new_year)
        yield from ((first + timedelta(days=days), name) for days, name in NEW_YEAR)
        yield date(year, *qingming), "清明节"
        yield date(year, *dragon_boat), "端午节"
        yield date(year, *mid_autumn), "中秋节"
