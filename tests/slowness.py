"""How slow this machine is here and now, for tests that hold a bound in seconds.

The bounds were written on two quiet cores that do the work below in `QUICK` seconds. A slower processor, or others at
work on the machine, stretches everything a test can measure by about this factor, and no fault of ours.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

QUICK = 0.037


def of_processor() -> float:
    """For processor seconds of one thread: at least 1."""
    return max(1.0, _measured(time.process_time) / QUICK)


def of_machine() -> float:
    """For seconds on the clock: at least 1; what others have taken lately counts too."""
    waiting = float(Path("/proc/loadavg").read_text().split()[0]) / (os.cpu_count() or 1)
    return max(1.0, waiting, _measured(time.perf_counter) / QUICK)


def _measured(clock: Callable[[], float]) -> float:
    return statistics.median(_once(clock) for _ in range(5))


def _once(clock: Callable[[], float]) -> float:
    begun = clock()
    total = 0
    for number in range(500_000):
        total += number * number
    return clock() - begun
