"""Times and how fast the machine is at this moment, so that figures of a slow or shared one can be read.

The budgets were set on two cores that do the work below in `REFERENCE_MS`, found by timing it in turn with pages
whose figures of 23 November 2026 are in docs/performance.md.
"""

import math
import statistics
import time
from collections.abc import Sequence

REFERENCE_MS = 3.2
ROWS = 4000
TRIES = 5


def slowness() -> float:
    """How many times longer than the machine of the budgets this one takes; 1.0 is as fast, also when faster."""
    return max(1.0, statistics.median(_work() for _try in range(TRIES)) / REFERENCE_MS)


def percentile(times: Sequence[float], percent: int) -> float:
    """Of sorted times, at least one."""
    return times[max(0, math.ceil(percent / 100 * len(times)) - 1)]


def _work() -> float:
    """Milliseconds of this process for a fixed amount of what pages do: rows, strings, sorting, encoding."""
    started = time.process_time()
    rows = [{"number": number, "title": f"第{number}件 {number * 7919 % 1000}"} for number in range(ROWS)]
    markup = "".join(f"<li>{row['number']}: {str(row['title']).replace('件', '宗')}</li>" for row in rows)
    by_title = {row["title"]: row for row in sorted(rows, key=lambda row: str(row["title"]))}
    sum(len(str(title)) for title in by_title)
    markup.encode()
    return (time.process_time() - started) * 1000
