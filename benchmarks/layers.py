"""What one piece of work costs, layer by layer: statements sent and calls made, counted, so that a noisy machine
does not matter; and the processor time of a warm run without counting."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = str(Path(settings.BASE_DIR)) + "/"
OUTSIDE = "middleware, session, log-in"
# the first that fits names the layer; a function of no layer belongs to the one that called it
LAYERS: tuple[tuple[str, str], ...] = (
    ("classifier/", "classifier"),
    ("early_warning/services/reading.py", "classifier"),
    ("classifier/selectors/policy.py", "classifier"),
    ("responsibility/services/naming.py", "responsible leader (§8)"),
    ("responsibility/selectors/resolving.py", "responsible leader (§8)"),
    ("responsibility/selectors/leader_posts.py", "responsible leader (§8)"),
    ("early_warning/services/", "warning"),
    ("disputes/services/ledger.py", "entries and hash chain"),
    ("disputes/services/notices.py", "notices"),
    ("notifications/", "notices"),
    ("disputes/services/duplicates.py", "twins"),
    ("disputes/selectors/likely_twins.py", "twins"),
    ("disputes/rules/similarity.py", "twins"),
    ("disputes/services/clocks.py", "clocks"),
    ("calendars/", "clocks"),
    ("disputes/services/access.py", "sight"),
    ("disputes/services/intake_checks.py", "checks"),
    ("disputes/services/restriction_questions.py", "question of protection"),
    ("disputes/rules/protection.py", "question of protection"),
    ("disputes/services/registration.py", "rows of the dispute"),
    ("disputes/services/idempotency.py", "idempotency"),
    ("disputes/services/drafts.py", "drafts"),
    ("disputes/api/", "body and answer"),
    ("disputes/forms/", "form"),
    ("early_warning/forms/", "form"),
    ("disputes/views/", "view"),
)


@dataclass
class Cost:
    """By layer: how many statements and calls. `statements` are kept in order with the layer that sent them."""

    calls: Counter[str] = field(default_factory=Counter)
    statements: list[tuple[str, str]] = field(default_factory=list)

    def sent(self, layer: str) -> int:
        return sum(one == layer for one, _sql in self.statements)


class _Layers:
    """A profile function that knows in which layer it is."""

    def __init__(self, cost: Cost) -> None:
        self.cost = cost
        self.stack = [OUTSIDE]
        self._of_file: dict[str, str | None] = {}

    def __call__(self, frame: FrameType, event: str, _arg: Any) -> None:
        if event == "call":
            layer = self._layer(frame.f_code.co_filename) or self.stack[-1]
            self.stack.append(layer)
            self.cost.calls[layer] += 1
        elif event == "return" and len(self.stack) > 1:
            self.stack.pop()
        elif event == "c_call":
            self.cost.calls[self.stack[-1]] += 1

    def note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.cost.statements.append((self.stack[-1], sql))
        return execute(sql, *rest)

    def _layer(self, filename: str) -> str | None:
        if filename not in self._of_file:
            path = filename.removeprefix(ROOT) if filename.startswith(ROOT) else ""
            self._of_file[filename] = next((name for start, name in LAYERS if path.startswith(start)), None)
        return self._of_file[filename]


def cost_of(work: Callable[[], object]) -> Cost:
    """One run, counted."""
    cost = Cost()
    layers = _Layers(cost)
    with connection.execute_wrapper(layers.note):
        sys.setprofile(layers)
        try:
            work()
        finally:
            sys.setprofile(None)
    return cost


def cpu_ms(work: Callable[[], object], times: int) -> list[float]:
    """Processor time of this process for each of so many runs, sorted."""
    spent = []
    for _ in range(times):
        before = time.process_time()
        work()
        spent.append((time.process_time() - before) * 1000)
    return sorted(spent)
