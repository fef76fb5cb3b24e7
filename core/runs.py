"""Long work that is a row: claimed by one worker, taken up again when its message or its worker was lost."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

WAITING, RUNNING = "waiting", "running"


def take_up_lost(rows: QuerySet[Any], run: Callable[[int], object], *, stuck: Q, lost: Q) -> int:
    """Rows that run but are `stuck` wait again; those that wait and are `lost` run now. How many ran.

    `rows` have a field `state`; `run` gets the id and claims the row, so two sweeps do it once.
    """
    rows.filter(stuck, state=RUNNING).update(state=WAITING)
    waiting = list(rows.filter(lost, state=WAITING).values_list("pk", flat=True))
    for pk in waiting:
        run(pk)
    return len(waiting)
